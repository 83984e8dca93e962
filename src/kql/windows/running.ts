import type { KqlType } from '../../values/index.ts';
import type { WindowFunction } from './row.ts';

/** What the engine gives for a sum is wider than KQL's type. Reals are not here: their sum depends on the order of additions. */
const summed: Readonly<Partial<Record<KqlType, string>>> = {
  int: 'INTEGER',
  long: 'BIGINT',
  decimal: 'DECIMAL(38,18)',
};

/** Sums and sessions that run from row to row. */
export const runningWindows: readonly WindowFunction[] = [
  {
    name: 'row_cumsum',
    page: 'row-cumsum-function',
    restart: 1,
    sql: (call, { since }) => {
      const type = summed[call.type] ?? call.refuse(`cannot add up values of type ${call.type}`);
      return `CAST(coalesce(sum(${call.args[0]!.sql}) ${since}, 0) AS ${type})`;
    },
  },
  { name: 'row_window_session', page: 'row-window-session-function', restart: 3 },
];

import type { SqlCall } from '../functions/index.ts';
import type { WindowFunction } from './row.ts';

/** Row numbers and ranks. */
export const numberingWindows: readonly WindowFunction[] = [
  {
    name: 'row_number',
    page: 'row-number-function',
    restart: 1,
    ownStarts: true,
    // from the number of the row that starts it: a count within each run would sort the rows once more
    sql: (call, { before, number, restarts }) => {
      const first =
        restarts === undefined ? '1' : `coalesce(max(CASE WHEN ${restarts} THEN ${number} END) ${before}, 1)`;
      return `(${number} - ${first} + ${constantArg(call, 0, 1n)})`;
    },
  },
  {
    name: 'row_rank_dense',
    page: 'row-rank-dense-function',
    restart: 1,
    runs: true,
    sql: (_, { since, changed }) => `count(CASE WHEN ${changed} THEN 1 END) ${since}`,
  },
  {
    name: 'row_rank_min',
    page: 'row-rank-min-function',
    restart: 1,
    runs: true,
    sql: (_, { since, changed, number }) =>
      `(max(CASE WHEN ${changed} THEN ${number} END) ${since} - min(${number}) ${since} + 1)`,
  },
];

/** The constant that an argument is; `fallback` where it is left out. */
export function constantArg(call: SqlCall, index: number, fallback: bigint): bigint {
  const arg = call.args[index];
  if (arg === undefined) return fallback;
  return typeof arg.constant === 'bigint' ? arg.constant : call.refuse(`argument ${index + 1} must be a constant`);
}

import type { SqlCall } from '../functions/index.ts';
import { constantArg } from './numbering.ts';
import type { WindowFunction, WindowRows } from './row.ts';

/** The value of a row before or behind; where there is none the default, else null, of strings the empty one. */
const neighbour =
  (word: 'lag' | 'lead') =>
  (call: SqlCall, { all }: WindowRows): string => {
    const [value, , fallback] = call.args;
    const offset = constantArg(call, 1, 1n);
    if (offset < 0n) return call.refuse('the offset must not be negative');
    const missing = fallback?.sql ?? (call.type === 'string' ? "''" : undefined);
    return `${word}(${[value!.sql, offset, ...(missing === undefined ? [] : [missing])].join(', ')}) ${all}`;
  };

/** Values of neighbouring rows. */
export const neighbourWindows: readonly WindowFunction[] = [
  { name: 'prev', page: 'prev-function', sql: neighbour('lag') },
  { name: 'next', page: 'next-function', sql: neighbour('lead') },
];

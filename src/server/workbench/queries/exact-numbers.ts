import type { Column } from '../../../values/index.ts';
import { cellsOf } from '../../kusto/dynamic-as-text.ts';

/** Rows without a run of digits this long hold no number that a page would round. */
const suspicious = /\d{16}/;
/** A string, which stays as it is, or a number. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * A row's text whose whole numbers no page has to round: those beyond 2^53 in columns of type long, and inside dynamic
 * values, become texts of their digits. Undefined where no column can hold one.
 *
 * @example exactNumbers([{ name: 'n', type: 'long' }])?.('[9007199254740993]') // '["9007199254740993"]'
 */
export function exactNumbers(columns: readonly Column[]): ((row: string) => string) | undefined {
  const exact = columns.map(({ type }) => type === 'long' || type === 'dynamic');
  if (!exact.includes(true)) return undefined;
  return (row) => {
    if (!suspicious.test(row)) return row;
    const cells = cellsOf(row).map((cell, at) => (exact[at] ? cell.replace(stringOrNumber, quoted) : cell));
    return `[${cells.join(',')}]`;
  };
}

const quoted = (token: string): string =>
  /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;

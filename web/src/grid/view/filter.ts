import type { Cell } from '../contract.ts';
import { cellText, isEmpty, isNumeric, type KqlType } from '../values/cell-text.ts';
import { type OrderKey, orderKeyOf, scaledDecimal, timespanTicks } from '../values/order-key.ts';
import { type Pace, STRIDE } from './paced.ts';

/** A value as the list of values names it: its text, null for null. */
export type ValueName = string | null;

/** What of a column's values is shown. All parts must hold. */
export interface ColumnFilter {
  /** Only these values, or all but these. */
  readonly values?: { readonly only: boolean; readonly names: ReadonlySet<ValueName> };
  /** Texts that hold this, in any case; with a leading `!` those that do not. */
  readonly text?: string;
  /** The least and the greatest value, both included, as a person wrote them. */
  readonly from?: string;
  readonly to?: string;
}

/** Filters by a column's place in the table. */
export type Filters = ReadonlyMap<number, ColumnFilter>;

type Test = (cell: Cell) => boolean;

/** The name of a cell's value. */
export const valueName = (cell: Cell, type: KqlType): ValueName =>
  cell === null || cell === undefined ? null : cellText(cell, type);

/** Types whose values have a range. */
export const hasRange = (type: KqlType): boolean => isNumeric(type) || type === 'datetime' || type === 'timespan';

/**
 * The end of a range as a key of its column. A datetime may be written as far as wanted: as an upper end `2026-07-18`
 * means the whole day. Undefined for a text that is no value.
 */
export function rangeEnd(text: string, type: KqlType, upper: boolean): OrderKey {
  const plain = text.trim();
  if (type === 'datetime') return datetimeEnd(plain, upper);
  if (type === 'timespan') return timespanTicks(plain);
  if (type === 'decimal') return scaledDecimal(plain);
  if (/^-?\d{1,30}$/.test(plain)) return BigInt(plain);
  const value = plain === '' ? Number.NaN : Number(plain);
  return Number.isNaN(value) ? undefined : value;
}

function datetimeEnd(text: string, upper: boolean): OrderKey {
  if (!/^\d{4}(-\d\d(-\d\d([T ]\d\d(:\d\d(:\d\d(\.\d{1,7})?)?)?)?)?)?Z?$/.test(text)) return undefined;
  return `${text.replace(' ', 'T').replace('Z', '')}${upper ? '\uffff' : ''}`;
}

/** The rows that all filters keep, in their order. `order` absent: all of the first `count`. */
export async function filterRows(
  rows: readonly (readonly Cell[])[],
  types: readonly KqlType[],
  filters: Filters,
  pace: Pace,
): Promise<Uint32Array> {
  const tests = [...filters].map(([column, filter]) => ({ column, test: testOf(filter, types[column] ?? 'string') }));
  const kept = new Uint32Array(rows.length);
  let size = 0;
  for (let i = 0; i < kept.length; i += 1) {
    const row = rows[i]!;
    if (tests.every(({ column, test }) => test(row[column]))) kept[size++] = i;
    if (i % STRIDE === 0) await pace.rest();
  }
  return kept.slice(0, size);
}

/** The test that a column's filter makes. A range that is no value tests nothing. */
export function testOf({ values, text, from, to }: ColumnFilter, type: KqlType): Test {
  const tests: Test[] = [];
  if (values) tests.push((cell) => values.names.has(valueName(cell, type)) === values.only);
  if (text) tests.push(textTest(text, type));
  if (from) tests.push(rangeTest(rangeEnd(from, type, false), type, (key, end) => key >= end));
  if (to) tests.push(rangeTest(rangeEnd(to, type, true), type, (key, end) => key <= end));
  return (cell) => tests.every((test) => test(cell));
}

function textTest(text: string, type: KqlType): Test {
  const without = text.startsWith('!') && text.length > 1;
  const needle = (without ? text.slice(1) : text).toLowerCase();
  return (cell) => cellText(cell, type).toLowerCase().includes(needle) !== without;
}

function rangeTest(
  end: OrderKey,
  type: KqlType,
  holds: (key: NonNullable<OrderKey>, end: NonNullable<OrderKey>) => boolean,
): Test {
  if (end === undefined || end === null) return () => true;
  const keyOf = orderKeyOf(type);
  return (cell) => {
    const key = isEmpty(cell) ? null : keyOf(cell);
    return key !== null && key !== undefined && holds(key, end);
  };
}

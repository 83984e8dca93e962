import type { Cell } from '../contract.ts';
import type { KqlType } from '../values/cell-text.ts';
import { compareKeys, type OrderKey, orderKeyOf } from '../values/order-key.ts';
import { type Pace, STRIDE } from './paced.ts';

/** By what the rows are sorted: a column's place in the table. */
export interface SortBy {
  readonly column: number;
  readonly descending: boolean;
}

type Rows = readonly (readonly Cell[])[];
type Compare = (a: number, b: number) => number;

/** Rows that are sorted in one go, without a look at the clock. */
const BLOCK = 2_048;

/**
 * The rows of `order` sorted, in slices. Equal rows stay in their order; null comes last.
 *
 * @param order numbers of rows; stays as it is
 */
export async function sortRows(
  rows: Rows,
  types: readonly KqlType[],
  order: Uint32Array,
  by: readonly SortBy[],
  pace: Pace,
): Promise<Uint32Array> {
  const keys: OrderKey[][] = [];
  for (const { column } of by) keys.push(await keysOf(rows, order, column, types[column] ?? 'string', pace));
  const compare: Compare = (a, b) => {
    for (let i = 0; i < by.length; i += 1) {
      const result = compareKeys(keys[i]![a], keys[i]![b], by[i]!.descending);
      if (result !== 0) return result;
    }
    return a - b;
  };
  const places = await mergeSort(
    Uint32Array.from(order, (_, place) => place),
    compare,
    pace,
  );
  return places.map((place) => order[place]!);
}

async function keysOf(rows: Rows, order: Uint32Array, column: number, type: KqlType, pace: Pace): Promise<OrderKey[]> {
  const keyOf = orderKeyOf(type);
  const keys: OrderKey[] = [];
  for (let i = 0; i < order.length; i += 1) {
    keys.push(keyOf(rows[order[i]!]![column]));
    if (i % STRIDE === 0) await pace.rest();
  }
  return keys;
}

async function mergeSort(
  from: Uint32Array<ArrayBuffer>,
  compare: Compare,
  pace: Pace,
): Promise<Uint32Array<ArrayBuffer>> {
  for (let start = 0; start < from.length; start += BLOCK) {
    from.subarray(start, start + BLOCK).sort(compare);
    await pace.rest();
  }
  let source = from;
  let target = new Uint32Array(from.length);
  for (let width = BLOCK; width < source.length; width *= 2) {
    for (let start = 0; start < source.length; start += 2 * width)
      await merge(source, target, [start, start + width, start + 2 * width], compare, pace);
    [source, target] = [target, source];
  }
  return source;
}

async function merge(
  source: Uint32Array,
  target: Uint32Array,
  [start, middle, end]: readonly [number, number, number],
  compare: Compare,
  pace: Pace,
): Promise<void> {
  const right = Math.min(middle, source.length);
  const stop = Math.min(end, source.length);
  let a = start;
  let b = right;
  for (let to = start; to < stop; to += 1) {
    const fromLeft = a < right && (b >= stop || compare(source[a]!, source[b]!) <= 0);
    target[to] = source[fromLeft ? a++ : b++]!;
    if (to % STRIDE === 0) await pace.rest();
  }
}

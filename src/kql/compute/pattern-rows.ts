import { MailhuntError } from '../../errors/index.ts';
import type { Value } from '../../values/index.ts';
import { writePlanData } from '../plan/index.ts';

/** A value of a column, by the column's place among the dimensions and the value's number in it. */
export type Pattern = ReadonlyMap<number, number>;

/** Equal rows, counted once: each value a number, each row its weights. */
export interface PatternRows {
  /** Values of each dimension, by number. */
  readonly values: readonly (readonly Value[])[];
  /** For each dimension the number of each row's value. */
  readonly cells: readonly Int32Array[];
  /** For each measure the weight of each row: one for all rows, or one for each of two sets. */
  readonly weights: readonly Float64Array[];
  readonly count: number;
}

/** Rows of values as {@link PatternRows}; `weigh` gives a row's weight in each measure, undefined where it counts in none. */
export function patternRows(
  rows: readonly (readonly Value[])[],
  dimensions: readonly number[],
  weigh: (row: readonly Value[]) => readonly number[] | undefined,
): PatternRows {
  const numbers = dimensions.map(() => new Map<string, number>());
  const values: Value[][] = dimensions.map(() => []);
  const seen = new Map<string, { codes: number[]; weights: number[] }>();
  for (const row of rows) {
    const weights = weigh(row);
    if (weights === undefined) continue;
    const codes = dimensions.map((at, i) => numberOf(row[at] ?? null, numbers[i]!, values[i]!));
    const key = codes.join();
    const known = seen.get(key);
    if (known === undefined) seen.set(key, { codes, weights: [...weights] });
    else
      weights.forEach((weight, i) => {
        known.weights[i]! += weight;
      });
  }
  const distinct = [...seen.values()];
  const total = distinct.reduce((sum, { weights }) => sum + weights.reduce((all, weight) => all + weight, 0), 0);
  if (total > Number.MAX_SAFE_INTEGER)
    throw new MailhuntError('KQL0005', { what: 'the rows', text: `together they weigh more than 2^53, ${total}` });
  const measures = distinct[0]?.weights.length ?? 0;
  return {
    values,
    cells: dimensions.map((_, i) => Int32Array.from(distinct, ({ codes }) => codes[i]!)),
    weights: Array.from({ length: measures }, (_, i) => Float64Array.from(distinct, ({ weights }) => weights[i]!)),
    count: distinct.length,
  };
}

function numberOf(value: Value, numbers: Map<string, number>, values: Value[]): number {
  const key = typeof value === 'string' ? `"${value}` : writePlanData(value);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, values.length);
  values.push(value);
  return values.length - 1;
}

/** The sum of some rows' weights in a measure. */
export function sumOf(weights: Float64Array | undefined, rows: Int32Array): number {
  let sum = 0;
  if (weights !== undefined) for (let i = 0; i < rows.length; i++) sum += weights[rows[i]!]!;
  return sum;
}

/** All rows. */
export const allRows = ({ count }: PatternRows): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

/** Of some rows those that have a value. */
export function rowsWith({ cells }: PatternRows, rows: Int32Array, dimension: number, value: number): Int32Array {
  const column = cells[dimension]!;
  const kept = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (column[rows[i]!] === value) kept[count++] = rows[i]!;
  return kept.subarray(0, count);
}

/** The weight, in the first measure, of those. */
export function weightWith(
  { cells, weights }: PatternRows,
  rows: Int32Array,
  dimension: number,
  value: number,
): number {
  const [column, weight] = [cells[dimension]!, weights[0]!];
  let sum = 0;
  for (let i = 0; i < rows.length; i++) if (column[rows[i]!] === value) sum += weight[rows[i]!]!;
  return sum;
}

/** Of some rows those that have all values of a pattern. */
export const matching = (data: PatternRows, rows: Int32Array, pattern: Pattern): Int32Array =>
  [...pattern].reduce((left, [dimension, value]) => rowsWith(data, left, dimension, value), rows);

/** Every value that all of some rows share. */
export function shared(data: PatternRows, rows: Int32Array): Pattern {
  const pattern = new Map<number, number>();
  data.cells.forEach((cells, dimension) => {
    const first = cells[rows[0]!]!;
    if (rows.every((row) => cells[row] === first)) pattern.set(dimension, first);
  });
  return pattern;
}

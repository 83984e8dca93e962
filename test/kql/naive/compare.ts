import { isSerialized, type Plan, type Schema } from '../../../src/kql/plan/index.ts';
import { type Dynamic, dynamicFrom, dynamicToJson, parseDynamic } from '../../../src/values/index.ts';
import { type Rows, valuesOf } from './rows.ts';

/** A row as its JSON shows it: cells whose kinds tell whole numbers from reals. */
export type Cells = readonly Dynamic[];

/** The cells of a row that the engine printed. */
export function readRow(text: string): Cells {
  const cells = parseDynamic(text);
  if (!Array.isArray(cells)) throw new Error(`a row that is no JSON array: ${text}`);
  return cells;
}

/** Rows that were evaluated, as cells. */
export const cellsOf = ({ schema, rows }: Rows): Cells[] =>
  rows.map((row) => valuesOf(schema, row).map((value, i) => dynamicFrom(value, schema[i]!.type)));

/** Sums of reals depend on the order of additions, which is open. */
const TOLERANCE = 1e-12;

/** Whether two values look the same: kinds, digits, the order of keys; reals nearly. */
export function sameDynamic(a: Dynamic, b: Dynamic): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Object.is(a, b) || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => sameDynamic(item, b[i]!));
  if (a instanceof Map && b instanceof Map)
    return (
      sameDynamic([...a.keys()], [...b.keys()]) &&
      [...a.values()].every((item, i) => sameDynamic(item, [...b.values()][i]!))
    );
  return a === b;
}

/** Decimals have no form of their own in JSON: 1.50 is 1.5. */
const sameCells = (a: Cells, b: Cells, schema: Schema): boolean =>
  schema.every(({ type }, i) => (type === 'decimal' ? trimmed(a[i]!) === trimmed(b[i]!) : sameDynamic(a[i]!, b[i]!)));

const trimmed = (cell: Dynamic): string =>
  String(cell)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/**
 * What is wrong with rows that the engine gave for a plan, in words; undefined where nothing is. Rows of an order are
 * compared in order, others as a multiset; `take` of rows without order may give any of them. Rows that tie in a sort are
 * not known: who compares says `isOrdered` where there are none.
 */
export function compareRows(
  plan: Plan,
  given: readonly Cells[],
  evaluate: (plan: Plan) => Rows,
  isOrdered = isSerialized(plan),
): string | undefined {
  if (plan.kind === 'take' && !isSerialized(plan.input)) {
    const all = cellsOf(evaluate(plan.input));
    if (given.length !== Math.min(plan.count, all.length)) return `${given.length} rows of ${all.length}`;
    return firstUnmatched(given, all, plan.schema);
  }
  const expected = cellsOf(evaluate(plan));
  if (given.length !== expected.length) return `${given.length} rows, not ${expected.length}\n${show(given, expected)}`;
  const different = isOrdered
    ? given.findIndex((row, i) => !sameCells(row, expected[i]!, plan.schema))
    : firstUnmatchedAt(given, expected, plan.schema);
  if (different < 0) return undefined;
  return isOrdered
    ? `row ${different + 1} is ${dynamicToJson([...given[different]!])}, not ${dynamicToJson([...expected[different]!])}`
    : `row ${different + 1} is not expected: ${dynamicToJson([...given[different]!])}\n${show(given, expected)}`;
}

function firstUnmatched(given: readonly Cells[], all: readonly Cells[], schema: Schema): string | undefined {
  const at = firstUnmatchedAt(given, all, schema);
  return at < 0 ? undefined : `row ${at + 1} is none of the input's: ${dynamicToJson([...given[at]!])}`;
}

/** The first of the given rows that stands in no row of the others, each of which may be used once; -1 where all do. */
function firstUnmatchedAt(given: readonly Cells[], others: readonly Cells[], schema: Schema): number {
  const free = [...others];
  return given.findIndex((row) => {
    const at = free.findIndex((other) => sameCells(row, other, schema));
    if (at >= 0) free.splice(at, 1);
    return at < 0;
  });
}

const show = (given: readonly Cells[], expected: readonly Cells[]): string =>
  [['given', given] as const, ['expected', expected] as const]
    .map(
      ([word, rows]) =>
        `${word}:\n${rows
          .slice(0, 12)
          .map((row) => `  ${dynamicToJson([...row])}`)
          .join('\n')}`,
    )
    .join('\n');

import {
  type Column,
  type Dynamic,
  dynamicEquals,
  dynamicToJson,
  parseDatetime,
  parseDynamic,
  parseTimespan,
} from '../../values/index.ts';
import type { Found } from './bench.ts';
import type { Expectation, Expected } from './tests.ts';

/** How a round's clock reads: datetime ticks. */
type Now = bigint;

/**
 * What is wrong with the rows that a query gave, in words; undefined where they are those expected. Only the columns that
 * an expected row names are compared.
 */
export function difference({ rows, ordered }: Expectation, found: Found, now: Now): string | undefined {
  for (const row of rows) {
    for (const [name, { place }] of row) {
      if (found.columns.some((column) => column.name === name)) continue;
      return `line ${place.line} expects a column ${name}, which the result has not`;
    }
  }
  if (found.count !== rows.length) return `${rowsOf(rows.length)} expected, ${found.count} found`;
  const actual = found.rows.map((row) => JSON.parse(row) as readonly unknown[]);
  return ordered ? inOrder(rows, actual, found.columns, now) : inAnyOrder(rows, actual, found.columns, now);
}

const rowsOf = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;

type Row = ReadonlyMap<string, Expected>;

function inOrder(rows: readonly Row[], actual: readonly (readonly unknown[])[], columns: readonly Column[], now: Now) {
  const wrong = rows.findIndex((row, i) => !isMet(row, actual[i]!, columns, now));
  return wrong < 0 ? undefined : `row ${wrong + 1} is not the one expected: ${wordsOf(rows[wrong]!)}`;
}

/** Each expected row takes one found row of its own, by augmenting paths: a vague one gives way to a precise one. */
function inAnyOrder(
  rows: readonly Row[],
  actual: readonly (readonly unknown[])[],
  columns: readonly Column[],
  now: Now,
) {
  const fits = rows.map((row) => actual.flatMap((found, i) => (isMet(row, found, columns, now) ? [i] : [])));
  const takenBy = new Map<number, number>();
  const place = (row: number, tried: Set<number>): boolean =>
    fits[row]!.some((at) => {
      if (tried.has(at)) return false;
      tried.add(at);
      const holder = takenBy.get(at);
      if (holder !== undefined && !place(holder, tried)) return false;
      takenBy.set(at, row);
      return true;
    });
  const wrong = rows.findIndex((_, row) => !place(row, new Set()));
  return wrong < 0 ? undefined : `no row is ${wordsOf(rows[wrong]!)}`;
}

const isMet = (row: Row, found: readonly unknown[], columns: readonly Column[], now: Now): boolean =>
  [...row].every(([name, { value }]) => {
    const at = columns.findIndex((column) => column.name === name);
    return isSame(value, found[at], columns[at]!, now);
  });

/** Whether a cell of the result is what was written: times as times, JSON as JSON, all else as it stands. */
function isSame(expected: unknown, actual: unknown, { type }: Column, now: Now): boolean {
  if (expected === null) return actual === null || (type === 'string' && actual === '');
  // what is unreadable on both sides is not the same
  if (actual === null && type !== 'dynamic') return false;
  if (type === 'datetime') return timeOf(String(expected), now) === parseDatetime(String(actual));
  if (type === 'timespan') return parseTimespan(String(expected)) === parseTimespan(String(actual));
  if (type === 'string') return !(expected instanceof Map || Array.isArray(expected)) && String(expected) === actual;
  if (type === 'long' || type === 'int') return isNumber(expected) && Number(expected) === Number(actual);
  if (type === 'dynamic') return dynamicEquals(expected as Dynamic, parseDynamic(JSON.stringify(actual)) as Dynamic);
  if (isNumber(expected)) return isNear(Number(expected), actual);
  return typeof expected === typeof actual && expected === actual;
}

const isNumber = (value: unknown): value is bigint | number => typeof value === 'bigint' || typeof value === 'number';

/** Sums of reals differ in their last digits by the order in which they are made. */
const isNear = (expected: number, actual: unknown): boolean =>
  (typeof actual === 'number' || (typeof actual === 'string' && actual.trim() !== '')) &&
  Math.abs(expected - Number(actual)) <= 1e-9 * Math.max(1, Math.abs(expected));

function timeOf(text: string, now: Now): bigint | null {
  if (text === 'now') return now;
  const before = /^\s*-\s*\d/.test(text) ? parseTimespan(text) : null;
  return before === null ? parseDatetime(text) : now + before;
}

const wordsOf = (row: Row): string =>
  `{${[...row].map(([name, { value }]) => `${name}: ${dynamicToJson(value as Dynamic)}`).join(', ')}}`;

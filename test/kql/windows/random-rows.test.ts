import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { runQuery } from '../../../src/kql/index.ts';
import { TestDatabase } from '../duckdb.ts';

/** Each window function over random rows, against the plain loop that its page describes. */
let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
});
after(() => database.close());

interface Row {
  readonly x: number | null;
  readonly restart: boolean | null;
}

const rowsOf = fc.array(
  fc.record<Row>({
    x: fc.option(fc.integer({ min: -3, max: 3 }), { nil: null }),
    restart: fc.option(fc.boolean(), { nil: null }),
  }),
  { minLength: 1, maxLength: 40 },
);

async function columnOf(rows: readonly Row[], expression: string): Promise<unknown[]> {
  const cells = rows.map(({ x, restart }, i) => `${i}, long(${x}), bool(${restart})`).join(', ');
  const text = `datatable(n: long, x: long, b: bool)[${cells}] | sort by n asc | project y = ${expression}`;
  const answer = await runQuery(text, { catalog: database.catalog, now: 0n, engine: database });
  const values: unknown[] = [];
  for await (const block of answer.tables[0]!.blocks) values.push(...block.map((row) => JSON.parse(row)[0]));
  return values;
}

/** A loop over the rows: what it gives for each, with what it has seen so far in `seen`, emptied at a restart. */
const loop =
  (value: (row: Row, seen: readonly Row[]) => number, restarts = true) =>
  (rows: readonly Row[]): number[] => {
    let seen: Row[] = [];
    return rows.map((row) => {
      if (restarts && row.restart === true) seen = [];
      seen = [...seen, row];
      return value(row, seen);
    });
  };

const sum = (_: Row, seen: readonly Row[]): number => seen.reduce((total, { x }) => total + (x ?? 0), 0);
const changes = (seen: readonly Row[]): number[] =>
  seen.flatMap(({ x }, i) => (i === 0 || x !== seen[i - 1]!.x ? [i] : []));

const cases: Readonly<Record<string, (rows: readonly Row[]) => (number | null)[]>> = {
  'row_number()': loop((_, seen) => seen.length, false),
  'row_number(7, b)': loop((_, seen) => seen.length + 6),
  'row_cumsum(x)': loop(sum, false),
  'row_cumsum(x, b)': loop(sum),
  'row_cumsum(toint(x), b)': loop(sum),
  'row_cumsum(todouble(x), b)': loop(sum),
  'row_rank_dense(x)': loop((_, seen) => changes(seen).length, false),
  'row_rank_dense(x, b)': loop((_, seen) => changes(seen).length),
  'row_rank_min(x, b)': loop((_, seen) => changes(seen).at(-1)! + 1),
  'prev(x)': (rows) => rows.map((_, i) => rows[i - 1]?.x ?? null),
  'prev(x, 2, 9)': (rows) => rows.map((_, i) => (i < 2 ? 9 : rows[i - 2]!.x)),
  'next(x)': (rows) => rows.map((_, i) => rows[i + 1]?.x ?? null),
  'next(x, 3, 9)': (rows) => rows.map((_, i) => (i + 3 < rows.length ? rows[i + 3]!.x : 9)),
};

for (const [expression, naive] of Object.entries(cases)) {
  test(`${expression} is what a loop over the rows gives`, () =>
    fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        assert.deepEqual(await columnOf(rows, expression), naive(rows));
      }),
      { numRuns: 25 },
    ));
}

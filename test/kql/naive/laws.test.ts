import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Plan, Schema } from '../../../src/kql/plan/index.ts';
import type { Value } from '../../../src/values/index.ts';
import { TestDatabase } from '../duckdb.ts';
import { evaluatePlan, rowOf } from './index.ts';
import { plansOf } from './plans.ts';
import { valuesOf } from './rows.ts';

/** What holds of a node whatever the rows are; told by other means than the evaluator's own. The engine has no part in it. */
const schema: Schema = [
  { name: 'k', type: 'long' },
  { name: 's', type: 'string' },
  { name: 'r', type: 'real' },
  { name: 'd', type: 'dynamic' },
];
type Cells = readonly Value[];

const cell = fc.tuple(
  fc.option(fc.bigInt({ min: -3n, max: 3n })),
  fc.constantFrom('', 'a', 'b', 'A'),
  fc.option(fc.constantFrom(-1.5, 0, 0.5, 2, Number.NaN)),
  fc.option(fc.array(fc.bigInt({ min: 0n, max: 2n }), { maxLength: 3 })),
);
const someRows: fc.Arbitrary<Cells[]> = fc.array(cell, { maxLength: 8 });

let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
  for (const name of ['T', 'U']) await database.table(name, schema, "(0, '', 0, '[]')");
});
after(() => database.close());

type Run = (text: string) => Cells[];

/** Compiles the queries of a law once, then runs them over all kinds of rows. */
function law(name: string, queries: readonly string[], holds: (run: Run, t: Cells[], u: Cells[]) => void): void {
  test(name, async () => {
    const plans = new Map<string, Plan>();
    for (const text of queries) {
      const [found] = await plansOf(text, { catalog: database.catalog, now: 0n, engine: database });
      plans.set(text, found!.lowered);
    }
    fc.assert(
      fc.property(someRows, someRows, (t, u) => {
        const tables = new Map([
          ['T', t.map((row) => rowOf(schema, row))],
          ['U', u.map((row) => rowOf(schema, row))],
        ]);
        const run: Run = (text) => {
          const { schema: columns, rows } = evaluatePlan(plans.get(text)!, tables);
          return rows.map((row) => valuesOf(columns, row));
        };
        holds(run, t, u);
      }),
      { numRuns: 150 },
    );
  });
}

const textOf = (row: Cells): string =>
  JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}n` : Number.isNaN(value) ? 'NaN' : value));
const bag = (rows: readonly Cells[]): string[] => rows.map(textOf).sort();
const same = (a: readonly Cells[], b: readonly Cells[]): void => assert.deepEqual(bag(a), bag(b));
const total = (rows: readonly Cells[], at: number): bigint =>
  rows.reduce((sum, row) => sum + ((row[at] as bigint | null) ?? 0n), 0n);

law(
  'a filter, its opposite and what is unknown are all rows',
  ['T | where k > 0', 'T | where not(k > 0)', 'T | where isnull(k > 0)'],
  (run, t) => {
    const [yes, no, unknown] = [run('T | where k > 0'), run('T | where not(k > 0)'), run('T | where isnull(k > 0)')];
    same([...yes, ...no, ...unknown], t);
    assert.ok(yes.every(([k]) => typeof k === 'bigint' && k > 0n));
  },
);

law('an inner join is two loops', ['T | join kind=inner U on k'], (run, t, u) => {
  const pairs = t.flatMap((left) => u.filter((right) => left[0] === right[0]).map((right) => [...left, ...right]));
  same(run('T | join kind=inner U on k'), pairs);
});

law(
  'semi and anti joins share the rows, outer joins add those that are alone',
  ['inner', 'leftsemi', 'leftanti', 'rightanti', 'leftouter', 'fullouter'].map(
    (kind) => `T | join kind=${kind} U on k`,
  ),
  (run, t) => {
    const of = (kind: string): Cells[] => run(`T | join kind=${kind} U on k`);
    same([...of('leftsemi'), ...of('leftanti')], t);
    assert.equal(of('leftouter').length, of('inner').length + of('leftanti').length);
    assert.equal(of('fullouter').length, of('leftouter').length + of('rightanti').length);
  },
);

law(
  'groups share the rows: their counts and sums add up, each key comes once',
  ['T | summarize count(), sum(k) by s', 'T | distinct s', 'T | summarize count(), sum(k)'],
  (run, t) => {
    const groups = run('T | summarize count(), sum(k) by s');
    assert.equal(total(groups, 1), BigInt(t.length));
    assert.equal(total(groups, 2), total(t, 0));
    assert.equal(new Set(groups.map(([s]) => s)).size, groups.length);
    same(
      groups.map(([s = null]) => [s]),
      run('T | distinct s'),
    );
    assert.deepEqual(run('T | summarize count(), sum(k)'), [[BigInt(t.length), total(t, 0)]]);
  },
);

law('a sort is the same rows in order', ['T | sort by k asc, s desc', 'T | sort by k asc | take 3'], (run, t) => {
  const sorted = run('T | sort by k asc, s desc');
  same(sorted, t);
  for (const [i, [k, s]] of sorted.entries()) {
    const [before, text] = sorted[i - 1] ?? [null, s];
    assert.ok(before === null || (k !== null && (before! < k! || (before === k && text! >= s!))) || i === 0);
  }
  assert.deepEqual(
    run('T | sort by k asc | take 3').map(([k]) => k),
    sorted.slice(0, 3).map(([k]) => k),
  );
});

law('a union is the rows of both', ['T | union U'], (run, t, u) => same(run('T | union U'), [...t, ...u]));

law('an expansion has a row for each element, and one for what is no array', ['T | mv-expand d'], (run, t) => {
  const count = t.reduce((sum, [, , , d]) => sum + (Array.isArray(d) ? d.length : 1), 0);
  assert.equal(run('T | mv-expand d').length, count);
});

law(
  'windows: the last running sum is the sum, a row is behind its number, the row before its next is itself',
  [
    'T | sort by k asc | extend c = row_cumsum(k), n = row_number()',
    'T | sort by s asc | serialize p = prev(s), q = next(s) | project s, p, q',
  ],
  (run, t) => {
    const rows = run('T | sort by k asc | extend c = row_cumsum(k), n = row_number()');
    assert.deepEqual(
      rows.map((row) => row[5]),
      t.map((_, i) => BigInt(i + 1)),
    );
    if (t.length > 0) assert.equal(rows.at(-1)![4], total(t, 0));
    const neighbours = run('T | sort by s asc | serialize p = prev(s), q = next(s) | project s, p, q');
    for (const [i, [, p, q]] of neighbours.entries()) {
      assert.equal(p, neighbours[i - 1]?.[0] ?? '');
      assert.equal(q, neighbours[i + 1]?.[0] ?? '');
    }
  },
);

law(
  'the bins of a series hold each row of its range once',
  ['T | make-series c = count() on k from -2 to 3 step 2'],
  (run, t) => {
    const inside = t.filter(([k]) => typeof k === 'bigint' && k >= -2n && k < 3n).length;
    const series = run('T | make-series c = count() on k from -2 to 3 step 2');
    assert.equal(series.length, inside > 0 ? 1 : 0);
    for (const [counts, axis] of series) {
      assert.equal(
        (counts as bigint[]).reduce((sum, count) => sum + count, 0n),
        BigInt(inside),
      );
      assert.deepEqual(axis, [-2n, 0n, 2n]);
    }
  },
);

law(
  'the best row of a key is one of its rows, and none is better',
  ['T | summarize arg_max(k, *) by s', 'T | summarize max(k) by s'],
  (run, t) => {
    const best = run('T | summarize arg_max(k, *) by s');
    same(
      best.map(([s = null, k = null]) => [s, k]),
      run('T | summarize max(k) by s'),
    );
    const all = new Set(bag(t.map(([k = null, s = null, ...rest]) => [s, k, ...rest])));
    assert.ok(bag(best).every((row) => all.has(row)));
  },
);

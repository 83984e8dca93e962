import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { TestDatabase } from '../../kql/duckdb.ts';
import { evaluatePlan, rowOf } from '../../kql/naive/index.ts';
import { plansOf } from '../../kql/naive/plans.ts';
import { differenceOf } from './difference.ts';

const schema = [
  { name: 'k', type: 'string' as const },
  { name: 'n', type: 'long' as const },
  { name: 'who', type: 'string' as const },
];
const rows = [
  ['a', 2n, 'x'],
  ['a', 2n, 'y'],
  ['a', 1n, 'z'],
  ['b', 1n, 'x'],
].map((row) => rowOf(schema, row));

let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
  await database.table('T', schema, "('', 0, '')");
});
after(() => database.close());

const cases: readonly (readonly [query: string, same: readonly string[][], other: readonly string[][]])[] = [
  [
    'T | summarize best = arg_max(n, who) by k | sort by best desc | project k, who, best',
    [
      ['["a","x",2]', '["b","x",1]'],
      ['["a","y",2]', '["b","x",1]'],
    ],
    [['["a","z",1]', '["b","x",1]'], ['["a","z",2]', '["b","x",1]'], ['["a","y",2]']],
  ],
  [
    'T | summarize max(n), arg_max(n, who) by k | project k, who',
    [['["a","x"]', '["b","x"]']],
    [['["a","z"]', '["b","x"]']],
  ],
  ['T | top 1 by n | project who', [['["x"]'], ['["y"]']], [['["z"]'], []]],
];

for (const [query, same, other] of cases)
  test(`rows that tie may be chosen among, others not: ${query}`, async () => {
    const [plans] = await plansOf(query, { catalog: database.catalog, now: 0n, engine: database });
    const differs = (given: readonly string[]): string | undefined =>
      differenceOf(plans!.improved, given, (plan) => evaluatePlan(plan, new Map([['T', rows]])));
    for (const given of same) assert.equal(differs(given), undefined, String(given));
    for (const given of other) assert.notEqual(differs(given), undefined, String(given));
  });

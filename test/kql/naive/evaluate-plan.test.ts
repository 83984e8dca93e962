import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Dynamic, parseDynamic } from '../../../src/values/index.ts';
import { TestDatabase } from '../duckdb.ts';
import { cellsOf } from './compare.ts';
import { compareRows, evaluatePlan, readRow, rowOf } from './index.ts';
import { plansOf } from './plans.ts';

/** Known answers for each kind of node, worked out by hand from Microsoft's reference; the engine has no part in them. */
let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
  const columns = [
    { name: 'k', type: 'long' as const },
    { name: 's', type: 'string' as const },
  ];
  await database.table('T', columns, "(0, '')");
});
after(() => database.close());

const schema = [
  { name: 'k', type: 'long' as const },
  { name: 's', type: 'string' as const },
];
const tables = new Map([
  ['T', [rowOf(schema, [1n, 'a']), rowOf(schema, [2n, 'b']), rowOf(schema, [2n, '']), rowOf(schema, [null, 'a'])]],
]);

async function rows(query: string): Promise<Dynamic[]> {
  const [plans] = await plansOf(query, { catalog: database.catalog, now: 0n, engine: database });
  const [lowered, improved] = [plans!.lowered, plans!.improved].map((plan) => cellsOf(evaluatePlan(plan, tables)));
  assert.deepEqual(improved, lowered, 'the improved plan gives other rows');
  return lowered!.map((cells) => [...cells]);
}

const two =
  'let L = datatable(k:long, x:string)[1,"a", 1,"b", 2,"c", long(null),"n"]; let R = datatable(k:long, y:string)[1,"p", 3,"q", long(null),"m"]; ';
const series = 'datatable(n:long, x:long)[0,1, 1,2, 5,3, 6,4, long(null),9, 7,5]';

const cases: readonly (readonly [query: string, rows: string])[] = [
  ['T', '[[1,"a"],[2,"b"],[2,""],[null,"a"]]'],
  ['datatable(a:long)[1, 2]', '[[1],[2]]'],
  ['range x from 1 to 7 step 3', '[[1],[4],[7]]'],
  ['range x from 3 to 1 step -1', '[[3],[2],[1]]'],
  ['range x from 3 to 1 step 1', '[]'],
  ['T | where k != 2', '[[1,"a"],[null,"a"]]'],
  ['T | where k < 2', '[[1,"a"]]'],
  ['T | extend z = k + 1 | project z, s', '[[2,"a"],[3,"b"],[3,""],[null,"a"]]'],
  ['T | summarize c = count() by s', '[["a",2],["b",1],["",1]]'],
  ['T | where k > 9 | summarize c = count(), m = max(k)', '[[0,null]]'],
  ['T | where k > 9 | summarize c = count() by s', '[]'],
  ['T | distinct k', '[[1],[2],[null]]'],
  ['T | count', '[[4]]'],
  ['T | sort by k asc, s desc', '[[null,"a"],[1,"a"],[2,"b"],[2,""]]'],
  ['T | sort by k desc, s asc', '[[2,""],[2,"b"],[1,"a"],[null,"a"]]'],
  ['T | sort by k asc nulls last, s asc', '[[1,"a"],[2,""],[2,"b"],[null,"a"]]'],
  // the table of special values on the page of `sort`
  ...(
    [
      ['asc nulls first', '[[null],["NaN"],["-Infinity"],[-5.0],[0.0],["Infinity"]]'],
      ['desc nulls first', '[[null],["NaN"],["Infinity"],[0.0],[-5.0],["-Infinity"]]'],
      ['asc nulls last', '[["-Infinity"],[-5.0],[0.0],["Infinity"],["NaN"],[null]]'],
      ['desc nulls last', '[["Infinity"],[0.0],[-5.0],["-Infinity"],["NaN"],[null]]'],
    ] as const
  ).map(([order, sorted]): [string, string] => [
    `datatable(r:real)[0, real(nan), real(-inf), -5, real(null), real(+inf)] | sort by r ${order}`,
    sorted,
  ]),
  ['T | sort by k asc | take 2 | project k', '[[null],[1]]'],
  ['T | top 1 by k', '[[2,"b"]]'],
  [`${two}L | join kind=inner R on k`, '[[1,"a",1,"p"],[1,"b",1,"p"],[null,"n",null,"m"]]'],
  [`${two}L | join R on k`, '[[1,"a",1,"p"],[null,"n",null,"m"]]'],
  [`${two}L | join kind=leftouter R on k`, '[[1,"a",1,"p"],[1,"b",1,"p"],[null,"n",null,"m"],[2,"c",null,""]]'],
  [`${two}L | join kind=rightouter R on k`, '[[1,"a",1,"p"],[1,"b",1,"p"],[null,"n",null,"m"],[null,"",3,"q"]]'],
  [
    `${two}L | join kind=fullouter R on k`,
    '[[1,"a",1,"p"],[1,"b",1,"p"],[null,"n",null,"m"],[2,"c",null,""],[null,"",3,"q"]]',
  ],
  [`${two}L | join kind=leftsemi R on k`, '[[1,"a"],[1,"b"],[null,"n"]]'],
  [`${two}L | join kind=rightsemi R on k`, '[[1,"p"],[null,"m"]]'],
  [`${two}L | join kind=leftanti R on k`, '[[2,"c"]]'],
  [`${two}L | join kind=rightanti R on k`, '[[3,"q"]]'],
  [`${two}L | lookup R on k`, '[[1,"a","p"],[1,"b","p"],[null,"n","m"],[2,"c",""]]'],
  [
    'T | project k | union (datatable(z:long, s:string)[7,"u"])',
    '[[1,null,""],[2,null,""],[2,null,""],[null,null,""],[null,7,"u"]]',
  ],
  [`${series} | make-series c = count() on n from 0 to 8 step 2`, '[[[2,0,1,2],[0,2,4,6]]]'],
  [`${series} | make-series s = sum(x) default=-1 on n from 2 to 6 step 2`, '[[[-1,3],[2,4]]]'],
  [`${series} | where n > 99 | make-series c = count() on n from 0 to 8 step 2`, '[]'],
  [`${series} | make-series c = count() on n step 3`, '[[[2,1,2],[0,3,6]]]'],
  [
    `${series} | make-series c = count() on n from 0 to 8 step 4 by b = n > 5`,
    '[[false,[2,1],[0,4]],[true,[0,2],[0,4]]]',
  ],
  ['print d = dynamic([1,"x"]), e = 5 | mv-expand d', '[[1,5],["x",5]]'],
  ['print d = dynamic({"a":1,"b":2}) | mv-expand d', '[[{"a":1}],[{"b":2}]]'],
  ['print d = dynamic({"a":1,"b":2}) | mv-expand kind=array d', '[[["a",1]],[["b",2]]]'],
  ['print d = dynamic([]) | mv-expand d', '[]'],
  ['print d = dynamic(null), e = 1 | mv-expand d', '[[null,1]]'],
  [
    'print d = dynamic([1,2,3]), f = dynamic(["p"]) | mv-expand with_itemindex=i d, f',
    '[[1,"p",0],[2,null,1],[3,null,2]]',
  ],
  ['T | summarize arg_max(k, *) by s', '[["a",1],["b",2],["",2]]'],
  ['T | sort by k asc, s asc | extend n = row_number()', '[[null,"a",1],[1,"a",2],[2,"",3],[2,"b",4]]'],
  ['T | sort by k asc, s asc | project p = prev(k), q = next(k, 2, -1)', '[[null,2],[null,2],[1,-1],[2,-1]]'],
  ['T | sort by k asc, s asc | project c = row_cumsum(k), r = row_cumsum(k, s == "")', '[[0,0],[1,1],[3,2],[5,4]]'],
  ['T | sort by k asc, s asc | project d = row_rank_dense(k), m = row_rank_min(k)', '[[1,1],[2,2],[3,3],[3,3]]'],
  ['T | sort by k asc | project c = row_cumsum(todouble(k))', '[[0.0],[1.0],[3.0],[5.0]]'],
  [
    'print d = dynamic([1,2,3]) | mv-apply e = d to typeof(long) on (summarize s = sum(e), c = count())',
    '[[[1,2,3],6,3]]',
  ],
  ['T | partition by s (top 1 by k | project k, s)', '[[1,"a"],[2,"b"],[2,""]]'],
  ['let S = materialize(T | where k == 2); S | union S | count', '[[4]]'],
  ['T | where k == toscalar(T | summarize max(k)) | project s', '[["b"],[""]]'],
  ['T | where s in (T | where k == 1 | project s) | project k', '[[1],[null]]'],
  ['T | where s !in (T | where k == 1 | project s) | project k', '[[2],[2]]'],
  ['T | where s in~ (datatable(x:string)["A"]) | project k', '[[1],[null]]'],
];

for (const [query, expected] of cases)
  test(query, async () => assert.deepEqual(await rows(query), parseDynamic(expected)));

test('rows of another order, number or digit are a difference, and any rows that `take` may give are none', async () => {
  const plan = async (query: string) =>
    (await plansOf(query, { catalog: database.catalog, now: 0n, engine: database }))[0]!.lowered;
  const difference = async (query: string, ...given: string[]) =>
    compareRows(await plan(query), given.map(readRow), (part) => evaluatePlan(part, tables));
  const sorted = 'T | where isnotnull(k) | sort by k asc, s asc | project k';
  assert.equal(await difference(sorted, '[1]', '[2]', '[2]'), undefined);
  assert.match((await difference(sorted, '[2]', '[1]', '[2]'))!, /row 1 is \[2\], not \[1\]/);
  assert.match((await difference(sorted, '[1]', '[2]'))!, /2 rows, not 3/);
  assert.match((await difference(sorted, '[1]', '[2]', '[2.0]'))!, /row 3/);
  const loose = 'T | where isnotnull(k) | project k';
  assert.equal(await difference(loose, '[2]', '[1]', '[2]'), undefined);
  assert.match((await difference(loose, '[2]', '[1]', '[1]'))!, /row 3 is not expected/);
  assert.equal(await difference('T | project s | take 2', '["a"]', '["a"]'), undefined);
  assert.match((await difference('T | project s | take 2', '["b"]', '["b"]'))!, /row 2 is none of the input/);
  assert.match((await difference('T | take 2', '[1,"a"]'))!, /1 rows of 4/);
  const sum = 'print x = 0.1 + 0.2';
  assert.equal(await difference(sum, '[0.3]'), undefined);
  assert.notEqual(await difference(sum, '[0.3000001]'), undefined);
});

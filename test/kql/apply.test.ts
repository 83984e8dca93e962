import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { runQuery } from '../../src/kql/index.ts';
import { TestDatabase } from './duckdb.ts';

let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
});
after(() => database.close());

async function rows(query: string): Promise<string[]> {
  const { tables } = await runQuery(query, { catalog: database.catalog, now: 0n, engine: database });
  const texts: string[] = [];
  for await (const block of tables[0]!.blocks) texts.push(...block);
  return texts;
}

const element = fc.oneof(fc.integer({ min: -2, max: 9 }), fc.constantFrom('a', '', 'é'), fc.constant(null));
const list = fc.oneof(
  fc.array(element, { maxLength: 4 }),
  fc.constant(null),
  fc.dictionary(fc.constantFrom('x', 'y'), element),
);
const table = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), list), { minLength: 1, maxLength: 5 });

/** The rows as a KQL datatable (Id: long, List: dynamic). */
const datatable = (values: readonly (readonly [number, unknown])[]): string =>
  `datatable(Id: long, List: dynamic)[${values.map(([id, value]) => `${id}, dynamic(${JSON.stringify(value)})`).join(', ')}]`;

test('mv-apply that changes nothing gives the rows of mv-expand, in their order', () =>
  fc.assert(
    fc.asyncProperty(table, async (values) => {
      const expanded = await rows(`${datatable(values)} | mv-expand with_itemindex=At Value=List`);
      const applied = await rows(
        `${datatable(values)} | mv-apply with_itemindex=At Value=List on (where true) | project Id, List, At, Value`,
      );
      const same = await rows(
        `${datatable(values)} | mv-expand with_itemindex=At Value=List | project Id, List, At, Value`,
      );
      assert.equal(applied.length, expanded.length);
      assert.deepEqual(applied, same);
    }),
    { numRuns: 40 },
  ));

test('a count inside of mv-apply is the number of rows that mv-expand makes of the row', () =>
  fc.assert(
    fc.asyncProperty(table, async (values) => {
      const numbered = `${datatable(values)} | serialize Row=row_number()`;
      const expanded = await rows(`${numbered} | mv-expand List | summarize Count=count() by Row | sort by Row asc`);
      const applied = await rows(`${numbered} | mv-apply List on (count) | project Row, Count | sort by Row asc`);
      assert.deepEqual(applied, expanded);
    }),
    { numRuns: 40 },
  ));

test('partition with a summarize gives the groups of summarize by, nulls and empty texts among them', () =>
  fc.assert(
    fc.asyncProperty(table, async (values) => {
      const keyed = `${datatable(values)} | extend Number=iff(Id == 0, long(null), Id), Text=iff(Id == 1, "", tostring(Id))`;
      for (const key of ['Number', 'Text']) {
        const groups = await rows(
          `${keyed} | summarize Count=count(), Sum=sum(Id) by ${key} | sort by Sum asc, Count asc | project Count, Sum`,
        );
        const parts = await rows(
          `${keyed} | partition by ${key} (summarize Count=count(), Sum=sum(Id)) | sort by Sum asc, Count asc`,
        );
        assert.deepEqual(parts, groups);
      }
    }),
    { numRuns: 30 },
  ));

const refusals: readonly (readonly [query: string, code: string])[] = [
  ['print L=dynamic([1]) | mv-apply L on (evaluate bag_unpack(L))', 'KQL0002'],
  ["print L=dynamic([1]) | mv-apply L on (extend ['~a']=1)", 'KQL0002'],
  ['print L=dynamic([1]) | mv-apply L on (join kind=leftsemi (datatable(c: long)[1]) on c)', 'KQL0001'],
  ['print L=dynamic([1]), c=1 | mv-apply L on (join kind=leftsemi (datatable(c: long)[1]) on c)', 'KQL0002'],
  ['print L=dynamic([1]) | partition by L (count)', 'KQL0001'],
  ['print a=1 | partition hint.strategy=fast by a (count)', 'KQL0005'],
  ['print a=1 | fork (count) (take 1) | count', 'KQL0002'],
];

for (const [query, code] of refusals) test(`refused: ${query}`, () => assert.rejects(rows(query), { code }));

test('the result tables of fork and facet have the names that the text gives, else Kusto’s', async () => {
  const names = async (query: string): Promise<string[]> =>
    (await runQuery(query, { catalog: database.catalog, now: 0n, engine: database })).tables.map(({ name }) => name);
  assert.deepEqual(await names('print a=1 | fork (as A) B=(count) (take 1)'), ['A', 'B', 'GenericResult']);
  assert.deepEqual(await names('print a=1 | facet by a'), ['GenericResult']);
  assert.deepEqual(await names('print a=1; print b=2 | as B'), ['PrimaryResult', 'B']);
});

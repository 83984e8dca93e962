import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runQuery } from '../../src/kql/index.ts';
import { TestDatabase } from './duckdb.ts';

let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
  const long = (...names: string[]) => names.map((name) => ({ name, type: 'long' as const }));
  await database.table(
    'Names',
    long('bin', 'g0', 'a0', 'm0', 'row', 'key0'),
    '(1, 5, 10, 20, 7, 9), (2, 6, 11, 21, 8, 1)',
  );
  const cased = [...long('Id'), ...['Ab', 'AB'].map((name) => ({ name, type: 'string' as const }))];
  await database.table('Cased', cased, "(1, 'p', 'z'), (2, 'r', 'y')");
});
after(() => database.close());

async function rows(query: string): Promise<string> {
  const { tables } = await runQuery(query, { catalog: database.catalog, now: 0n, engine: database });
  const texts: string[] = [];
  for await (const block of tables[0]!.blocks) texts.push(...block);
  return texts.join(' ');
}

const cases: readonly (readonly [query: string, rows: string])[] = [
  // columns that differ in case only, where a part of them is left
  ['Cased | project AB | sort by AB asc', '["y"] ["z"]'],
  ["Cased | where AB == 'y' | project AB, Id", '["y",2]'],
  ['Cased | summarize n = count() by AB | sort by AB asc', '["y",1] ["z",1]'],
  ['Cased | sort by Ab asc | project AB', '["z"] ["y"]'],
  ['Cased | sort by AB asc | project AB', '["y"] ["z"]'],
  ['Cased | project Ab | sort by Ab asc', '["p"] ["r"]'],
  ['Cased | join kind=inner Cased on Id | project AB, Ab1, AB1 | sort by AB asc', '["y","r","y"] ["z","p","z"]'],
  // a column called as the engine's name of another
  ["print AB='y', Ab='z', ['Ab~2']='x'", '["y","z","x"]'],
  ["print ['AB~2']='x', AB='y', Ab='z' | extend q=strcat(AB, Ab, ['AB~2'])", '["x","y","z","yzx"]'],
  // names that the printed statements use themselves
  [
    'Names | make-series n=max(m0) default=-1 on a0 from 10 to 12 step 1 by bin | sort by bin asc',
    '[1,[20,-1],[10,11]] [2,[-1,21],[10,11]]',
  ],
  ['Names | make-series n=count() on bin from 1 to 3 step 1 by x=g0 % 1', '[0,[1,1],[1,2]]'],
  ['Names | project row, key0 | sort by key0 asc', '[8,1] [7,9]'],
  ["Names | summarize x=count() * 2, ['$aggregate_1']=sum(bin)", '[4,3]'],
  [
    "Names | summarize x=count() + 1 by ['$aggregate_1']=tostring(bin) | sort by ['$aggregate_1'] asc",
    '["1",2] ["2",2]',
  ],
  // line breaks and quotes in literals and names, at any depth of the statement
  ['print x="p\\nb" | extend y=1 | extend z=strlen(x) | extend w=strlen(x)', '["p\\nb",1,3,3]'],
  ['print x="it\'s\\n\\"so\\"" | where x in ((print y="it\'s\\n\\"so\\""))', '["it\'s\\n\\"so\\""]'],
  ["print ['a\\nb\"']=1 | extend c=['a\\nb\"'] + 1", '[1,2]'],
];

for (const [query, expected] of cases)
  test(query, async () => assert.equal((await rows(query)).replaceAll(', ', ','), expected));

test('a query parameter is not found among the members that every object has', async () => {
  const context = { catalog: database.catalog, now: 0n, engine: database };
  const declared = 'declare query_parameters(toString:string); print toString';
  await assert.rejects(runQuery(declared, { ...context, parameters: {} }), { code: 'KQL0005' });
  await assert.rejects(
    runQuery('declare query_parameters(a:bool); print a', { ...context, parameters: { a: 'constructor' } }),
    { code: 'KQL0005' },
  );
});

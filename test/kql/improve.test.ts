import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { improve } from '../../src/kql/improve/index.ts';
import { bindAndLower } from '../../src/kql/lower/index.ts';
import type { Plan } from '../../src/kql/plan/index.ts';
import { print } from '../../src/kql/print/index.ts';
import { learnColumns } from '../../src/kql/stages/learn.ts';
import { TestDatabase } from './duckdb.ts';
import { fixtures } from './fixtures.ts';

let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
  for (const { name, columns, values } of fixtures) await database.table(name, columns, values);
});
after(() => database.close());

async function plansOf(query: string): Promise<Plan[]> {
  const context = { catalog: database.catalog, now: 638_881_776_000_000_000n, engine: database };
  const { tables } = await learnColumns(query, context, (learned) => bindAndLower(learned, context));
  return tables.map(({ plan }) => plan);
}

async function rows(plan: Plan): Promise<string[]> {
  const texts: string[] = [];
  for await (const block of database.texts(print(plan, database.catalog).rowsSql)) texts.push(...block);
  return texts;
}

/** What a query sorts by keeps its order through every rewrite; the rest is a multiset. */
const comparable = (query: string, texts: string[]): string[] =>
  /\b(sort|order) by\b/.test(query) ? texts : texts.sort();

const golden = new URL('./golden/', import.meta.url);
const queries = readdirSync(golden)
  .filter((name) => readdirSync(new URL(`${name}/`, golden)).includes('rows.jsonl'))
  .map((name) => ({ name, query: readFileSync(new URL(`${name}/query.kql`, golden), 'utf8') }));

for (const { name, query } of queries) {
  test(`improved and plain plans give the same rows: ${name}`, async () => {
    for (const plan of await plansOf(query)) {
      assert.deepEqual(comparable(query, await rows(improve(plan))), comparable(query, await rows(plan)));
    }
  });
}

test('a JSON read compared with a word is searched for first, and not where a number could be spelled in two ways', async () => {
  const sql = async (query: string): Promise<string> =>
    print(improve((await plansOf(query))[0]!), database.catalog).sql;
  assert.match(await sql('Mail | where tostring(parse_json(Auth).DMARC) == "fail"'), /contains\("Auth", 'fail'\)/);
  assert.doesNotMatch(await sql('Mail | where tostring(parse_json(Auth).n) == "10"'), /contains\(/);
  assert.doesNotMatch(await sql('Mail | where tostring(parse_json(Auth).DMARC) != "fail"'), /contains\(/);
  assert.match(await sql('Mail | where parse_json(Auth).DMARC == "fail"'), /contains\("Auth", 'fail'\)/);
  assert.match(await sql('Mail | where parse_json(Auth).DMARC =~ "Fail"'), /contains\(lower\("Auth"\), 'fail'\)/);
  const among = await sql('Mail | where parse_json(Auth).DMARC in ("fail", "none")');
  assert.match(among, /contains\("Auth", 'fail'\) OR contains\("Auth", 'none'\)/);
  assert.doesNotMatch(await sql('Mail | where parse_json(Auth).DMARC in ("fail", "4")'), /contains\(/);
});

for (const condition of ['== "fail"', '=~ "FAIL"', 'in ("x", "fail")', 'in~ ("FAIL")']) {
  test(`a word that the JSON text holds only as an escape is still found: ${condition}`, async () => {
    const text = 'datatable(t: string)["{\\"a\\":\\"f\\\\u0061il\\"}", "{\\"a\\":\\"pass\\"}"]';
    for (const read of ['parse_json(t).a', 'tostring(todynamic(t).a)']) {
      const [plan] = await plansOf(`${text} | where ${read} ${condition}`);
      assert.equal((await rows(improve(plan!))).length, 1);
    }
  });
}

test('a filter over a computed column reaches the scan', async () => {
  const [plan] = await plansOf('Mail | extend Low = tolower(Sender) | where Low == "x" | project Id');
  const { sql } = print(improve(plan!), database.catalog);
  assert.match(sql, /^SELECT\n {2}"Id"\nFROM "Mail"\nWHERE/);
});

test('a bag that is only asked for members is not parsed and printed before', async () => {
  const sql = async (query: string): Promise<string> =>
    print(improve((await plansOf(query))[0]!), database.catalog).sql;
  const bag = 'Mail | extend Bag = parse_json(Auth) | extend A = tostring(Bag.SPF), B = tostring(Bag.DMARC)';
  assert.doesNotMatch(await sql(`${bag} | project A, B`), /json\("Auth"\)/);
  assert.match(await sql(`${bag} | project A, B, Bag`), /json\("Auth"\)/);
  assert.match(await sql(`${bag} | extend C = strlen(tostring(Bag)) | project A, C`), /json\("Auth"\)/);
});

test('members read from a bag are the same whatever its text is', async () => {
  const texts = ['{"SPF":"pass"}', '{"SPF":1}', '', 'no JSON', '[1]', '{"a":{"SPF":"x"}}', '{"SPF":"a\\\\"b"}'];
  const table = `datatable(t: string)[${texts.map((text) => `'${text}'`).join(', ')}]`;
  const [plan] = await plansOf(
    `${table} | extend Bag = parse_json(t) | project A = tostring(Bag.SPF), B = tostring(Bag.a.SPF)`,
  );
  const found = await rows(plan!);
  assert.deepEqual(await rows(improve(plan!)), found);
  assert.equal(found.length, texts.length);
  assert.ok(found.includes('["pass",""]') && found.includes('["","x"]'));
});

test('elements that are read as texts do not become JSON', async () => {
  const sql = async (query: string): Promise<string> =>
    print(improve((await plansOf(query))[0]!), database.catalog).sql;
  const split = 'Mail | mv-expand Part = split(Id, ",")';
  assert.doesNotMatch(await sql(`${split} to typeof(string)`), /json/);
  assert.doesNotMatch(await sql(`${split} to typeof(string) | where Part == "x" | project Part`), /json/);
  assert.match(await sql(split), /to_json/);
  assert.match(await sql(`${split} to typeof(long)`), /to_json/);
});

test('the first rows of each key are found before they are sorted', async () => {
  const sql = async (query: string): Promise<string> =>
    print(improve((await plansOf(`Mail | sort by Sender asc, Timestamp asc | ${query}`))[0]!), database.catalog).sql;
  const number = 'extend N = row_number(1, Sender != prev(Sender))';
  assert.match(await sql(`${number} | where N <= 3`), /QUALIFY/);
  assert.match(await sql(`${number} | where N <= 3 | project N`), /QUALIFY/);
  const others = [
    `${number} | where N > 3`,
    `${number} | where N <= 3 or Sender == "x"`,
    `${number}, Before = prev(Timestamp) | where N <= 3`,
    `${number}, All = row_number() | where N <= 3`,
    'extend N = row_number(1, Sender != next(Sender)) | where N <= 3',
    'extend N = row_number(1, Sender != prev(Sender, 2)) | where N <= 3',
    'extend N = row_number(1, Id != prev(Id)) | where N <= 3',
    'extend N = row_number(2, Sender != prev(Sender)) | where N <= 3',
  ];
  for (const query of others) assert.doesNotMatch(await sql(query), /QUALIFY/, query);
});

test('a union goes without inputs over tables that have no rows, and keeps whatever gives rows without any', async () => {
  const { catalog } = database;
  const tables = catalog.tables.map((table) => (table.name === 'Clicks' ? { ...table, rows: 0 } : table));
  const sql = async (query: string): Promise<string> => {
    const [plan] = await plansOf(query);
    return print(improve(plan!, { tables }), catalog).sql;
  };
  assert.doesNotMatch(await sql('union Mail, (Clicks | where Url != "" | extend x = 1) | project Id, x'), /"Clicks"/);
  assert.doesNotMatch(await sql('search "x" | project Id'), /"Clicks"/);
  assert.match(await sql('union Mail, (Clicks | count)'), /"Clicks"/);
  assert.match(await sql('union Clicks, Clicks | project Id'), /"Clicks"/);
  assert.match(await sql('Mail | join kind=leftanti Clicks on Id'), /"Clicks"/);
});

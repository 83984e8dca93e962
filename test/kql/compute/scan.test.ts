import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runQuery } from '../../../src/kql/index.ts';
import { TestDatabase } from '../duckdb.ts';

let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
});
after(() => database.close());

async function rowsOf(text: string): Promise<unknown[]> {
  const answer = await runQuery(text, { catalog: database.catalog, now: 0n, engine: database });
  const rows: unknown[] = [];
  for await (const block of answer.tables[0]!.blocks) rows.push(...block.map((row) => JSON.parse(row)));
  return rows;
}

const events = (kinds: string): string =>
  `datatable(n: long, e: string)[${[...kinds].map((kind, i) => `${i}, "${kind}"`).join(', ')}] | sort by n asc`;

test('a sequence goes through its steps and takes its number with it', async () => {
  const steps = 'step a: e == "a"; step b: e == "b" and n - a.n <= 2; step c: e == "c"';
  assert.deepEqual(await rowsOf(`${events('xabbcabc')} | scan with_match_id=m with (${steps};) | project n, m`), [
    [1, 0],
    [2, 0],
    [3, 0],
    [4, 0],
    [5, 1],
    [6, 1],
    [7, 1],
  ]);
});

test('a step that its condition leaves out ends nothing', async () => {
  assert.deepEqual(await rowsOf(`${events('acb')} | scan with (step a: e == "a"; step b: e == "b";) | project n`), [
    [0],
    [2],
  ]);
});

test('output=last gives the last match of a series, also at the end', async () => {
  const scan = 'scan with (step a output=last: e == "a"; step b output=none: e == "b";)';
  assert.deepEqual(await rowsOf(`${events('aaba')} | ${scan} | project n`), [[1], [3]]);
});

test('a declared column that no step assigns has its default, a state that is empty too', async () => {
  const scan = 'scan declare (s: long = 5, t: string = "q") with (step a: true => s = a.s + n;)';
  assert.deepEqual(await rowsOf(`${events('ab')} | ${scan} | project s, t`), [
    [5, 'q'],
    [6, 'q'],
  ]);
});

test('what is not ordered is refused, and so is a later step', async () => {
  await assert.rejects(rowsOf('print n = 1 | scan with (step a: true;)'), /serialized/);
  await assert.rejects(rowsOf(`${events('ab')} | scan with (step a: b.n > 1; step b: true;)`), /before it only/);
});

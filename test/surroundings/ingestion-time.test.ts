import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Session, sessionOn } from '../../src/server/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';

const NOW = Date.UTC(2026, 6, 18, 12);
const AT = '2026-07-18T12:00:00.0000000Z';
let folder: string;
let store: Store;
let session: Session;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailhunt-ingestion-'));
  store = await openStore(folder, { now: () => NOW, idle: 0 });
  for (const table of ['EmailEvents', 'UrlClickEvents'])
    await store.append({
      table,
      columns: ['Timestamp', 'NetworkMessageId'],
      rows: ['[638000000000000000,"m1"]', '[638000000000000000,"m2"]'],
    });
  await store.flush();
  session = sessionOn(store, () => NOW);
});
after(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

async function rowsOf(text: string) {
  const [table] = (await session.query(text)).tables;
  const rows: unknown[] = [];
  for await (const block of table!.blocks) for (const row of block) rows.push(JSON.parse(row));
  return { columns: table!.columns.map(({ name }) => name), rows };
}

test('the time at which a row came in, through operators that keep rows', async () => {
  for (const text of [
    'EmailEvents | where NetworkMessageId == "m1" | project t = ingestion_time()',
    'EmailEvents | where NetworkMessageId == "m1" | project-away Timestamp | extend x = 1 | take 5 | sort by x | project t = ingestion_time()',
    'EmailEvents | project NetworkMessageId | where NetworkMessageId == "m1" | project t = ingestion_time()',
    'EmailEvents | extend t = ingestion_time() | summarize t = max(t)',
    'EmailEvents | summarize t = max(ingestion_time())',
    'EmailEvents | summarize count() by t = ingestion_time() | project t',
    'EmailEvents | top 1 by ingestion_time() | project t = ingestion_time()',
    'union EmailEvents, UrlClickEvents | where ingestion_time() > ago(1h) | summarize t = min(ingestion_time())',
    'let late = EmailEvents | where ingestion_time() > ago(1h); late | take 1 | project t = ingestion_time()',
  ])
    assert.deepEqual((await rowsOf(text)).rows, [[AT]], text);
});

test('it filters, and no result shows a column for it', async () => {
  const plain = await rowsOf('EmailEvents | take 1');
  for (const text of [
    'EmailEvents | where ingestion_time() > ago(1h)',
    'EmailEvents | sort by ingestion_time() desc',
  ]) {
    const found = await rowsOf(`${text} | getschema | where ColumnName startswith "$"`);
    assert.deepEqual(found.rows, [], text);
  }
  assert.deepEqual((await rowsOf('EmailEvents | where ingestion_time() > ago(1h)')).columns, plain.columns);
  assert.equal((await rowsOf('EmailEvents | where ingestion_time() > ago(1h)')).rows.length, 2);
  assert.equal((await rowsOf('EmailEvents | where ingestion_time() < ago(1h)')).rows.length, 0);
  const bags = await rowsOf(
    'EmailEvents | project NetworkMessageId | take 1 | extend t = ingestion_time(), bag = tostring(pack_all())',
  );
  assert.deepEqual(bags.columns, ['NetworkMessageId', 't', 'bag']);
  assert.doesNotMatch(JSON.stringify(bags.rows), /IngestionTime/);
});

test('without a name it is called as the binder calls it', async () => {
  for (const [text, columns] of [
    ['EmailEvents | project ingestion_time()', ['$IngestionTime']],
    ['EmailEvents | project NetworkMessageId, ingestion_time()', ['NetworkMessageId', '$IngestionTime']],
    ['EmailEvents | project NetworkMessageId | extend ingestion_time()', ['NetworkMessageId', '$IngestionTime']],
    ['EmailEvents | summarize count() by bin(ingestion_time(), 1d)', ['$IngestionTime', 'count_']],
    [
      'EmailEvents | project NetworkMessageId | summarize arg_max(ingestion_time(), *) by NetworkMessageId',
      ['NetworkMessageId', '$IngestionTime'],
    ],
  ] as const)
    assert.deepEqual((await rowsOf(text)).columns, columns, text);
});

test('rows that come from no table, or no one table, have none', async () => {
  for (const text of [
    'print t = ingestion_time()',
    'datatable(a:long)[1] | project t = ingestion_time()',
    'EmailEvents | summarize count() | project t = ingestion_time()',
    'EmailEvents | where NetworkMessageId == "m1" | join kind=inner UrlClickEvents on NetworkMessageId | project t = ingestion_time()',
  ])
    assert.deepEqual((await rowsOf(text)).rows, [[null]], text);
});

test('elsewhere it is refused by name', async () => {
  await assert.rejects(rowsOf('EmailEvents | mv-expand x = pack_array(ingestion_time())'), {
    code: 'KQL0005',
    message: /^ingestion_time\(\)/,
  });
});

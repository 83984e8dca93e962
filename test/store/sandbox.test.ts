import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runQuery } from '../../src/kql/index.ts';
import { openSandbox, type Sandbox } from '../../src/store/index.ts';

const noon = 638_000_000_000_000_000n;
const mail = (...subjects: readonly string[]) => ({
  table: 'EmailEvents',
  columns: ['Subject', 'Timestamp'],
  rows: subjects.map((subject, i) => `[${JSON.stringify(subject)},${noon - BigInt(i)}]`),
});

describe('a sandbox', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await openSandbox();
  });
  after(() => sandbox.close());

  const rows = async (text: string): Promise<string[]> => {
    const { tables } = await runQuery(text, { catalog: sandbox.catalog, engine: sandbox.engine, now: noon });
    const found: string[] = [];
    for await (const block of tables[0]!.blocks) found.push(...block);
    return found;
  };

  it('answers over the rows that were put in, hostile ones too', async () => {
    await sandbox.fill([mail('Invoice', `'); DROP TABLE "EmailEvents"; --`)]);
    assert.deepEqual(
      await rows('EmailEvents | sort by Timestamp desc | project Subject, ingestion_time() == Timestamp'),
      ['["Invoice",true]', `["'); DROP TABLE \\"EmailEvents\\"; --",true]`],
    );
  });

  it('holds what was put in last and nothing of before', async () => {
    await sandbox.fill([mail('a', 'b')]);
    await sandbox.fill([{ table: 'UrlClickEvents', columns: ['Url'], rows: ['["https://bank.example/"]'] }]);
    assert.deepEqual(await rows('EmailEvents | count'), ['[0]']);
    assert.deepEqual(await rows('UrlClickEvents | project Url'), ['["https://bank.example/"]']);
  });

  it('computes over its tables what counts by names of its own: those of hidden columns are no others', async () => {
    await sandbox.fill([mail('b a')]);
    assert.deepEqual(await rows('EmailEvents | project array_sort_asc(split(Subject, " "))'), ['[["a","b"]]']);
    assert.deepEqual(await rows('EmailEvents | summarize make_bag(bag_pack("s", Subject))'), ['[{"s":"b a"}]']);
  });

  it('refuses a table, a column and a cell that are not of the schema', async () => {
    const batch = (table: string, column: string, cell: string) => [{ table, columns: [column], rows: [`[${cell}]`] }];
    await assert.rejects(sandbox.fill(batch('Mail', 'Subject', '"a"')), { code: 'STORE0006' });
    await assert.rejects(sandbox.fill(batch('EmailEvents', 'Betreff', '"a"')), { code: 'STORE0007' });
    await assert.rejects(sandbox.fill(batch('EmailEvents', 'Timestamp', '"noon"')), { code: 'KQL0007' });
  });

  it('lets no query reach a file or change a setting', async () => {
    const read = sandbox.engine.texts(`SELECT content FROM read_text('/etc/hostname')`);
    await assert.rejects(async () => {
      for await (const _ of read);
    });
    const set = sandbox.engine.texts('SET enable_external_access = true');
    await assert.rejects(async () => {
      for await (const _ of set);
    });
  });
});

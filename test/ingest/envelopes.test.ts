import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { exportsFolder, take, takeText } from './exports.ts';

const row = (subject: string) => ({
  Timestamp: '2026-07-18T14:08:56Z',
  NetworkMessageId: `id of ${subject}`,
  RecipientEmailAddress: 'ana@contoso.example',
  SenderFromAddress: 'bo@fabrikam.example',
  Subject: subject,
});
const record = (subject: string) => ({
  time: '2026-07-18T14:11:24.3832981Z',
  tenantId: '4b8c18bd-0000-0000-0000-000000000000',
  operationName: 'Publish',
  category: 'AdvancedHunting-EmailEvents',
  properties: row(subject),
});
const names = Object.keys(row(''));
const cells = (subject: string) => Object.values(row(subject));
const two = [row('one'), row('two')];

/** Name, content: each holds the rows one and two. */
const sources: Readonly<Record<string, string | Uint8Array>> = {
  'lines.jsonl': two.map((r) => `${JSON.stringify(r)}\n`).join(''),
  'lines without a last line end.json': two.map((r) => JSON.stringify(r)).join('\n'),
  'blob with CRLF.json': `${[record('one'), record('two')].map((r) => JSON.stringify(r)).join('\r\n')}\r\n`,
  'messages a line.json': `${JSON.stringify({ records: [record('one')] })}\n${JSON.stringify({ records: [record('two')] })}\n`,
  'one message.json': JSON.stringify({ records: [record('one'), record('two')] }),
  'one message, printed.json': JSON.stringify({ records: [record('one'), record('two')] }, null, 2),
  'array.json': JSON.stringify(two),
  'array, printed.json': JSON.stringify(two, null, 2),
  'array of messages.json': JSON.stringify([{ records: [record('one')] }, { records: [record('two')] }], null, 1),
  'concatenated.json': JSON.stringify(row('one')) + JSON.stringify(row('two')),
  'concatenated, printed.json': two.map((r) => JSON.stringify(r, null, 2)).join('\n'),
  'graph.json': JSON.stringify(
    { '@odata.context': 'x', schema: names.map((name) => ({ name, type: 'String' })), results: two },
    null,
    2,
  ),
  'older api.json': JSON.stringify({
    Stats: { ExecutionTime: 4.6 },
    Schema: [{ Name: 'Subject', Type: 'String' }],
    Results: two,
  }),
  'log analytics.json': JSON.stringify({
    tables: [
      {
        name: 'PrimaryResult',
        columns: names.map((name) => ({ name, type: 'string' })),
        rows: [cells('one'), cells('two')],
      },
    ],
    statistics: {},
  }),
  'log analytics, printed.json': JSON.stringify(
    {
      tables: [{ name: 'PrimaryResult', columns: names.map((name) => ({ name })), rows: [cells('one'), cells('two')] }],
      render: {},
    },
    null,
    2,
  ),
  'kusto v1.json': JSON.stringify(
    {
      Tables: [
        {
          TableName: 'Table_0',
          Columns: names.map((ColumnName) => ({ ColumnName })),
          Rows: [cells('one'), cells('two')],
        },
        { TableName: 'Table_1', Columns: [{ ColumnName: 'Value' }], Rows: [['{"Visualization":null}']] },
        { TableName: 'Table_2', Columns: [{ ColumnName: 'Severity' }, { ColumnName: 'Count' }], Rows: [[4, 1]] },
      ],
    },
    null,
    1,
  ),
  'kusto v2.json': JSON.stringify([
    { FrameType: 'DataSetHeader', IsProgressive: false, Version: 'v2.0' },
    {
      FrameType: 'DataTable',
      TableId: 0,
      TableKind: 'QueryProperties',
      Columns: [{ ColumnName: 'Key' }],
      Rows: [['Visualization']],
    },
    {
      FrameType: 'DataTable',
      TableId: 1,
      TableKind: 'PrimaryResult',
      Columns: names.map((ColumnName) => ({ ColumnName })),
      Rows: [cells('one'), cells('two')],
    },
    { FrameType: 'DataSetCompletion', HasErrors: false },
  ]),
  'comma.csv': `${names.join()}\r\n${cells('one').join()}\r\n${cells('two').join()}\r\n`,
  'semicolon with mark.csv': `\ufeff${names.join(';')}\n${cells('one').join(';')}\n${cells('two').join(';')}`,
  'tab.tsv': `${names.join('\t')}\n${cells('one').join('\t')}\n${cells('two').join('\t')}\n`,
  'sep line.csv': `sep=;\r\n${names.join(';')}\r\n${cells('one').join(';')}\r\n${cells('two').join(';')}\r\n`,
  'in their own words.csv': `"timestamp [UTC]",network message ID,RECIPIENTEMAILADDRESS,Sender from address,subject\n${cells('one').join()}\n${cells('two').join()}\n`,
  'packed.csv.gz': gzipSync(`${names.join()}\n${cells('one').join()}\n${cells('two').join()}\n`),
  'packed.jsonl.gz': gzipSync(two.map((r) => `${JSON.stringify(r)}\n`).join('')),
  'from PowerShell.csv': Buffer.from(
    `\ufeff${names.join()}\r\n${cells('one').join()}\r\n${cells('two').join()}\r\n`,
    'utf16le',
  ),
};

for (const [name, content] of Object.entries(sources)) {
  test(`two rows out of ${name}`, async (t) => {
    const { store, aside, failures, repairs, tables } = await takeText(t, name, content);
    assert.deepEqual([failures, aside, repairs], [[], [], []]);
    assert.deepEqual(tables, { EmailEvents: 2 });
    const rows = store.rows('EmailEvents').map((found) => names.map((field) => found[field]));
    const expected = ['one', 'two'].map((subject) => ['639199805360000000', ...cells(subject).slice(1)]);
    assert.deepEqual(rows, expected);
  });

  test(`two rows out of ${name}, on standard input`, async () => {
    const stdin = Readable.from([Buffer.from(content)]);
    const { store, failures } = await take(['-'], { stdin });
    assert.deepEqual(failures, []);
    assert.deepEqual(
      store.rows('EmailEvents').map(({ Subject }) => Subject),
      ['one', 'two'],
    );
  });
}

test('a message with records of several tables', async (t) => {
  const click = {
    category: 'AdvancedHunting-UrlClickEvents',
    properties: { Url: 'https://a.example', IsClickedThrough: true },
  };
  const other = { category: 'AdvancedHunting-DeviceTvmSomething', properties: { DeviceId: '1' } };
  const content = JSON.stringify({ records: [record('one'), click, other] });
  const { tables, store, aside } = await takeText(t, 'EmailEvents.json', content);
  assert.deepEqual(tables, { EmailEvents: 1, UrlClickEvents: 1 });
  assert.equal(store.rows('UrlClickEvents')[0]?.IsClickedThrough, true);
  assert.deepEqual(
    aside.map(({ reason }) => reason),
    ['there is no table DeviceTvmSomething'],
  );
});

test('folders are read with all below, in order, exports only', async (t) => {
  const line = (subject: string) => `${JSON.stringify(row(subject))}\n`;
  const folder = exportsFolder(t, {
    'b/2.jsonl': line('b2'),
    'b/1.jsonl': line('b1'),
    'a.json': line('a'),
    'README.md': 'not an export',
    '.hidden.json': 'nor this',
  });
  const { store, failures } = await take([folder]);
  assert.deepEqual(failures, []);
  assert.deepEqual(
    store.rows('EmailEvents').map(({ Subject }) => Subject),
    ['a', 'b1', 'b2'],
  );
});

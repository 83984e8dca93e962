import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnNamed, tableOfFields, tableOfPath } from '../../src/ingest/column-names.ts';
import { tableNamed, tables } from '../../src/schema/index.ts';
import { takeText } from './exports.ts';

const paths: Readonly<Record<string, string | undefined>> = {
  'EmailEvents.csv': 'EmailEvents',
  'exports/emailevents-2026-07.csv': 'EmailEvents',
  'EmailEvents (1).csv.gz': 'EmailEvents',
  'AdvancedHunting-UrlClickEvents.json': 'UrlClickEvents',
  'insights-logs-advancedhunting-emailurlinfo/tenantId=1/y=2026/m=07/d=18/h=14/m=00/PT1H.json': 'EmailUrlInfo',
  'EmailPostDeliveryEvents.csv': 'EmailPostDeliveryEvents',
  'EmailEvents/hunt.csv': undefined,
  'MyEmailEventsList.csv': undefined,
  'New query.csv': undefined,
};

for (const [path, table] of Object.entries(paths)) {
  test(`${path} names ${table ?? 'no table'}`, () => assert.equal(tableOfPath(path)?.name, table));
}

for (const table of tables) {
  test(`the columns of ${table.name} tell it, or another table has them all too`, () => {
    const fields = table.columns.map(({ name }) => name);
    const twins = tables.filter((other) => other !== table && fields.every((field) => columnNamed(other, field)));
    assert.equal(tableOfFields(fields)?.name, twins.length === 0 ? table.name : undefined);
  });
}

test('columns that several tables share tell none', () => {
  assert.equal(tableOfFields(['Timestamp', 'NetworkMessageId']), undefined);
  assert.equal(tableOfFields(['name', 'price', 'colour']), undefined);
});

test('a column is found by its name, then by it in other letters', () => {
  const email = tableNamed('EmailEvents')!;
  const found = ['Subject', 'subject', 'Sender IPv4', 'sender_from_address', 'Timestamp [UTC]', 'Colour'];
  assert.deepEqual(
    found.map((name) => columnNamed(email, name)?.name),
    ['Subject', 'Subject', 'SenderIPv4', 'SenderFromAddress', 'Timestamp', undefined],
  );
});

test('--table is stronger than what the rows and the name say', async (t) => {
  const line = '{"Type":"UrlClickEvents","Url":"https://a.example","NetworkMessageId":"m"}\n';
  assert.deepEqual((await takeText(t, 'EmailEvents.jsonl', line, { table: 'emailurlinfo' })).tables, {
    EmailUrlInfo: 1,
  });
  assert.deepEqual((await takeText(t, 'EmailEvents.jsonl', line)).tables, { UrlClickEvents: 1 });
  assert.deepEqual((await takeText(t, 'x.csv', 'Url,NetworkMessageId,Type\nu,m,UrlClickEvents\n')).tables, {
    UrlClickEvents: 1,
  });
});

test('fields without a column are kept aside and counted', async (t) => {
  const json = '{"Subject":"a","Colour":"red","Size":{"w":9007199254740993},"Nothing":null,"__proto__":"x"}\n';
  const fromJson = await takeText(t, 'EmailEvents.jsonl', json);
  const extra = fromJson.store.batches.at(-1)!.rows[0]!;
  assert.match(extra, /9007199254740993/);
  assert.equal(fromJson.store.rows('EmailEvents')[0]!.Subject, 'a');
  assert.deepEqual(fromJson.unknownColumns, {
    'EmailEvents.Colour': 1,
    'EmailEvents.Size': 1,
    'EmailEvents.Nothing': 1,
    'EmailEvents.__proto__': 1,
  });
  const fromCsv = await takeText(t, 'EmailEvents.csv', 'Subject,Colour,Size\na,red,\nb,,\n');
  assert.deepEqual(fromCsv.store.rows('EmailEvents'), [{ Subject: 'a', $extra: { Colour: 'red' } }, { Subject: 'b' }]);
  assert.deepEqual(fromCsv.unknownColumns, { 'EmailEvents.Colour': 1 });
});

test('TimeGenerated stands in where Timestamp says nothing', async (t) => {
  const time = '2026-07-18T14:08:56Z';
  const earlier = '2026-07-18T14:08:55Z';
  const json = [
    { TimeGenerated: time },
    { TimeGenerated: time, Timestamp: null },
    { TimeGenerated: time, Timestamp: earlier },
  ];
  const expected = ['639199805360000000', '639199805360000000', '639199805350000000'];
  const fromJson = await takeText(t, 'EmailEvents.jsonl', json.map((row) => `${JSON.stringify(row)}\n`).join(''));
  assert.deepEqual(
    fromJson.store.rows('EmailEvents').map(({ Timestamp }) => Timestamp),
    expected,
  );
  assert.deepEqual(fromJson.store.rows('EmailEvents')[0]!.$extra, { TimeGenerated: time });
  const fromCsv = await takeText(
    t,
    'EmailEvents.csv',
    `Subject,TimeGenerated [UTC],Timestamp\na,${time},\nb,${time},${earlier}\n`,
  );
  assert.deepEqual(
    fromCsv.store.rows('EmailEvents').map(({ Timestamp }) => Timestamp),
    expected.slice(1),
  );
  const without = await takeText(t, 'EmailEvents.csv', `Subject,TimeGenerated\na,${time}\n`);
  assert.deepEqual(
    without.store.rows('EmailEvents').map(({ Timestamp }) => Timestamp),
    expected.slice(0, 1),
  );
});

test('repairs are reported by column, with where to look', async (t) => {
  const csv = 'Timestamp,Subject,AttachmentCount\nsoon,a,1\n2026-07-18,b,many\nlater,c,2\n';
  const { repairs, rejected, store } = await takeText(t, 'EmailEvents.csv', csv);
  assert.deepEqual(
    repairs.map(({ column, reason, lost, count, examples }) => ({
      column,
      reason,
      lost,
      count,
      at: examples.map(({ line, text }) => `${line} ${text}`),
    })),
    [
      { column: 'Timestamp', reason: 'not a datetime', lost: true, count: 2, at: ['2 soon', '4 later'] },
      { column: 'AttachmentCount', reason: 'not a number', lost: true, count: 1, at: ['3 many'] },
    ],
  );
  assert.deepEqual(
    store.rows('EmailEvents').map(({ Timestamp, Subject }) => [Timestamp, Subject]),
    // a row without its time would be found by no hunt; with another cell lost it goes in
    [['639199296000000000', 'b']],
  );
  assert.deepEqual(
    rejected.map(({ line, reason }) => `${line} ${reason}`),
    ['2 Timestamp: not a datetime', '3 AttachmentCount: not a number', '4 Timestamp: not a datetime'],
  );
});

test('a date in the year 9999 is set aside with its reason, in JSON too', async (t) => {
  const lines =
    '{"Timestamp":"9999-12-31T23:59:59Z","Subject":"a"}\n{"Timestamp":"2026-07-18T00:00:00Z","Subject":"b"}\n';
  const { rejected, store } = await takeText(t, 'EmailEvents.jsonl', lines);
  assert.deepEqual(
    rejected.map(({ line, reason }) => `${line} ${reason}`),
    ['1 Timestamp: a date in the year 9999'],
  );
  assert.equal(store.rows('EmailEvents').length, 1);
});

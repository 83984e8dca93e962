import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, ClientRequestProperties, type KustoConnectionStringBuilder } from 'azure-kusto-data';
import type { RunContext } from '../../../src/kql/index.ts';
import { long, numbers, type Rig, rig, table } from '../rig.ts';

const client = (here: Rig): Client =>
  new Client(here.server.address.replace('127.0.0.1', 'localhost') as unknown as KustoConnectionStringBuilder);

const values =
  'print b=true, i=int(7), l=long(9007199254740993), r=1.5, nan=real(nan), dec=decimal(1.5), s="x", ' +
  't=datetime(2026-07-18T14:08:56.1234567Z), ts=1d+2s, g=guid(74be27de-1e4e-49d9-b579-fe0b331d3642), d=dynamic({"a":[1,"b"]}), ' +
  'nl=long(null), nt=datetime(null), nts=timespan(null), nd=dynamic(null), nb=bool(null)';

const typed = {
  b: true,
  i: 7,
  // JSON.parse rounds what Number cannot hold: a limit of the client, not of the answer.
  l: 9007199254740992,
  r: 1.5,
  nan: 'NaN',
  dec: '1.5',
  s: 'x',
  t: new Date('2026-07-18T14:08:56.123Z'),
  ts: 86_402_000,
  g: '74be27de-1e4e-49d9-b579-fe0b331d3642',
  nl: null,
  nt: null,
  nts: null,
  nd: null,
  nb: null,
};

test('Microsoft’s client gets typed values', async () => {
  await using here = await rig();
  const { primaryResults } = await client(here).execute('mail', values);
  const row = primaryResults[0]!.toJSON().data[0];
  assert.deepEqual(row, { ...typed, d: { a: [1, 'b'] } });
  assert.deepEqual(
    primaryResults[0]!.columns.map(({ type }) => type).join(' '),
    'bool int long real real decimal string datetime timespan guid dynamic long datetime timespan dynamic bool',
  );
});

test('by the first protocol too, dynamic as text', async () => {
  await using here = await rig();
  const { primaryResults } = await client(here).executeQueryV1('mail', values);
  assert.deepEqual(primaryResults[0]!.toJSON().data[0], { ...typed, d: '{"a":[1,"b"]}' });
});

for (const database of ['mail', 'NetDefaultDB', ''])
  test(`the database may be called '${database}'`, async () => {
    await using here = await rig();
    const { primaryResults } = await client(here).execute(database, 'EmailEvents | project Subject');
    assert.deepEqual(primaryResults[0]!.toJSON().data, [{ Subject: 'a' }, { Subject: 'b' }]);
  });

test('another database, a mistake, and something unsupported are errors with their words', async () => {
  await using here = await rig();
  const said =
    (words: RegExp) => (error: { response?: { status: number; data: { error: Record<string, string> } } }) => {
      assert.equal(error.response?.status, 400);
      assert.match(error.response?.data.error['@message'] ?? '', words);
      return true;
    };
  await assert.rejects(client(here).execute('Other', 'print 1'), said(/Entity ID 'Other' of kind 'Database'/));
  await assert.rejects(
    client(here).execute('mail', 'EmailEvents | wher x'),
    said(/could not be parsed at 'wher' on line \[1,15\]/),
  );
  await assert.rejects(client(here).execute('mail', '.drop table X'), said(/HTTP0004/));
});

test('commands', async () => {
  await using here = await rig();
  const { primaryResults } = await client(here).execute('', '.show tables | project TableName');
  assert.equal(primaryResults[0]!.toJSON().data[0]?.TableName, 'EmailEvents');
  const databases = await client(here).execute('', '.show databases');
  assert.equal(databases.primaryResults[0]!.toJSON().data[0]?.DatabaseName, 'mail');
});

test('options and parameters', async () => {
  let asked: RunContext | undefined;
  await using here = await rig({
    run: async (_, context) => {
      asked = context;
      return {
        tables: [table(long, numbers(500))],
        warnings: [{ code: 'WARN0001', message: 'a warning is no error' }],
      };
    },
  });
  const properties = new ClientRequestProperties();
  properties.setParameter('p', 'v');
  properties.setOption('query_take_max_records', 3);
  properties.setTimeout(90_000);
  const answer = await client(here).execute('mail', 'x', properties);
  assert.equal(answer.primaryResults[0]!.toJSON().data.length, 3);
  assert.deepEqual(asked?.parameters, { p: 'v' });
  const story = answer.statusTable!.toJSON().data as { EventTypeName: string; Payload: string }[];
  assert.match(
    story.find(({ EventTypeName }) => EventTypeName === 'QueryWarning')?.Payload ?? '',
    /WARN0001: a warning/,
  );
});

test('a result that is cut off throws, by both protocols', async () => {
  const answer = async () => ({ tables: [table(long, numbers(500))], warnings: [] });
  await using here = await rig({ run: answer });
  const properties = new ClientRequestProperties();
  properties.setOption('truncationmaxrecords', 3);
  const words =
    /Kusto request had errors.*\(80DA0003\): The results of this query exceed the set limit of 3 records.*\(E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003\)/;
  await assert.rejects(client(here).execute('mail', 'x', properties), words);
  await assert.rejects(client(here).executeQueryV1('mail', 'x', properties), words);
  properties.setOption('truncationmaxrecords', 500);
  const whole = await client(here).executeQueryV1('mail', 'x', properties);
  assert.equal(whole.primaryResults[0]!.toJSON().data.length, 500);
});

test('several result tables are several primary results, by both protocols', async () => {
  await using here = await rig();
  const text = 'EmailEvents | fork One=(project Subject | take 1) (count)';
  for (const answer of [await client(here).execute('mail', text), await client(here).executeQueryV1('mail', text)])
    assert.deepEqual(
      answer.primaryResults.map(({ name, _rows }) => [name, _rows]),
      [
        ['One', [['a']]],
        ['GenericResult', [[2]]],
      ],
    );
});

test('a warning of a query is no error by the first protocol either, and the status has it', async () => {
  const warnings = [{ code: 'WARN0001', message: 'the table X is empty' }];
  await using here = await rig({ run: async () => ({ tables: [table(long, numbers(1))], warnings }) });
  const { statusTable } = await client(here).executeQueryV1('mail', 'x');
  const said = statusTable!.toJSON().data as { StatusDescription: string }[];
  assert.ok(said.some(({ StatusDescription }) => StatusDescription === 'WARN0001: the table X is empty'));
});

test('throttling is the client’s ThrottlingError', async () => {
  await using here = await rig({ settings: { running: 0, waiting: 0 } });
  await assert.rejects(client(here).execute('mail', 'print 1'), { name: 'ThrottlingError' });
});

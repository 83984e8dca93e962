import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column } from '../../../src/values/index.ts';
import { long, numbers, post, rig, table } from '../rig.ts';

const ID = '00000000-0000-4000-8000-000000000000';
const guid = /(?!00000000)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const every: readonly Column[] = [
  { name: 'b', type: 'bool' },
  { name: 'i', type: 'int' },
  { name: 'l', type: 'long' },
  { name: 'r', type: 'real' },
  { name: 'dec', type: 'decimal' },
  { name: 's', type: 'string' },
  { name: 't', type: 'datetime' },
  { name: 'ts', type: 'timespan' },
  { name: 'g', type: 'guid' },
  { name: 'd', type: 'dynamic' },
];

const full =
  '[true,1,9007199254740993,"NaN","1.5","a,\\"]b","2026-07-18T14:08:56.1234567Z","00:00:01",null,{"k":"v,\\"]"}]';
const empty = '[null,null,null,null,null,"",null,null,null,null]';

test('a query’s answer: results, properties, status, contents', async () => {
  await using here = await rig({
    run: async () => ({
      tables: [
        table(
          every,
          (async function* () {
            yield [full];
            yield [empty];
          })(),
        ),
      ],
      warnings: [{ code: 'WARN0001', message: 'an empty table' }],
    }),
  });
  const { text } = await post(here.server.address, '/v1/rest/query', {
    csl: 'x',
    properties: { ClientRequestId: 'me' },
  });
  const column = (name: string, DataType: string, ColumnType: string) => ({ ColumnName: name, DataType, ColumnType });
  const status = (severity: number, name: string, text: string) => [
    '2026-07-18T12:00:00.000Z',
    severity,
    name,
    0,
    text,
    1,
    ID,
    ID,
    ID,
    'me',
  ];
  const [results, properties, state, contents] = JSON.parse(text.replace(guid, ID)).Tables;
  assert.deepEqual(results.Columns, [
    column('b', 'SByte', 'bool'),
    column('i', 'Int32', 'int'),
    column('l', 'Int64', 'long'),
    column('r', 'Double', 'real'),
    column('dec', 'SqlDecimal', 'decimal'),
    column('s', 'String', 'string'),
    column('t', 'DateTime', 'datetime'),
    column('ts', 'TimeSpan', 'timespan'),
    column('g', 'Guid', 'guid'),
    column('d', 'Object', 'dynamic'),
  ]);
  assert.equal(results.TableName, 'Table_0');
  assert.ok(
    text.includes(
      '"Rows":[[true,1,9007199254740993,"NaN","1.5","a,\\"]b","2026-07-18T14:08:56.1234567Z","00:00:01",null,"{\\"k\\":\\"v,\\\\\\"]\\"}"],' +
        '[null,null,null,null,null,"",null,null,null,null]]}',
    ),
    text,
  );
  assert.equal(JSON.parse(properties.Rows[0][0]).Visualization, null);
  assert.deepEqual(
    state.Columns.map((c: { ColumnName: string }) => c.ColumnName).join(' '),
    'Timestamp Severity SeverityName StatusCode StatusDescription Count RequestId ActivityId SubActivityId ClientActivityId',
  );
  assert.deepEqual(state.Rows, [
    status(4, 'Info', 'Query completed successfully'),
    status(4, 'Info', 'WARN0001: an empty table'),
    status(
      6,
      'Stats',
      `{"ExecutionTime":0,"dataset_statistics":[{"table_row_count":2,"table_size":${full.length + empty.length}}]}`,
    ),
  ]);
  assert.deepEqual(contents.Rows, [
    [0, 'QueryResult', 'PrimaryResult', ID, ''],
    [1, 'QueryProperties', '@ExtendedProperties', ID, ''],
    [2, 'QueryStatus', 'QueryStatus', '00000000-0000-0000-0000-000000000000', ''],
  ]);
});

test('a result that is too large', async () => {
  await using here = await rig({
    run: async () => ({ tables: [table(long, numbers()), table(long, numbers())], warnings: [] }),
  });
  const { status, json } = await post(here.server.address, '/v1/rest/query', {
    csl: 'x',
    properties: { Options: { truncationmaxrecords: 2 } },
  });
  assert.equal(status, 200);
  const [results, , state, contents] = json.Tables;
  assert.equal(results.Rows.length, 3);
  assert.match(results.Rows[2].Exceptions[0], /E_QUERY_RESULT_SET_TOO_LARGE/);
  assert.equal(state.Rows[0][1], 2, 'severity Error: Node’s client throws on it');
  assert.equal(contents.Rows.length, 3, 'the second table was not begun');
  assert.match(json.Exceptions[0], /E_QUERY_RESULT_SET_TOO_LARGE/);
});

test('a command is answered by its table alone', async () => {
  await using here = await rig();
  for (const path of ['/v1/rest/mgmt', '/v1/rest/query'])
    assert.equal((await post(here.server.address, path, { csl: '.show tables' })).json.Tables.length, 1);
});

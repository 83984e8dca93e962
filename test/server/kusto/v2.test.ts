import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import type { Answer } from '../../../src/kql/index.ts';
import { long, numbers, post, rig, table } from '../rig.ts';

const ID = '00000000-0000-4000-8000-000000000000';
const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const answering = (make: () => AsyncIterable<readonly string[]>, options: Answer['options'] = {}) => ({
  run: async () => ({ tables: [table(long, make())], options, warnings: [] }),
});

test('an answer is Kusto’s frames, one after the other', async () => {
  await using here = await rig({
    run: async () => ({
      tables: [
        {
          ...table(
            [
              { name: 'a', type: 'long' },
              { name: 'b', type: 'dynamic' },
            ],
            (async function* () {
              yield ['[9007199254740993,{"x":[1]}]'];
              yield ['[null,null]'];
            })(),
          ),
          visualization: { kind: 'timechart', properties: { title: 'T', ycolumns: 'a, b', accumulate: 'True' } },
        },
      ],
      warnings: [{ code: 'WARN0001', message: 'an empty table' }],
    }),
  });
  const { status, text, headers } = await post(
    here.server.address,
    '/v2/rest/query',
    { db: 'mail', csl: 'x' },
    { 'x-ms-client-request-id': 'me;1' },
  );
  assert.equal(status, 200);
  assert.equal(headers['x-ms-client-request-id'], 'me;1');
  assert.match(String(headers['x-ms-activity-id']), guid);
  const row = (level: number, name: string, type: number, typeName: string, payload: object) =>
    JSON.stringify([
      '2026-07-18T12:00:00.000Z',
      'me;1',
      ID,
      ID,
      ID,
      level,
      name,
      0,
      'S_OK (0)',
      type,
      typeName,
      JSON.stringify(payload),
    ]);
  const visualization = JSON.stringify({
    Visualization: 'timechart',
    Title: 'T',
    XColumn: null,
    Series: null,
    YColumns: ['a', 'b'],
    AnomalyColumns: null,
    XTitle: null,
    YTitle: null,
    XAxis: null,
    YAxis: null,
    Legend: null,
    YSplit: null,
    Accumulate: true,
    IsQuerySorted: false,
    Kind: null,
    Ymin: 'NaN',
    Ymax: 'NaN',
    Xmin: null,
    Xmax: null,
  });
  const frames = [
    '{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0","IsFragmented":false,"ErrorReportingPlacement":"in_data"}',
    '{"FrameType":"DataTable","TableId":0,"TableKind":"QueryProperties","TableName":"@ExtendedProperties",' +
      '"Columns":[{"ColumnName":"TableId","ColumnType":"int"},{"ColumnName":"Key","ColumnType":"string"},{"ColumnName":"Value","ColumnType":"dynamic"}],' +
      `"Rows":[[1,"Visualization",${JSON.stringify(visualization)}]]}`,
    '{"FrameType":"DataTable","TableId":1,"TableKind":"PrimaryResult","TableName":"PrimaryResult",' +
      '"Columns":[{"ColumnName":"a","ColumnType":"long"},{"ColumnName":"b","ColumnType":"dynamic"}],' +
      '"Rows":[[9007199254740993,{"x":[1]}],[null,null]]}',
    '{"FrameType":"DataTable","TableId":2,"TableKind":"QueryCompletionInformation","TableName":"QueryCompletionInformation",' +
      '"Columns":[{"ColumnName":"Timestamp","ColumnType":"datetime"},{"ColumnName":"ClientRequestId","ColumnType":"string"},' +
      '{"ColumnName":"ActivityId","ColumnType":"guid"},{"ColumnName":"SubActivityId","ColumnType":"guid"},{"ColumnName":"ParentActivityId","ColumnType":"guid"},' +
      '{"ColumnName":"Level","ColumnType":"int"},{"ColumnName":"LevelName","ColumnType":"string"},{"ColumnName":"StatusCode","ColumnType":"int"},' +
      '{"ColumnName":"StatusCodeName","ColumnType":"string"},{"ColumnName":"EventType","ColumnType":"int"},{"ColumnName":"EventTypeName","ColumnType":"string"},' +
      `{"ColumnName":"Payload","ColumnType":"string"}],"Rows":[${[
        row(4, 'Info', 4, 'QueryInfo', { Count: 1, Text: 'Query completed successfully' }),
        row(4, 'Info', 5, 'QueryWarning', { Count: 1, Text: 'WARN0001: an empty table' }),
        row(6, 'Stats', 0, 'QueryResourceConsumption', {
          ExecutionTime: 0,
          dataset_statistics: [{ table_row_count: 2, table_size: 39 }],
        }),
      ].join(',')}]}`,
    '{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}',
  ];
  assert.equal(text.replace(guid, ID), `[${frames.join(',')}]`);
});

test('a result that is too large keeps its first rows and says so in the data', async () => {
  await using here = await rig({ ...answering(() => numbers()), settings: { rows: 250 } });
  const { status, json } = await post(here.server.address, '/v2/rest/query', { csl: 'x' });
  assert.equal(status, 200);
  const rows = json[2].Rows;
  assert.equal(rows.length, 251);
  assert.deepEqual(rows[249], [249]);
  const { error } = rows[250].OneApiErrors[0];
  assert.equal(error.code, 'LimitsExceeded');
  assert.match(
    error['@message'],
    /250 records, so not all records were returned \(E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003\)/,
  );
  assert.deepEqual(json.at(-1).OneApiErrors[0].error.code, 'LimitsExceeded');
  assert.equal(json.at(-1).HasErrors, true);
  assert.equal(json[3].Rows[0][5], 2);
});

const options: [string, object, number, boolean][] = [
  ['no limit is passed', {}, 300, false],
  ['truncationmaxrecords lowers the limit', { truncationmaxrecords: 10 }, 10, true],
  ['a result of just that size is whole', { truncationmaxrecords: 300 }, 300, false],
  ['truncationmaxrecords may be text', { truncationmaxrecords: '10' }, 10, true],
  ['notruncation lifts it', { truncationmaxrecords: 10, notruncation: true }, 300, false],
  ['truncationmaxsize counts characters', { truncationmaxsize: 9 }, 3, true],
  ['query_take_max_records is no error', { query_take_max_records: 7 }, 7, false],
];
for (const [name, given, rows, error] of options)
  test(`limits: ${name}`, async () => {
    await using here = await rig(answering(() => numbers(300)));
    const { json } = await post(here.server.address, '/v2/rest/query', { csl: 'x', properties: { Options: given } });
    assert.equal(json.at(-1).HasErrors, error);
    assert.equal(json[2].Rows.filter(Array.isArray).length, rows);
  });

test('the text of a query may set options, but not all', async () => {
  const set = { truncationmaxrecords: 5n, truncationmaxsize: 1_000_000n, servertimeout: 0n };
  await using here = await rig(answering(() => numbers(300), set));
  const { json } = await post(here.server.address, '/v2/rest/query', { csl: 'x' });
  assert.equal(json[2].Rows.filter(Array.isArray).length, 5);
});

const broken = async function* () {
  yield* numbers(50_000);
  throw new MailhuntError('KQL0007', { text: 'division' });
};

test('an error after rows have left is told in the data', async () => {
  await using here = await rig(answering(broken));
  const { status, json } = await post(here.server.address, '/v2/rest/query', { csl: 'x' });
  assert.equal(status, 200);
  assert.equal(json[2].Rows.length, 50_001);
  assert.equal(json[2].Rows.at(-1).OneApiErrors[0].error.innererror.code, 'KQL0007');
  assert.equal(json.at(-1).HasErrors, true);
});

test('an error before that is an HTTP error', async () => {
  await using here = await rig(
    answering(async function* () {
      yield ['[1]'];
      throw new MailhuntError('KQL0007', { text: 'division' });
    }),
  );
  const { status, json } = await post(here.server.address, '/v2/rest/query', { csl: 'x' });
  assert.equal(status, 400);
  assert.equal(json.error.innererror.code, 'KQL0007');
});

test('end_of_dataset keeps the error out of the rows', async () => {
  await using here = await rig(answering(broken));
  const { json } = await post(here.server.address, '/v2/rest/query', {
    csl: 'x',
    properties: { Options: { results_error_reporting_placement: 'end_of_dataset' } },
  });
  assert.equal(json[2].Rows.length, 50_000);
  assert.equal(json.at(-1).OneApiErrors[0].error.innererror.code, 'KQL0007');
});

test('a progressive answer sends its rows in fragments', async () => {
  await using here = await rig(answering(() => numbers(250)));
  const { json } = await post(here.server.address, '/v2/rest/query', {
    csl: 'x',
    properties: JSON.stringify({ Options: { results_progressive_enabled: true } }),
  });
  assert.deepEqual(
    json.map((frame: { FrameType: string }) => frame.FrameType),
    [
      'DataSetHeader',
      'DataTable',
      'TableHeader',
      'TableFragment',
      'TableFragment',
      'TableFragment',
      'TableProgress',
      'TableCompletion',
      'DataTable',
      'DataSetCompletion',
    ],
  );
  assert.equal(json[0].IsProgressive, true);
  assert.equal(json[3].Rows.length + json[4].Rows.length + json[5].Rows.length, 250);
  assert.deepEqual(json[7], { FrameType: 'TableCompletion', TableId: 1, RowCount: 250 });
});

test('end_of_table tells the error of a fragmented table at its end', async () => {
  await using here = await rig(answering(() => numbers(250)));
  const { json } = await post(here.server.address, '/v2/rest/query', {
    csl: 'x',
    properties: {
      Options: {
        results_v2_fragment_primary_tables: true,
        results_error_reporting_placement: 'end_of_table',
        truncationmaxrecords: 5,
      },
    },
  });
  const end = json.find((frame: { FrameType: string }) => frame.FrameType === 'TableCompletion');
  assert.equal(end.RowCount, 5);
  assert.equal(end.OneApiErrors[0].error.code, 'LimitsExceeded');
});

test('newlines between frames', async () => {
  await using here = await rig(answering(() => numbers(1)));
  const Options = { results_v2_newlines_between_frames: true };
  const { text } = await post(here.server.address, '/v2/rest/query', { csl: 'x', properties: { Options } });
  assert.equal(text.split('\n').length, 5);
  assert.equal(JSON.parse(text).length, 5);
});

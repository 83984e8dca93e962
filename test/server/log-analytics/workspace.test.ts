import assert from 'node:assert/strict';
import { test } from 'node:test';
import { long, numbers, post, rig, send, table } from '../rig.ts';

const PATH = '/v1/workspaces/4b8c18bd-0000-4000-8000-000000000000/query';

test('a query’s answer: tables with rows, and nothing that was not asked for', async () => {
  await using here = await rig();
  const { status, json } = await post(here.server.address, PATH, { query: 'EmailEvents | project Subject' });
  assert.equal(status, 200);
  assert.deepEqual(json, {
    tables: [{ name: 'PrimaryResult', columns: [{ name: 'Subject', type: 'string' }], rows: [['a'], ['b']] }],
  });
});

test('by GET, and by an address without /v1', async () => {
  await using here = await rig();
  const query = encodeURIComponent('EmailEvents | count');
  for (const base of ['/v1', '']) {
    const { json } = await send(here.server.address, `${base}/workspaces/any/query?query=${query}`);
    assert.deepEqual(json.tables[0].rows, [[2]]);
  }
});

test('dynamic and timespan are text, numbers keep their digits', async () => {
  await using here = await rig();
  const query = 'print d=dynamic({"a":[1]}), ts=1d, l=9007199254740993, n=dynamic(null), dec=decimal(1.5)';
  const { text, json } = await post(here.server.address, PATH, { query });
  assert.match(text, /9007199254740993/);
  const [row] = json.tables[0].rows;
  assert.deepEqual([row[0], row[1], row[3], row[4]], ['{"a":[1]}', '1.00:00:00', null, '1.5']);
});

test('statistics and render come when they are preferred', async () => {
  await using here = await rig();
  const query = 'EmailEvents | summarize n=count() by bin(Timestamp, 1d) | render timechart with (title="Mail")';
  const headers = { Prefer: 'wait=30, include-statistics=true,include-render=true' };
  const { json } = await post(here.server.address, PATH, { query }, headers);
  assert.equal(json.statistics.query.datasetStatistics[0].tableRowCount, 1);
  assert.deepEqual([json.render.visualization, json.render.title], ['timechart', 'Mail']);
});

test('timespan narrows by TimeGenerated, which stands for Timestamp', async () => {
  await using here = await rig();
  const count = async (timespan: string) =>
    (await post(here.server.address, PATH, { query: 'EmailEvents | count', timespan })).json.tables[0].rows[0][0];
  assert.equal(await count('1970-01-01/P1D'), 2);
  assert.equal(await count('PT1H'), 0);
});

test('warnings travel in statistics and make no failure of the answer', async () => {
  const warnings = [{ code: 'WARN0001', message: 'an empty table' }] as const;
  await using here = await rig({ run: async () => ({ tables: [table(long, numbers(1))], warnings }) });
  const { json } = await post(here.server.address, PATH, { query: 'x' });
  assert.deepEqual(json.statistics, { warnings });
  assert.equal(json.error, undefined);
});

test('what is cut off is a partial error beside the rows', async () => {
  await using here = await rig({ run: async () => ({ tables: [table(long, numbers(500_100))], warnings: [] }) });
  const { status, json } = await post(here.server.address, PATH, { query: 'x' });
  assert.equal(status, 200);
  assert.equal(json.tables[0].rows.length, 500_000);
  assert.deepEqual([json.error.code, json.error.details[0].code], ['PartialError', 'HTTP0010']);
});

for (const [name, query, kind, code] of [
  ['a syntax error', 'EmailEvents |', 'SyntaxError', 'SYN0002'],
  ['a name that is none', 'EmailEvents | where Nope == 1', 'SemanticError', 'SEM0100'],
] as const)
  test(`${name} is told with its place`, async () => {
    await using here = await rig();
    const { status, json } = await post(here.server.address, PATH, { query });
    assert.equal(status, 400);
    assert.equal(json.error.code, 'BadArgumentError');
    const { innererror } = json.error;
    assert.deepEqual([innererror.code, innererror.innererror.code], [kind, code]);
    assert.equal(innererror.innererror.line, 1);
  });

test('a batch: each query has its own status', async () => {
  await using here = await rig();
  for (const path of ['/v1/$batch', '/$batch']) {
    const requests = [
      { id: '1', method: 'POST', path: '/query', workspace: 'w', body: { query: 'EmailEvents | count' } },
      { id: 'two', method: 'POST', path: '/query', workspace: 'w', body: { query: 'nope' } },
      { id: '3', method: 'POST', path: '/query', workspace: 'w', body: { query: 'print 3', timespan: 'P1D' } },
    ];
    const { json } = await post(here.server.address, path, { requests });
    assert.deepEqual(
      json.responses.map(({ id, status }: { id: string; status: number }) => [id, status]),
      [
        ['1', 200],
        ['two', 400],
        ['3', 200],
      ],
    );
    assert.deepEqual(json.responses[0].body.tables[0].rows, [[2]]);
    assert.equal(json.responses[1].body.error.code, 'BadArgumentError');
  }
});

for (const body of [
  {},
  { requests: 7 },
  { requests: [7] },
  { requests: [{ id: '1' }] },
  { requests: Array(101).fill({}) },
])
  test(`a batch that is none is refused: ${JSON.stringify(body).slice(0, 40)}`, async () => {
    await using here = await rig();
    const { status, json } = await post(here.server.address, '/v1/$batch', body);
    assert.deepEqual([status, json.error.code], [400, 'BadArgumentError']);
  });

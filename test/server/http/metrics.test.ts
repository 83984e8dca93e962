import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonLog } from '../../../src/telemetry/index.ts';
import { long, numbers, post, rig, send, table } from '../rig.ts';

test('metrics: requests by route and status, rows, the store, the process', async () => {
  await using here = await rig({ run: async () => ({ tables: [table(long, numbers(250))], warnings: [] }) });
  const { address } = here.server;
  await post(address, '/v2/rest/query', { csl: 'x' });
  await post(address, '/v2/rest/query', 7);
  await send(address, '/no/such/thing');
  await send(address, '/api/health', { method: 'PURGE' });
  const { text, headers } = await send(address, '/metrics');
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
  const lines = text.split('\n');
  const value = (name: string) =>
    Number(
      lines
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    );
  const count = (labels: string) => value(`mailhunt_http_requests_total{${labels}}`);
  assert.equal(count('method="POST",route="/v2/rest/query",status="200"'), 1);
  assert.equal(count('method="POST",route="/v2/rest/query",status="400"'), 1);
  assert.equal(count('method="none",route="none",status="404"'), 1, 'an address that nothing has is no label');
  assert.equal(count('method="none",route="none",status="405"'), 1, 'nor is a method');
  assert.equal(value('mailhunt_http_request_duration_seconds_count{route="/v2/rest/query"}'), 2);
  assert.equal(value('mailhunt_rows_out_total'), 250);
  assert.equal(value('mailhunt_queries_running'), 0);
  assert.equal(value('mailhunt_queries_waiting'), 0);
  assert.equal(value('mailhunt_store_rows{table="EmailEvents"}'), 2);
  assert.ok(value('mailhunt_resident_memory_bytes') > 1e7);
  assert.ok(value('mailhunt_event_loop_lag_seconds') >= 0);
});

test('a log for programs: a line of JSON for each request, without what was asked', async () => {
  const lines: string[] = [];
  await using here = await rig({
    log: jsonLog(
      (line) => lines.push(line),
      () => 0,
    ),
    logRequests: true,
  });
  await send(here.server.address, '/v2/rest/query?csl=print+"secret"');
  const [line] = lines.map((text) => JSON.parse(text));
  const { ms, activity, ...rest } = line;
  assert.ok(ms >= 0 && /^[0-9a-f-]{36}$/.test(activity));
  assert.deepEqual(rest, {
    time: '1970-01-01T00:00:00.000Z',
    level: 'info',
    event: 'request',
    message: 'GET /v2/rest/query 200',
    method: 'GET',
    route: '/v2/rest/query',
    status: 200,
    who: 'local',
    from: '127.0.0.1',
  });
});

test('health: alive for everybody, ready only while it takes work', async () => {
  await using here = await rig();
  const { json } = await send(here.server.address, '/api/health');
  assert.deepEqual(json, { status: 'ok', version: '1.2.3', database: 'mail' });
  assert.deepEqual((await send(here.server.address, '/api/health/ready')).json.checks, {
    accepting: true,
    engine: true,
    audit: true,
  });
  here.store.close();
  const broken = await send(here.server.address, '/api/health/ready');
  assert.deepEqual([broken.status, broken.json.checks.engine], [503, false]);
});

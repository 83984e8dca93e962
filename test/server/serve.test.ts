import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { RunContext } from '../../src/kql/query.ts';
import { serve } from '../../src/server/index.ts';
import { withAccounts } from './access/accounts-rig.ts';
import { long, numbers, post, rig, send, TestStore, table } from './rig.ts';

const answer = (blocks: AsyncIterable<readonly string[]>) => ({ tables: [table(long, blocks)], warnings: [] });
const counting = async () => answer(numbers(3));

/** A promise and the way to fulfil it. */
function signalOf<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A query that never ends by itself; tells when it began and why it was stopped. */
function endless() {
  const began = signalOf<void>();
  const stopped = signalOf<{ code: string; message: string }>();
  const run = async (_: string, { signal }: RunContext) => {
    began.resolve();
    const blocks = (async function* () {
      await new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          stopped.resolve(signal.reason);
          reject(signal.reason);
        });
      });
      yield [];
    })();
    return answer(blocks);
  };
  return { run, began: began.promise, stopped: stopped.promise };
}

test('a taken port is HTTP0001', async () => {
  await using here = await rig();
  await using store = await TestStore.open();
  const port = Number(new URL(here.server.address).port);
  await assert.rejects(serve({ store, host: '127.0.0.1', port, now: Date.now, log: () => {} }), { code: 'HTTP0001' });
});

test('an address that is not ours is HTTP0014', async () => {
  await using store = await TestStore.open();
  await withAccounts(store.path);
  const proxy = { origin: 'https://hunt.example' };
  await assert.rejects(serve({ store, host: '192.0.2.1', port: 0, now: Date.now, log: () => {}, proxy }), {
    code: 'HTTP0014',
  });
});

test('a store that fails altogether still gets an answer, or at least an end', async () => {
  await using here = await rig();
  here.store.catalog = () => {
    throw new TypeError('closed');
  };
  await assert.rejects(post(here.server.address, '/v2/rest/query', { csl: 'x' }), /hang up/);
  assert.match(here.log.join(), /could not even be refused: TypeError: closed/);
});

test('IPv6 loopback', async () => {
  await using here = await rig({ host: '::1' });
  assert.match(here.server.address, /^http:\/\/\[::1\]:\d+$/);
  assert.equal((await send(here.server.address, '/api/health')).status, 200);
});

/** Method, path, status, Allow. */
const strangers: [string, string, number, string | undefined][] = [
  ['GET', '/nothing', 404, undefined],
  ['GET', '/../etc/passwd', 404, undefined],
  ['GET', '/%00', 404, undefined],
  ['POST', '/', 405, 'GET'],
  ['GET', '/v1/rest/mgmt', 405, 'POST'],
  ['DELETE', '/v2/rest/query', 405, 'POST, GET'],
  ['OPTIONS', '/v2/rest/query', 405, 'POST, GET'],
  ['POST', '/v1/rest/ingest/mail/EmailEvents', 404, undefined],
];
for (const [method, path, status, allow] of strangers)
  test(`${method} ${path} is ${status}`, async () => {
    await using here = await rig();
    const { status: sent, headers, json } = await send(here.server.address, path, { method });
    assert.equal(sent, status);
    assert.equal(headers.allow, allow);
    assert.equal(json.error['@mailhunt'].code, 'HTTP0003');
  });

/** A body, the status, and what is said. */
const bodies: [string, string | Buffer, number, RegExp][] = [
  ['no body', '', 400, /it is not JSON/],
  ['broken JSON', '{"csl":', 400, /it is not JSON/],
  ['a list', '[1]', 400, /not a JSON object/],
  ['no csl', '{"db":"mail"}', 400, /csl must be/],
  ['csl a number', '{"csl":1}', 400, /csl must be/],
  ['db a number', '{"csl":"x","db":1}', 400, /db must be/],
  ['another database', '{"csl":"x","db":"Other"}', 400, /Entity ID 'Other' of kind 'Database' was not found/],
  ['properties broken', '{"csl":"x","properties":"{"}', 400, /it is not JSON/],
  ['properties a number', '{"csl":"x","properties":1}', 400, /properties must be/],
  ['options a list', '{"csl":"x","properties":{"Options":[]}}', 400, /Options must be/],
  ['parameters a text', '{"csl":"x","properties":{"Parameters":"a"}}', 400, /Parameters must be/],
  ['servertimeout a word', '{"csl":"x","properties":{"Options":{"servertimeout":"soon"}}}', 400, /servertimeout/],
  ['truncation below zero', '{"csl":"x","properties":{"Options":{"truncationmaxrecords":-1}}}', 400, /truncationmax/],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400, /not UTF-8/],
  ['too large', `{"csl":"${'x'.repeat(2000)}"}`, 413, /larger than 1000 bytes/],
  ['a byte order mark', '\ufeff{"csl":"x"}', 200, /DataSetCompletion/],
  ['the usual', '{"csl":"x","db":"mail","properties":null}', 200, /DataSetCompletion/],
  ['NetDefaultDB', '{"csl":"x","db":"NetDefaultDB","properties":""}', 200, /DataSetCompletion/],
  ['an unknown option', '{"csl":"x","db":"","properties":{"Options":{"__proto__":1,"constructor":2}}}', 200, /DataSet/],
];
for (const [name, body, status, said] of bodies)
  test(`body: ${name}`, async () => {
    await using here = await rig({ run: counting, settings: { queryBytes: 1000 } });
    const headers = { 'Content-Type': 'application/json' };
    const sent = await send(here.server.address, '/v2/rest/query', { method: 'POST', headers, body });
    assert.equal(sent.status, status);
    assert.match(sent.text, said);
    assert.deepEqual(here.log, []);
  });

test('a compressed body is refused', async () => {
  await using here = await rig();
  const { status, json } = await post(here.server.address, '/v2/rest/query', {}, { 'Content-Encoding': 'gzip' });
  assert.equal(status, 400);
  assert.match(json.error['@message'], /it is compressed/);
});

test('a body of unknown length is cut at the limit too', async () => {
  await using here = await rig({ settings: { queryBytes: 1000 } });
  const headers = { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' };
  const body = Buffer.alloc(100_000, 'x');
  const sent = await send(here.server.address, '/v2/rest/query', { method: 'POST', headers, body });
  assert.equal(sent.status, 413);
  assert.equal(sent.headers.connection, 'close');
});

test('GET takes the same members from the address', async () => {
  let asked: RunContext | undefined;
  await using here = await rig({
    run: async (_, context) => {
      asked = context;
      return answer(numbers(1));
    },
  });
  const properties = JSON.stringify({ Parameters: { p: 'v', n: 5 }, Options: { query_now: '2020-01-01T00:00:00Z' } });
  const query = new URLSearchParams({ db: 'mail', csl: 'x', properties });
  assert.equal((await send(here.server.address, `/v2/rest/query?${query}`)).status, 200);
  assert.deepEqual(asked?.parameters, { p: 'v', n: '5' });
  assert.equal(asked?.now, 637134336000000000n);
});

test('gzip where it is asked for', async () => {
  await using here = await rig({ run: async () => answer(numbers(50_000)) });
  const { address } = here.server;
  const plain = await post(address, '/v2/rest/query', { csl: 'x' });
  const zipped = await post(address, '/v2/rest/query', { csl: 'x' }, { 'Accept-Encoding': 'gzip, deflate' });
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(zipped.headers['content-encoding'], 'gzip');
  const rows = (text: string) => JSON.parse(text)[2].Rows.length;
  assert.equal(rows(gunzipSync(zipped.bytes).toString()), 50_000);
  assert.equal(rows(plain.text), 50_000);
  const refused = await post(address, '/v2/rest/query', { csl: 'x' }, { 'Accept-Encoding': 'gzip;q=0' });
  assert.equal(refused.headers['content-encoding'], undefined);
});

test('a defect is told by its id, and only the log has its stack', async () => {
  await using here = await rig({
    run: async () => {
      throw new TypeError('secret /home/x');
    },
  });
  const { status, text, json } = await post(here.server.address, '/v2/rest/query', { csl: 'x' });
  assert.equal(status, 520);
  assert.equal(json.error['@mailhunt'].code, 'HTTP0011');
  assert.doesNotMatch(text, /secret|\.ts/);
  assert.equal(here.log.length, 1);
  assert.match(here.log[0] ?? '', new RegExp(`^${json.error['@context'].activityId} TypeError: secret /home/x\n`));
  assert.equal((await send(here.server.address, '/api/health')).status, 200);
});

test('a defect in the middle of the rows ends them, in the data', async () => {
  await using here = await rig({
    run: async () =>
      answer(
        (async function* () {
          yield* numbers(50_000);
          throw new TypeError('secret');
        })(),
      ),
  });
  const { json, text } = await post(here.server.address, '/v2/rest/query', { csl: 'x' });
  assert.equal(json.at(-1).OneApiErrors[0].error['@mailhunt'].code, 'HTTP0011');
  assert.doesNotMatch(text, /secret/);
  assert.match(here.log[0] ?? '', /secret/);
});

test('a client that goes away ends its query', async () => {
  const { run, began, stopped } = endless();
  await using here = await rig({ run });
  const sent = request(new URL('/v2/rest/query?csl=x', here.server.address));
  sent.once('error', () => {});
  sent.end();
  await began;
  sent.destroy();
  assert.equal((await stopped).code, 'KQL0008');
});

test('a reader that stops reading holds the engine back', async () => {
  let produced = 0;
  const source = async function* () {
    for await (const block of numbers()) {
      produced += block.length;
      yield block.map((row) => `[${row.slice(1, -1)}${' '.repeat(1000)}]`);
    }
  };
  const settings = { rows: Infinity, size: Infinity };
  await using here = await rig({ run: async () => answer(source()), settings });
  const { port } = new URL(here.server.address);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('GET /v2/rest/query?csl=x HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'readable');
  let before = -1;
  for (let i = 0; i < 100 && before !== produced; i++) {
    before = produced;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(before, produced, 'it stands still');
  socket.destroy();
});

test('a reader that stops for too long is dropped, and its query ended', async () => {
  for (const gzip of ['', 'Accept-Encoding: gzip\r\n']) {
    const ended = signalOf<string>();
    const source = async function* () {
      try {
        // Random digits: gzip is not to swallow them.
        for await (const block of numbers()) yield block.map(() => `["${randomBytes(1000).toString('hex')}"]`);
      } finally {
        ended.resolve('ended');
      }
    };
    const settings = { rows: Infinity, size: Infinity, stall: 100 };
    await using here = await rig({ run: async () => answer(source()), settings });
    const socket = connect(Number(new URL(here.server.address).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(`GET /v2/rest/query?csl=x HTTP/1.1\r\nHost: localhost\r\n${gzip}\r\n`);
    assert.equal(await ended.promise, 'ended');
    socket.destroy();
    assert.equal((await send(here.server.address, '/api/health')).status, 200);
    assert.deepEqual(here.log, []);
  }
});

test('a client that goes away while its rows come ends its query', async () => {
  for (const encoding of ['identity', 'gzip']) {
    const ended = signalOf<string>();
    const source = async function* () {
      try {
        yield* numbers();
      } finally {
        ended.resolve('ended');
      }
    };
    const settings = { rows: Infinity, size: Infinity };
    await using here = await rig({ run: async () => answer(source()), settings });
    const url = new URL('/v2/rest/query?csl=x', here.server.address);
    const sent = request(url, { headers: { 'Accept-Encoding': encoding } }).end();
    sent.once('error', () => {});
    const [response] = await once(sent, 'response');
    await once(response, 'data');
    sent.destroy();
    assert.equal(await ended.promise, 'ended');
    assert.equal((await send(here.server.address, '/api/health')).status, 200);
    assert.deepEqual(here.log, []);
  }
});

test('servertimeout ends a query with 504', async () => {
  const { run, stopped } = endless();
  await using here = await rig({ run });
  const properties = { Options: { servertimeout: '00:00:00.05' } };
  const { status, json } = await post(here.server.address, '/v2/rest/query', { csl: 'x', properties });
  assert.equal(status, 504);
  assert.match(json.error['@message'], /did not end within 0\.05 s/);
  assert.equal((await stopped).code, 'HTTP0009');
});

test('a timeout after rows have left is told in the data', async () => {
  await using here = await rig({ run: async () => answer(numbers()), settings: { timeout: 150, rows: Infinity } });
  const { status, json } = await post(here.server.address, '/v2/rest/query', { csl: 'x' });
  assert.equal(status, 200);
  assert.equal(json.at(-1).OneApiErrors[0].error.code, 'Timeout');
});

test('too many at once: 429 with Retry-After, in every protocol', async () => {
  const { run, began } = endless();
  await using here = await rig({ run, settings: { running: 1, waiting: 0, grace: 100 } });
  const first = post(here.server.address, '/v2/rest/query', { csl: 'x' }).catch(() => undefined);
  await began;
  for (const [path, body, word] of [
    ['/v2/rest/query', { csl: 'x' }, /ThrottledException/],
    ['/v1.0/security/runHuntingQuery', { Query: 'x' }, /"TooManyRequests"/],
    ['/v1/workspaces/any/query', { query: 'x' }, /"ThrottledError"/],
    ['/api/v1/query', { text: 'x' }, /"HTTP0006"/],
  ] as const) {
    const { status, headers, text } = await post(here.server.address, path, body);
    assert.equal(status, 429, path);
    assert.equal(headers['retry-after'], '1', path);
    assert.match(text, word);
  }
  const headers = { Authorization: `Bearer ${here.server.token}` };
  assert.match((await post(here.server.address, '/api/query', { text: 'x' }, headers)).text, /"HTTP0006"/);
  await here.server.close();
  await first;
});

test('close ends the queries that run and tells their clients', async () => {
  const { run, began } = endless();
  await using here = await rig({ run });
  const running = post(here.server.address, '/v2/rest/query', { csl: 'x' });
  await began;
  await here.server.close();
  const { status, json } = await running;
  assert.equal(status, 504);
  assert.match(json.error['@message'], /the server is stopping/);
});

test('a client’s name for its request cannot split the headers', async () => {
  await using here = await rig({ run: counting });
  const properties = { ClientRequestId: 'a\r\nSet-Cookie: x\u00e9' };
  const { status, headers } = await post(here.server.address, '/v2/rest/query', { csl: 'x', properties });
  assert.equal(status, 200);
  assert.equal(headers['x-ms-client-request-id'], 'a??Set-Cookie: x?');
  assert.equal(headers['set-cookie'], undefined);
});

test('who never finishes the request is dropped', async () => {
  await using here = await rig({ settings: { headersTimeout: 100, requestTimeout: 200 } });
  const socket = connect(Number(new URL(here.server.address).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  const drip = setInterval(() => socket.write('a'), 50);
  await once(socket, 'close');
  clearInterval(drip);
});

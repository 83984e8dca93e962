import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { post, rig, send } from '../rig.ts';

/** Path, what the request says, and the status it gets. PORT stands for the server's. */
const requests: [string, Record<string, string>, number][] = [
  ['/api/health', {}, 200],
  ['/api/health', { Host: 'localhost:PORT' }, 200],
  ['/api/health', { Host: 'LOCALHOST' }, 200],
  ['/api/health', { Host: '[::1]:PORT' }, 200],
  ['/api/health', { Host: '127.1.2.3' }, 200],
  ['/api/health', { Host: 'evil.example' }, 403],
  ['/api/health', { Host: 'localhost.evil.example' }, 403],
  ['/api/health', { Host: '127.0.0.1.evil.example' }, 403],
  ['/api/health', { Host: 'localhost@evil.example' }, 403],
  ['/api/health', { Host: 'localhost:PORT', Origin: 'http://localhost:PORT' }, 200],
  ['/api/health', { Host: 'localhost:PORT', Origin: 'http://localhost:1' }, 403],
  ['/api/health', { Origin: 'null' }, 403],
  ['/api/health', { Origin: 'https://evil.example' }, 403],
  ['/v2/rest/query?csl=print+1', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['/v2/rest/query?csl=print+1', { 'Sec-Fetch-Site': 'same-site' }, 403],
  ['/api/health', { 'Sec-Fetch-Site': 'same-origin' }, 200],
  ['/api/health', { 'Sec-Fetch-Site': 'none' }, 200],
  ['/', { 'Sec-Fetch-Site': 'cross-site' }, 200],
  ['/', { 'Sec-Fetch-Site': 'cross-site', Host: 'evil.example' }, 403],
];

test('only this machine’s programs and this server’s pages are answered', async (t) => {
  await using here = await rig();
  const { address } = here.server;
  const port = new URL(address).port;
  for (const [path, said, status] of requests) {
    const headers = Object.fromEntries(Object.entries(said).map(([k, v]) => [k, v.replace('PORT', port)]));
    await t.test(`${path} ${JSON.stringify(said)}`, async () => {
      const answer = await send(address, path, { headers });
      assert.equal(answer.status, status);
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
      if (status === 403) assert.equal(answer.json.error['@mailhunt'].code, 'HTTP0007');
    });
  }
});

test('a form or a script without leave cannot post: the type must be JSON', async () => {
  await using here = await rig({ run: async () => ({ tables: [], warnings: [] }) });
  const { address } = here.server;
  const body = JSON.stringify({ csl: 'x' });
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
    for (const path of ['/v2/rest/query', '/v1/rest/query', '/v1/rest/mgmt']) {
      const { status, json } = await send(address, path, {
        method: 'POST',
        headers: type ? { 'Content-Type': type } : {},
        body,
      });
      assert.equal(status, 415, `${path} ${type}`);
      assert.match(json.error['@message'], /must be application\/json/);
    }
  assert.equal(
    (await post(address, '/v2/rest/query', { csl: 'x' }, { 'Content-Type': 'Application/JSON; charset=utf-8' })).status,
    200,
  );
});

test('a request without Host is refused', async () => {
  await using here = await rig();
  for (const version of ['1.0', '1.1']) {
    const socket = connect(Number(new URL(here.server.address).port), '127.0.0.1');
    socket.write(`GET /api/health HTTP/${version}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 40[03] /);
    socket.destroy();
  }
});

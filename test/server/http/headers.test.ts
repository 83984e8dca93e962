import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post, rig, send } from '../rig.ts';

const everywhere: readonly (readonly [name: string, wanted: RegExp])[] = [
  ['x-content-type-options', /^nosniff$/],
  ['referrer-policy', /^no-referrer$/],
  ['cross-origin-opener-policy', /^same-origin$/],
  ['cross-origin-resource-policy', /^same-origin$/],
  ['permissions-policy', /geolocation=\(\)/],
  ['content-security-policy', /default-src 'none'.*frame-ancestors 'none'/],
];

test('every answer has the headers that protect who shows it', async () => {
  await using here = await rig();
  const { address } = here.server;
  const answers = {
    page: await send(address, '/'),
    missing: await send(address, '/nothing'),
    health: await send(address, '/api/health'),
    refused: await send(address, '/api/health', { headers: { Origin: 'https://evil.example' } }),
    query: await post(address, '/v2/rest/query', { csl: 'print 1' }),
    metrics: await send(address, '/metrics'),
  };
  for (const [what, { headers }] of Object.entries(answers)) {
    for (const [name, wanted] of everywhere) assert.match(String(headers[name]), wanted, `${what}: ${name}`);
    assert.match(String(headers['cache-control']), /^no-(store|cache)$/, what);
    assert.equal(headers['strict-transport-security'], undefined, `${what}: plain HTTP promises no HTTPS`);
    assert.equal(headers['x-powered-by'] ?? headers.server, undefined, what);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateLimit } from '../../../src/server/http/rate-limit.ts';
import { me, signIn, userNamed, withAccounts, withToken } from '../access/accounts-rig.ts';
import { rig, send, TestStore } from '../rig.ts';

const rate = { perSecond: 10, burst: 3 };

test('a bucket gives what it holds, fills with time, and is one for each', () => {
  const limit = new RateLimit();
  for (let i = 0; i < 3; i++) limit.take('a', rate, 0);
  assert.throws(() => limit.take('a', rate, 0), { code: 'ACCESS0007', facts: { seconds: 1 } });
  limit.take('b', rate, 0);
  assert.throws(() => limit.take('a', rate, 90), { code: 'ACCESS0007' });
  limit.take('a', rate, 200);
  assert.throws(() => limit.take('a', rate, -1_000_000), { code: 'ACCESS0007' }, 'a clock that was set back');
});

test('a flood of names does not fill the memory', () => {
  const limit = new RateLimit();
  for (let i = 0; i < 3; i++) limit.take('a', rate, 0);
  for (let i = 0; i < 20_000; i++) limit.take(`name ${i}`, rate, 0);
  limit.take('a', rate, 0);
});

test('this machine has a limit of its own, and mailhunt’s own commands have none', async () => {
  await using here = await rig({ settings: { localRate: { perSecond: 0.001, burst: 5 } } });
  const { address } = here.server;
  for (let i = 0; i < 5; i++) assert.equal((await me(address)).status, 200);
  const { status, headers, json } = await me(address);
  assert.equal(status, 429);
  assert.equal(headers['retry-after'], '1000');
  assert.equal(json.error['@mailhunt'].code, 'ACCESS0007');
});

test('a user from elsewhere has one limit wherever he comes from, another user his own', async () => {
  await using store = await TestStore.open();
  await withAccounts(store.path, [await userNamed('ada')]);
  const secret = await withToken(store.path, ['query']);
  const settings = { rate: { perSecond: 0.001, burst: 3 } };
  await using here = await rig({ store, settings, proxy: { origin: 'https://hunt.example' } });
  const from = (address: string) => ({ Host: 'hunt.example', 'X-Forwarded-For': address });
  const ask = (headers: Record<string, string>) => send(here.server.address, '/api/health', { headers });
  const { cookie } = await signIn(here.server.address, 'ada');
  // It was set by the direct way, under another name.
  const Cookie = cookie.Cookie;
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
    assert.equal((await ask({ ...from(address), Cookie })).status, 200);
  assert.equal((await ask({ ...from('192.0.2.4'), Cookie })).status, 429);
  assert.equal((await ask({ ...from('192.0.2.4'), Authorization: `Bearer ${secret}` })).status, 200);
  assert.equal((await ask(from('192.0.2.5'))).status, 200);
});

import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { accountsPath, changeAccounts } from '../../../src/server/access/accounts-file.ts';
import { hashPassword } from '../../../src/server/access/password.ts';
import { addressOf } from '../../../src/server/http/proxy.ts';
import { serve } from '../../../src/server/index.ts';
import { post, rig, send, TestStore } from '../rig.ts';
import { cheap, me, PASSWORD, signIn, userNamed, withAccounts, withToken } from './accounts-rig.ts';

const QUERY = '/v2/rest/query';
const text = { csl: 'print 1' };

/** The code that an answer's error has in the catalogue. */
const codeOf = ({ json }: { json: { error: { '@mailhunt': { code: string } } } }) => json.error['@mailhunt'].code;

test('without accounts the visitor of this machine may do all but write rows', async () => {
  await using here = await rig();
  const { json } = await me(here.server.address);
  assert.equal(json.accounts, false);
  assert.deepEqual(json.rights.toSorted(), ['admin', 'anyone', 'bodies', 'edit', 'query', 'respond']);
  assert.equal((await post(here.server.address, QUERY, text)).status, 200);
  assert.equal(codeOf(await post(here.server.address, '/api/v1/login', { name: 'ada', password: 'x' })), 'ACCESS0015');
});

test('the first account makes everybody sign in, without a restart, and its removal opens nothing', async () => {
  await using here = await rig();
  const { address } = here.server;
  assert.equal((await post(address, QUERY, text)).status, 200);
  await withAccounts(here.store.path);
  const refused = await post(address, QUERY, text);
  assert.deepEqual([refused.status, codeOf(refused)], [401, 'ACCESS0003']);
  assert.equal((await me(address)).json.accounts, true);
  rmSync(accountsPath(here.store.path));
  assert.equal((await post(address, QUERY, text)).status, 401);
});

test('an accounts file that cannot be read lets nobody in, and is said without its path', async () => {
  await using here = await rig();
  writeFileSync(accountsPath(here.store.path), '{"users":[{"name":"ada"}],"tokens":[]}');
  const refused = await me(here.server.address);
  assert.deepEqual([refused.status, codeOf(refused)], [503, 'ACCESS0009']);
  assert.ok(!refused.text.includes(here.store.path));
});

test('who signs in has a session until he signs out', async () => {
  await using here = await rig();
  const { address } = here.server;
  await withAccounts(here.store.path, [await userNamed('ada', 'hunter', true)]);
  const { answer, cookie, headers } = await signIn(address, 'Ada');
  assert.match(
    String(answer.headers['set-cookie']),
    /^mailhunt-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  );
  const who = (await me(address, cookie)).json;
  assert.deepEqual([who.name, who.kind], ['ada', 'user']);
  assert.deepEqual(who.rights.toSorted(), ['anyone', 'bodies', 'edit', 'query']);
  assert.equal(who.csrf, headers['X-CSRF-Token']);
  assert.equal((await post(address, QUERY, text, headers)).status, 200);
  assert.equal((await post(address, '/api/v1/logout', {}, headers)).status, 200);
  assert.equal((await post(address, QUERY, text, headers)).status, 401);
});

test('an unknown name and a wrong password get the same answer', async () => {
  await using here = await rig();
  await withAccounts(here.store.path, [await userNamed('ada'), { ...(await userNamed('off')), disabled: true }]);
  const answers = [];
  for (const [name, password] of [
    ['ada', 'wrong'],
    ['nobody-here', PASSWORD],
    ['off', PASSWORD],
    ['__proto__', PASSWORD],
  ] as const)
    answers.push(await post(here.server.address, '/api/v1/login', { name, password }));
  for (const { status, json, headers } of answers) {
    assert.deepEqual([status, json.error['@mailhunt'].code], [401, 'ACCESS0005']);
    assert.equal(json.error['@message'], answers[0]?.json.error['@message']);
    assert.equal(headers['set-cookie'], undefined);
  }
});

test('who guesses has to wait, longer each time; meanwhile the right password does not help', async () => {
  let clock = Date.now();
  await using here = await rig({ clock: () => clock });
  await withAccounts(here.store.path);
  const attempt = (password: string) => post(here.server.address, '/api/v1/login', { name: 'ada', password });
  for (let i = 0; i < 5; i++) assert.equal((await attempt(`wrong ${i}`)).status, 401);
  const early = await attempt(PASSWORD);
  assert.deepEqual([early.status, codeOf(early), early.headers['retry-after']], [429, 'ACCESS0006', '1']);
  clock += 1_001;
  assert.equal((await attempt('wrong again')).status, 401);
  assert.equal((await attempt(PASSWORD)).headers['retry-after'], '2');
  clock += 2_001;
  assert.equal((await attempt(PASSWORD)).status, 200);
  assert.equal((await attempt('wrong')).status, 401, 'a sign-in forgives');
});

test('a session ends with idleness, with time, with another password, with its user', async () => {
  let clock = Date.now();
  const hour = 60 * 60_000;
  await using here = await rig({ clock: () => clock });
  const { address } = here.server;
  const folder = here.store.path;
  await withAccounts(folder);
  const kindOf = async (cookie: { Cookie: string }) => (await me(address, cookie)).json.kind;
  const idle = (await signIn(address, 'ada')).cookie;
  clock += hour + 1;
  assert.equal(await kindOf(idle), 'nobody');
  const busy = (await signIn(address, 'ada')).cookie;
  for (let i = 0; i < 12; i++) {
    clock += hour - 1;
    assert.equal(await kindOf(busy), 'user', `after ${i} hours`);
  }
  clock += hour;
  assert.equal(await kindOf(busy), 'nobody');
  const changed = (await signIn(address, 'ada')).cookie;
  const password = await hashPassword('another password altogether', cheap);
  await changeAccounts(folder, (all) => ({ ...all, users: all.users.map((user) => ({ ...user, password })) }));
  assert.equal(await kindOf(changed), 'nobody');
  const disabled = (await signIn(address, 'ada', 'another password altogether')).cookie;
  assert.equal(await kindOf(disabled), 'user');
  await changeAccounts(folder, (all) => ({ ...all, users: all.users.map((user) => ({ ...user, disabled: true })) }));
  assert.equal(await kindOf(disabled), 'nobody');
});

test('a change of role counts at once', async () => {
  await using here = await rig();
  await withAccounts(here.store.path);
  const { cookie } = await signIn(here.server.address, 'ada');
  assert.equal((await send(here.server.address, '/metrics', { headers: cookie })).status, 403);
  await changeAccounts(here.store.path, (all) => ({ ...all, users: all.users.map((u) => ({ ...u, role: 'admin' })) }));
  assert.equal((await send(here.server.address, '/metrics', { headers: cookie })).status, 200);
});

test('tokens: their rights and no more, until they expire or are revoked; a wrong one does not fall back', async () => {
  let clock = Date.now();
  await using here = await rig({ clock: () => clock });
  const { address } = here.server;
  const folder = here.store.path;
  await withAccounts(folder);
  const secret = await withToken(folder, ['query'], new Date(clock + 60_000).toISOString());
  const bearer = { Authorization: `Bearer ${secret}` };
  assert.equal((await post(address, QUERY, text, bearer)).status, 200);
  const refused = await send(address, '/metrics', { headers: bearer });
  assert.deepEqual([refused.status, codeOf(refused)], [403, 'ACCESS0004']);
  const wrong = { Authorization: `Bearer ${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}` };
  assert.equal((await post(address, QUERY, text, wrong)).status, 401);
  const { headers } = await signIn(address, 'ada');
  assert.equal((await post(address, QUERY, text, headers)).status, 200);
  assert.equal((await post(address, QUERY, text, { ...headers, ...wrong })).status, 401);
  assert.equal((await post(address, QUERY, text, { Authorization: `Basic ${btoa(`ada:${PASSWORD}`)}` })).status, 401);
  clock += 60_001;
  assert.equal((await post(address, QUERY, text, bearer)).status, 401);
  const lasting = await withToken(folder, ['query']);
  assert.equal((await me(address, { Authorization: `Bearer ${lasting}` })).json.kind, 'token');
  await changeAccounts(folder, (all) => ({ ...all, tokens: [] }));
  assert.equal((await me(address, { Authorization: `Bearer ${lasting}` })).json.kind, 'nobody');
});

test('what changes something needs the token of the page from whoever has a cookie, and from browsers', async () => {
  await using here = await rig();
  const { address } = here.server;
  const browser = { 'Sec-Fetch-Site': 'same-origin' };
  const open = await post(address, QUERY, text, browser);
  assert.deepEqual([open.status, codeOf(open)], [403, 'ACCESS0008']);
  assert.equal((await post(address, QUERY, text, { Origin: address })).status, 403);
  assert.equal((await post(address, QUERY, text, { Cookie: 'a=b' })).status, 403);
  assert.equal((await post(address, QUERY, text, { 'Sec-Fetch-Mode': 'cors' })).status, 200, 'fetch of Node.js');
  const { csrf } = (await me(address)).json;
  assert.equal((await post(address, QUERY, text, { ...browser, 'X-CSRF-Token': csrf })).status, 200);
  await withAccounts(here.store.path, [await userNamed('ada'), await userNamed('bob')]);
  const [ada, bob] = [await signIn(address, 'ada'), await signIn(address, 'bob')];
  assert.equal((await post(address, QUERY, text, ada.cookie)).status, 403);
  assert.equal((await post(address, QUERY, text, { ...ada.cookie, 'X-CSRF-Token': csrf })).status, 403);
  const others = { ...ada.cookie, 'X-CSRF-Token': bob.headers['X-CSRF-Token'] };
  assert.equal((await post(address, QUERY, text, others)).status, 403);
  assert.equal((await post(address, QUERY, text, ada.headers)).status, 200);
  assert.equal((await send(address, `${QUERY}?csl=print+1`, { headers: ada.cookie })).status, 200, 'a GET');
});

test('the network is not let in where nobody has to sign in, nor in plain text', async () => {
  await using store = await TestStore.open();
  const options = { store, host: '0.0.0.0', port: 0, now: Date.now, log: () => {} };
  await assert.rejects(serve(options), { code: 'ACCESS0001', message: /0\.0\.0\.0/ });
  const proxy = { origin: 'https://hunt.example' };
  await assert.rejects(serve({ ...options, host: '127.0.0.1', proxy }), { code: 'ACCESS0001' });
  await withAccounts(store.path);
  await assert.rejects(serve(options), { code: 'ACCESS0002', message: /0\.0\.0\.0/ });
  const server = await serve({ ...options, proxy });
  assert.match(server.address, /^http:\/\/127\.0\.0\.1:\d+$/, 'an address that can be called');
  await server.close();
});

test('behind a proxy: its origin, its cookies, the address that it wrote last', async () => {
  await using store = await TestStore.open();
  await withAccounts(store.path);
  await using here = await rig({ store, proxy: { origin: 'https://hunt.example' } });
  const { address } = here.server;
  const passedOn = { Host: 'hunt.example', 'X-Forwarded-For': '203.0.113.9, 198.51.100.7' };
  const login = { name: 'ada', password: PASSWORD };
  const answer = await post(address, '/api/v1/login', login, { ...passedOn, Origin: 'https://hunt.example' });
  assert.equal(answer.status, 200);
  assert.match(String(answer.headers['set-cookie']), /^__Host-mailhunt=[^;]+; Path=\/; .*; Secure$/);
  assert.equal(answer.headers['strict-transport-security'], 'max-age=31536000');
  assert.equal(
    (await post(address, '/api/v1/login', login, { ...passedOn, Origin: 'http://hunt.example' })).status,
    403,
  );
  assert.equal((await post(address, '/api/v1/login', login, { ...passedOn, Host: 'evil.example' })).status, 403);
  const silent = await post(address, '/api/v1/login', login, { Host: 'hunt.example' });
  assert.match(silent.json.error['@message'], /does not say in X-Forwarded-For who asks/);
  const owner = { Authorization: `Bearer ${here.server.token}` };
  assert.equal((await send(address, '/api/tables', { headers: owner })).status, 200);
  assert.equal((await send(address, '/api/tables', { headers: { ...owner, ...passedOn } })).status, 403);
  // A line is written when its answer has ended.
  await here.server.close();
  const lines = readFileSync(`${store.path}/audit.jsonl`, 'utf8').trim().split('\n');
  assert.equal(JSON.parse(lines[0] ?? '').from, '198.51.100.7');
});

test('the last address of X-Forwarded-For counts, in each form that proxies write', () => {
  const proxy = { origin: 'https://hunt.example' };
  const from = (forwarded: string, peer = '127.0.0.1', own: { address?: string } = {}) =>
    addressOf(
      {
        headers: { host: 'hunt.example', 'x-forwarded-for': forwarded },
        socket: { remoteAddress: peer, localAddress: '10.0.0.2' },
      } as unknown as IncomingMessage,
      { ...proxy, ...own },
    );
  assert.equal(from('198.51.100.7'), '198.51.100.7');
  assert.equal(from('203.0.113.9, 198.51.100.7:4711'), '198.51.100.7');
  assert.equal(from('2001:db8::1'), '2001:db8::1');
  assert.equal(from('[2001:db8::1]:4711'), '2001:db8::1');
  assert.equal(from('198.51.100.7', '::ffff:10.0.0.9', { address: '10.0.0.9' }), '198.51.100.7');
  for (const forwarded of ['', 'unknown', '198.51.100.7,', 'evil'])
    assert.throws(() => from(forwarded), { code: 'HTTP0007' }, forwarded);
  assert.throws(() => from('198.51.100.7', '192.0.2.66'), { code: 'HTTP0007', message: /through the proxy/ });
  assert.throws(() => from('198.51.100.7', '10.0.0.8', { address: '10.0.0.9' }), { code: 'HTTP0007' });
});

test('the files of accounts and audit are for their owner only', async () => {
  await using here = await rig();
  await withAccounts(here.store.path);
  await signIn(here.server.address, 'ada');
  await here.server.close();
  for (const name of ['accounts.json', 'audit.jsonl'])
    assert.equal(statSync(`${here.store.path}/${name}`).mode & 0o777, 0o600, name);
});

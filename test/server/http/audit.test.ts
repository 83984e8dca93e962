import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AuditLog, auditFile, fingerprint, readAudit } from '../../../src/server/http/audit.ts';
import { signIn, userNamed, withAccounts } from '../access/accounts-rig.ts';
import { post, rig, send } from '../rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailhunt-audit-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const entry = (number: number, who = 'ada') => ({
  time: new Date(number * 1000).toISOString(),
  who,
  from: '192.0.2.1',
  what: `GET /${number}`,
});

test('lines are kept in order, over files that rotate, and the oldest file goes', async () => {
  const log = new AuditLog(folder, assert.fail, { size: 1000, files: 2 });
  for (let i = 0; i < 60; i++) {
    log.note(entry(i, i % 2 ? 'ada' : 'bob'));
    await log.flush();
  }
  assert.ok(existsSync(auditFile(folder, 2)) && !existsSync(auditFile(folder, 3)));
  const all = await readAudit(folder, { limit: 1000 });
  assert.equal(all[0]?.what, 'GET /59');
  assert.ok(all.length > 20 && all.length < 60, String(all.length));
  all.slice(1).forEach(({ time }, at) => {
    assert.ok(time < (all[at]?.time ?? ''));
  });
  const some = await readAudit(folder, { limit: 3, who: 'ada', before: entry(55).time });
  assert.deepEqual(
    some.map(({ what }) => what),
    ['GET /53', 'GET /51', 'GET /49'],
  );
  appendFileSync(auditFile(folder), '{"time":"20');
  assert.equal((await readAudit(folder, { limit: 1 }))[0]?.what, 'GET /59', 'half a line is passed over');
});

test('a log that cannot be written is told of, and makes the server not ready', async () => {
  await using here = await rig();
  rmSync(here.store.path, { recursive: true });
  assert.equal((await send(here.server.address, '/metrics')).status, 200);
  assert.equal((await post(here.server.address, '/v2/rest/query', { csl: 'print 1' })).status, 200);
  // The line is written when the answer has ended.
  for (let i = 0; i < 50 && here.log.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.match(here.log.join(), /the audit log cannot be written: ENOENT/);
  const { status, json } = await send(here.server.address, '/api/health/ready');
  assert.deepEqual([status, json.checks], [503, { accepting: true, engine: true, audit: false }]);
  assert.match((await send(here.server.address, '/metrics')).text, /^mailhunt_audit_failures_total 1$/m);
});

test('who did what stands there, and neither query nor password', async () => {
  await using here = await rig();
  const { address } = here.server;
  await withAccounts(here.store.path, [await userNamed('ada', 'admin'), await userNamed('bob')]);
  await post(address, '/api/v1/login', { name: 'ada', password: 'hunter2' });
  await post(address, '/api/v1/login', { name: 'my-password-in-the-wrong-field', password: 'x' });
  const { headers } = await signIn(address, 'ada');
  const csl = 'EmailEvents | where Subject == "bob is fired"';
  assert.equal((await post(address, '/v2/rest/query', { csl }, headers)).status, 200);
  const bob = await signIn(address, 'bob');
  assert.equal((await send(address, '/api/v1/audit', { headers: bob.cookie })).status, 403);
  for (let i = 0; i < 20; i++) assert.equal((await post(address, '/v2/rest/query', { csl })).status, 401);
  await post(address, '/api/v1/logout', {}, headers);
  const again = await signIn(address, 'ada');
  const { json } = await send(address, '/api/v1/audit?limit=20', { headers: again.cookie });
  const lines = json.entries.map((one: { who: string; what: string; status: number; facts?: object }) =>
    [one.who, one.what, one.status, JSON.stringify(one.facts ?? {})].join(' '),
  );
  assert.deepEqual(lines.toReversed(), [
    'nobody POST /api/v1/login 401 {"name":"ada"}',
    'nobody POST /api/v1/login 401 {"name":"unknown"}',
    'nobody POST /api/v1/login 200 {"name":"ada"}',
    `ada POST /v2/rest/query 200 {"query":"${fingerprint(csl)}","characters":${csl.length}}`,
    'nobody POST /api/v1/login 200 {"name":"bob"}',
    'bob GET /api/v1/audit 403 {}',
    'ada POST /api/v1/logout 200 {"signedOut":true}',
    'nobody POST /api/v1/login 200 {"name":"ada"}',
  ]);
  const text = readFileSync(auditFile(here.store.path), 'utf8');
  assert.doesNotMatch(text, /fired|hunter2|horse|my-password|mh_/);
});

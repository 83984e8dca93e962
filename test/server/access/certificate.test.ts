import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect as tlsConnect } from 'node:tls';
import { certificatePath, ownCertificate } from '../../../src/server/access/certificate.ts';
import { connect } from '../../../src/server/index.ts';
import { rig, TestStore } from '../rig.ts';
import { PASSWORD, withAccounts } from './accounts-rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailhunt-certificate-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const DAY = 24 * 60 * 60_000;
const now = Date.now();
const newFolder = () => mkdtempSync(join(folder, 'of-'));

test('a certificate is made, kept, and made anew before it ends or where it lacks a name', async () => {
  const names = ['hunt.example', '192.0.2.7', '0.0.0.0'];
  const first = await ownCertificate({ folder, names, now });
  assert.equal(statSync(certificatePath(folder)).mode & 0o777, 0o600);
  const certificate = new X509Certificate(first.cert);
  for (const name of ['localhost', 'hunt.example']) assert.equal(certificate.checkHost(name), name);
  for (const address of ['127.0.0.1', '::1', '192.0.2.7']) assert.ok(certificate.checkIP(address), address);
  assert.equal(certificate.checkIP('0.0.0.0'), undefined);
  assert.equal(certificate.checkHost('evil.example'), undefined);
  assert.deepEqual(await ownCertificate({ folder, names, now: now + 366 * DAY }), first);
  const renewed = await ownCertificate({ folder, names, now: now + 368 * DAY });
  assert.notEqual(renewed.cert, first.cert);
  const more = await ownCertificate({ folder, names: ['other.example'], now: now + 368 * DAY });
  assert.ok(new X509Certificate(more.cert).checkHost('other.example'));
});

test('over HTTPS: a cookie for HTTPS only, own commands that believe this certificate alone', async () => {
  await using store = await TestStore.open();
  await withAccounts(store.path);
  const tls = await ownCertificate({ folder: newFolder(), names: [], now });
  await using here = await rig({ store, tls });
  const { address, token } = here.server;
  assert.match(address, /^https:\/\/127\.0\.0\.1:\d+$/);
  const body = JSON.stringify({ name: 'ada', password: PASSWORD });
  const headers = { 'Content-Type': 'application/json', Origin: address };
  const cookies = await new Promise((resolve, reject) => {
    const sent = request(`${address}/api/v1/login`, { method: 'POST', headers, ca: tls.cert, agent: false });
    sent.on('error', reject).on('response', (answer) => resolve(answer.resume().headers['set-cookie']));
    sent.end(body);
  });
  assert.match(String(cookies), /^__Host-mailhunt=.*; Secure$/);
  await using session = connect(address, token, 'owner.json', tls.cert);
  assert.equal((await session.summary()).length, 2);
  const other = await ownCertificate({ folder: newFolder(), names: [], now });
  await using fooled = connect(address, token, 'owner.json', other.cert);
  await assert.rejects(fooled.summary(), { code: 'CLI0002' });
  here.server.renew(other);
  assert.equal((await fooled.summary()).length, 2, 'the next connection sees the new one');
});

test('old versions of TLS are refused', async () => {
  const tls = await ownCertificate({ folder: newFolder(), names: [], now });
  await using here = await rig({ tls });
  const port = Number(new URL(here.server.address).port);
  const socket = tlsConnect({ port, host: '127.0.0.1', ca: tls.cert, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' });
  await assert.rejects(
    new Promise((resolve, reject) => socket.on('secureConnect', resolve).on('error', reject)),
    /protocol|version|alert|handshake|cipher/i,
  );
  socket.destroy();
});

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { readAudit } from '../../../../src/server/http/audit.ts';
import { keepingHouse, kept, letter } from '../../../gateway/control/held-house.ts';
import { startSink } from '../../../gateway/proxy/sink.ts';
import { signIn, userNamed, withAccounts } from '../../access/accounts-rig.ts';
import { type Rig, rig, send } from '../../rig.ts';

const QUARANTINE = '/api/v1/gate/quarantine';

/** A server with people of each kind, and how each of them asks. */
async function people({ server, store }: Rig) {
  await withAccounts(
    store.path,
    await Promise.all([
      userNamed('reader', 'reader'),
      userNamed('looker', 'reader', true),
      userNamed('responder', 'responder', true),
      userNamed('boss', 'admin', true),
    ]),
  );
  return async (name: string) => {
    const { headers } = await signIn(server.address, name);
    return (method: string, path: string) => send(server.address, path, { method, headers });
  };
}

test('where no gate runs, every address says so by name', async () => {
  await using here = await rig();
  for (const [method, path] of [
    ['GET', '/api/v1/gate'],
    ['GET', QUARANTINE],
    ['GET', `${QUARANTINE}/x`],
    ['GET', `${QUARANTINE}/x/message`],
    ['POST', `${QUARANTINE}/x/release`],
    ['DELETE', `${QUARANTINE}/x`],
  ] as const) {
    const { status, json } = await send(here.server.address, path, { method });
    assert.deepEqual([status, json.wire.error.code], [503, 'GATE0017'], path);
    assert.ok(!JSON.stringify(json).includes(here.store.path));
  }
});

test('a gate that cannot be asked is told by name, and not where it is', async () => {
  await using here = await rig();
  mkdirSync(join(here.store.path, 'gate'));
  const mute = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => mute.listen(join(here.store.path, 'gate', 'control.sock'), resolve));
  try {
    const { status, json } = await send(here.server.address, QUARANTINE);
    assert.deepEqual([status, json.wire.error.code], [503, 'GATE0016']);
    assert.ok(!JSON.stringify(json).includes(here.store.path));
  } finally {
    mute.close();
  }
});

test('who may query lists, who may read bodies reads, who administers releases and removes, and the audit log knows who', async () => {
  await using here = await rig();
  const as = await people(here);
  const sink = await startSink();
  try {
    await using house = await keepingHouse(here.store.path, sink.port);
    const ids = [await kept(house, letter('one')), await kept(house, letter('two'))] as [string, string];
    const reader = await as('reader');
    const page = await reader('GET', `${QUARANTINE}?limit=1`);
    assert.deepEqual([page.status, page.json.total, page.json.messages[0].subject], [200, 2, 'two']);
    const next = await reader('GET', `${QUARANTINE}?limit=1&before=${page.json.next}`);
    assert.deepEqual(
      next.json.messages.map(({ id }: { id: string }) => id),
      [ids[0]],
    );
    assert.equal((await reader('GET', `${QUARANTINE}/${ids[0]}`)).status, 403);
    assert.equal((await reader('GET', `${QUARANTINE}/${ids[0]}/message`)).status, 403);
    const looker = await as('looker');
    assert.match((await looker('GET', `${QUARANTINE}/${ids[0]}`)).json.results, /^mx\.contoso\.com; spf=pass/);
    const source = await looker('GET', `${QUARANTINE}/${ids[0]}/message`);
    assert.deepEqual(source.bytes, letter('one').bytes);
    assert.match(String(source.headers['content-disposition']), /^attachment; filename="[0-9a-f-]{36}\.eml"/);
    assert.equal(source.headers['content-type'], 'application/octet-stream');
    const responder = await as('responder');
    assert.equal((await responder('POST', `${QUARANTINE}/${ids[0]}/release`)).status, 403);
    assert.equal((await responder('DELETE', `${QUARANTINE}/${ids[0]}`)).status, 403);
    assert.equal(house.quarantine.size, 2);
    const boss = await as('boss');
    const released = await boss('POST', `${QUARANTINE}/${ids[0]}/release`);
    assert.deepEqual([released.status, released.json.answer.code], [200, 250]);
    assert.equal(sink.messages.length, 1);
    const again = await boss('POST', `${QUARANTINE}/${ids[0]}/release`);
    assert.deepEqual([again.status, again.json.wire.error.code], [404, 'GATE0011']);
    assert.equal((await boss('DELETE', `${QUARANTINE}/${ids[1]}`)).status, 200);
    const { json: status } = await boss('GET', '/api/v1/gate');
    assert.deepEqual([status.quarantine.messages, status.messages.byRule], [0, { Keep: 2 }]);
    // What a server has not written yet it writes before it answers with it.
    assert.equal((await boss('GET', '/api/v1/audit')).status, 200);
    const log = await readAudit(here.store.path, { limit: 50 });
    assert.deepEqual(
      log
        .filter(({ what }) => /release|DELETE/.test(what))
        .map(({ who, status: code, facts }) => [who, code, facts])
        .reverse(),
      [
        ['responder', 403, { id: ids[0] }],
        ['responder', 403, { id: ids[0] }],
        ['boss', 200, { id: ids[0] }],
        ['boss', 404, { id: ids[0] }],
        ['boss', 200, { id: ids[1] }],
      ],
    );
  } finally {
    await sink.close();
  }
});

test('what a page of another site sends is refused, and a next hop that refuses is told in its words', async () => {
  await using here = await rig();
  const as = await people(here);
  const sink = await startSink({ answers: { RCPT: '550 5.1.1 No such user' } });
  try {
    await using house = await keepingHouse(here.store.path, sink.port);
    const id = await kept(house, letter('one'));
    const { headers } = await signIn(here.server.address, 'boss');
    const { 'X-CSRF-Token': _, ...without } = headers as Record<string, string>;
    const path = `${QUARANTINE}/${id}/release`;
    const forged = await send(here.server.address, path, { method: 'POST', headers: without });
    assert.deepEqual([forged.status, forged.json.wire.error.code], [403, 'ACCESS0008']);
    assert.equal(sink.lines.length, 0);
    const { status, json } = await (await as('boss'))('POST', path);
    assert.deepEqual([status, json.wire.error.code], [502, 'GATE0012']);
    assert.match(json.wire.error.facts.text, /550 5\.1\.1 No such user/);
    assert.equal(house.quarantine.size, 1);
  } finally {
    await sink.close();
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rig, send } from '../rig.ts';

const json = { 'Content-Type': 'application/json' };
const owner = (token: string) => ({ Authorization: `Bearer ${token}` });

test('a backup comes as a tar with a name', async () => {
  await using here = await rig();
  const { status, headers, text } = await send(here.server.address, '/api/v1/backup', {
    method: 'POST',
    headers: owner(here.server.token),
  });
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/x-tar');
  assert.equal(headers['content-disposition'], 'attachment; filename="mailhunt-2026-07-18T120000.tar"');
  assert.equal(text, 'a tar');
});

test('a backup that cannot be made is an error, one that breaks off is no whole answer', async () => {
  await using here = await rig();
  const { store, server } = here;
  store.backup = async function* () {
    yield* [];
    throw new Error('no');
  };
  const ask = () => send(server.address, '/api/v1/backup', { method: 'POST', headers: owner(server.token) });
  assert.equal((await ask()).status >= 500, true);
  store.backup = async function* () {
    yield Buffer.from('half');
    throw new Error('no');
  };
  await assert.rejects(ask());
});

test('a purge takes persons and says what was done', async () => {
  await using here = await rig();
  const ask = (body: unknown, headers: Record<string, string> = owner(here.server.token)) =>
    send(here.server.address, '/api/v1/purge', {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify(body),
    });
  const done = await ask({ persons: ['bob@contoso.com'], dryRun: true });
  assert.equal(done.status, 200);
  assert.deepEqual(done.json.tables, [{ table: 'EmailEvents', removed: 2, changed: 1 }]);
  for (const body of [
    {},
    [],
    { persons: ['bob@contoso.com'] },
    { persons: [], dryRun: true },
    { persons: [1], dryRun: true },
    { persons: ['x'.repeat(321)], dryRun: true },
    { persons: Array(21).fill('bob@contoso.com'), dryRun: true },
    { persons: ['bob@contoso.com'], dryRun: true, more: 1 },
  ])
    assert.equal((await ask(body)).status, 400, JSON.stringify(body).slice(0, 80));
});

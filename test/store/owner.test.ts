import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStore, readOwner } from '../../src/store/index.ts';
import { isWithin } from '../in-time.ts';
import { clicks, inFolder, put } from './rig.ts';

test('the owner is known while the store is held, with its address once published', () =>
  inFolder(async (folder) => {
    assert.equal(await readOwner(folder), undefined);
    const store = await openStore(folder, { token: 'secret', now: () => 0 });
    const owner = { pid: process.pid, address: null, token: 'secret', startedAt: '1970-01-01T00:00:00.000Z' };
    assert.deepEqual(await readOwner(folder), owner);
    await store.publish('http://127.0.0.1:8719');
    assert.deepEqual(await readOwner(folder), { ...owner, address: 'http://127.0.0.1:8719' });
    assert.equal((await stat(join(folder, 'owner.json'))).mode & 0o777, 0o600);
    await store.close();
    assert.equal(await readOwner(folder), undefined);
    assert.deepEqual((await readdir(folder)).sort(), ['journal', 'mailhunt.duckdb', 'tmp']);
  }));

test('one process opens a store once', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await assert.rejects(openStore(join(folder, '.')), {
      code: 'STORE0001',
      facts: { path: folder, pid: process.pid },
    });
    await put(store, clicks(['u']));
  }));

test('another process holds the store: STORE0001 with its id; killed, the store is free', () =>
  inFolder(async (folder) => {
    const child = fileURLToPath(new URL('kill-child.ts', import.meta.url));
    const holder = spawn(process.execPath, [child, folder, '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    holder.stdout.resume();
    await assert.rejects(openStore(folder), (error: { code: string; facts: { pid: string } }) => {
      assert.equal(error.code, 'STORE0001');
      assert.equal(Number(error.facts.pid), holder.pid);
      return true;
    });
    assert.equal((await readOwner(folder))?.pid, holder.pid, 'a refused process must not remove the owner’s file');
    holder.kill('SIGKILL');
    await once(holder, 'close');
    assert.equal(await readOwner(folder), undefined);
    await (await openStore(folder)).close();
  }));

test('who has patience gets a store that is let go of; a server stays, and is not waited for', () =>
  inFolder(async (folder) => {
    const holder = await openStore(folder, { now: () => 0 });
    const waiting = openStore(folder, { patience: 10_000 });
    setTimeout(() => void holder.close(), 150);
    const store = await waiting;
    await store.publish('http://127.0.0.1:8719');
    const began = performance.now();
    await assert.rejects(openStore(folder, { patience: 10_000 }), { code: 'STORE0001' });
    const took = performance.now() - began;
    assert.ok(isWithin(took, 5_000));
    await store.close();
  }));

/** Files that say nothing about a living owner. */
const stale: Record<string, string> = {
  'a process that is gone': '{"pid":2147483646,"address":null,"token":"t","startedAt":""}',
  'a living process that does not hold the store': `{"pid":${process.pid},"address":null,"token":"t","startedAt":""}`,
  'half a file': '{"pid":',
  'something else': '[]',
};
for (const [what, text] of Object.entries(stale)) {
  test(`no owner: ${what}`, () =>
    inFolder(async (folder) => {
      await (await openStore(folder)).close();
      await writeFile(join(folder, 'owner.json'), text);
      assert.equal(await readOwner(folder), undefined);
      await (await openStore(folder)).close();
    }));
}

test('a folder that cannot be one is STORE0005', () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'file'), '');
    await assert.rejects(openStore(join(folder, 'file')), { code: 'STORE0005' });
    await writeFile(join(folder, 'mailhunt.duckdb'), 'this is no database'.repeat(1000));
    await assert.rejects(openStore(folder), { code: 'STORE0005' });
  }));

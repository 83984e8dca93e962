import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Server, serve } from '../../src/server/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { ran } from './world.ts';

const BEN = 'ben@contoso.example';
const letter = (n: number, to: string): string =>
  `Received: from client.example (client.example [203.0.113.7]) by mx.contoso.example for <${to}>; Sat, 18 Jul 2026 10:08:56 +0000
From: Ada <ada@bank.example>
To: ${to}
Subject: Letter ${n}
Message-ID: <${n}@bank.example>

Body ${n}
`.replaceAll('\n', '\r\n');

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailhunt-keeping-'));
  await mkdir(join(folder, 'mail'));
  for (const [n, to] of [BEN, 'eve@contoso.example', BEN].entries())
    await writeFile(join(folder, 'mail', `${n}.eml`), letter(n, to));
  await writeFile(join(folder, 'dns.zone'), '$ORIGIN .\n');
});
after(() => rm(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const ingest = (store: string, ...more: string[]) =>
  ran(['ingest', at('mail'), '--store', at(store), '--dns', at('dns.zone'), ...more]);
const count = async (store: string, text: string): Promise<string> =>
  (await ran(['query', '--store', at(store), '--format', 'json', '-e', text])).out.replace(/\s/g, '');

async function kept(store: string): Promise<number> {
  await using open = await openStore(at(store), { idle: 0 });
  return (await open.messages.size()).messages;
}

test('raw mail is kept unless the command or the settings say otherwise', async () => {
  for (const [store, options, messages] of [
    ['usual', [], 3],
    ['not', ['--no-keep'], 0],
  ] as const) {
    const { code, err } = await ingest(store, ...options);
    assert.equal(code, 0, err);
    assert.equal(await kept(store), messages);
  }
  const settings = at('no.yaml');
  await writeFile(settings, 'keep_messages: false\n');
  await ingest('by-settings', '--config', settings);
  assert.equal(await kept('by-settings'), 0);
  await ingest('by-settings', '--config', settings, '--keep');
  assert.equal(await kept('by-settings'), 3);
  const both = await ingest('usual', '--keep', '--no-keep');
  assert.equal(both.code, 2);
  assert.match(both.err, /CLI0001/);
});

/** A server on a store, through which commands go. */
async function served(store: string, work: (store: Store, server: Server) => Promise<void>): Promise<void> {
  await using open = await openStore(at(store), { idle: 0, token: 'token' });
  const server = await serve({
    store: open,
    host: '127.0.0.1',
    port: 0,
    now: Date.now,
    log: () => {},
    token: 'token',
    settings: { grace: 50 },
  });
  try {
    await open.publish(server.address);
    await work(open, server);
  } finally {
    await server.close();
  }
}

test('a backup is made and restored, by hand and through a server', { timeout: 120_000 }, async () => {
  await ingest('live');
  const alone = await ran(['backup', at('alone.tar'), '--store', at('live')]);
  assert.equal(alone.code, 0, alone.err);
  assert.match(alone.out, /rows and 3 messages/);
  assert.equal((await stat(at('alone.tar'))).mode & 0o777, 0o600);
  await served('live', async () => {
    const through = await ran(['backup', at('through'), '--store', at('live')]);
    assert.equal(through.code, 0, through.err);
  });
  for (const backup of ['alone.tar', 'through']) {
    const restored = await ran(['restore', at(backup), '--store', at(`of-${backup}`)]);
    assert.equal(restored.code, 0, restored.err);
    assert.equal(await count(`of-${backup}`, 'EmailEvents | count'), '[{"Count":3}]');
    assert.equal(await kept(`of-${backup}`), 3);
    const again = await ran(['restore', at(backup), '--store', at(`of-${backup}`)]);
    assert.match(again.err, /STORE0014/);
  }
  const over = await ran(['backup', at('alone.tar'), '--store', at('live')]);
  assert.equal(over.code, 2);
  assert.match(over.err, /nothing is overwritten/);
  for (const [argv, words] of [
    [['backup', join(at('live'), 'inside.tar'), '--store', at('live')], /outside of the store/],
    [['backup', join(at('nowhere'), 'b.tar'), '--store', at('live')], /cannot be written/],
    [['backup', '--store', at('live')], /name a file/],
    [['restore', at('alone.tar')], /--store/],
    [['restore', at('mail'), '--store', at('new')], /STORE0012.*no manifest\.json/],
    [['restore', at('nothing.tar'), '--store', at('new')], /STORE0012/],
  ] as const) {
    const refused = await ran(argv);
    assert.notEqual(refused.code, 0);
    assert.match(refused.err.replace(/\s+/g, ' '), words);
  }
  assert.equal(
    (await readdir(folder)).some((name) => name.includes('draft')),
    false,
  );
});

test('a purge asks, says what it would do, and does it, by hand and through a server', {
  timeout: 120_000,
}, async () => {
  await ingest('hand');
  await ingest('served');
  const purge = (store: string, ...more: string[]) => ran(['purge', '--person', BEN, '--store', at(store), ...more]);
  const unasked = await purge('hand');
  assert.equal(unasked.code, 2);
  assert.match(unasked.err, /--yes/);
  const planned = await purge('hand', '--dry-run');
  assert.equal(planned.code, 0, planned.err);
  assert.match(planned.out, /EmailEvents +2 rows would be removed/);
  assert.match(planned.out, /2 kept messages would be removed/);
  assert.match(planned.out, /Backups that were made before/);
  assert.equal(await count('hand', 'EmailEvents | count'), '[{"Count":3}]');
  const check = async (store: string, done: { code: number; out: string; err: string }) => {
    assert.equal(done.code, 0, done.err);
    assert.match(done.out, /EmailEvents +2 rows removed/);
    assert.equal(
      await count(store, 'EmailEvents | project RecipientEmailAddress'),
      '[{"RecipientEmailAddress":"eve@contoso.example"}]',
    );
  };
  await check('hand', await purge('hand', '--yes'));
  assert.equal(await kept('hand'), 1);
  await served('served', async (store) => {
    await check('served', await purge('served', '--yes'));
    assert.equal((await store.messages.size()).messages, 1);
    const refused = await ran(['purge', '--person', 'b', '--yes', '--store', at('served')]);
    assert.match(refused.err, /STORE0015/);
  });
  assert.match((await purge('hand', '--yes')).out, /Nothing is known/);
  assert.match((await ran(['purge', '--store', at('hand')])).err, /--person/);
});

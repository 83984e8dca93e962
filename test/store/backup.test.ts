import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pack } from 'tar-stream';
import type { MailhuntError } from '../../src/errors/index.ts';
import { backupEntries, openStore, readOwner, type Store, tarEntries, unpackBackup } from '../../src/store/index.ts';
import { letterOf } from './messages/letter-of.ts';
import { cells, inFolder, mail, put } from './rig.ts';

async function bytesOf(store: Store): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of store.backup('1.2.3')) parts.push(part);
  return Buffer.concat(parts);
}

/** A store with rows, messages and files of people, and a backup of it. */
async function filled(folder: string): Promise<Buffer> {
  await using store = await openStore(join(folder, 'store'), { idle: 0, now: () => 0 });
  await put(store, mail([['a', 'x@y.test', 'first']], { id: 'source', position: 5 }));
  await store.messages.keep([letterOf(1), letterOf(2)]);
  await mkdir(join(store.path, 'functions'));
  await writeFile(join(store.path, 'functions', 'f.kql'), 'print 1');
  await writeFile(join(store.path, 'mailhunt.yaml'), 'port: 9000\n');
  await symlink('/etc/passwd', join(store.path, 'functions', 'link'));
  return await bytesOf(store);
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}

const unpack = (bytes: Buffer, target: string, keepWords = false) =>
  unpackBackup(tarEntries(inPieces(bytes), 'b.tar'), { target, source: 'b.tar', keepWords });

const isRefused = (code: string, words: RegExp) => (error: MailhuntError) => {
  assert.equal(error.code, code, error.stack);
  assert.match(error.message, words);
  return true;
};

test(
  'a backup is taken while rows come in, and restored it has every row that was in before',
  { timeout: 60_000 },
  () =>
    inFolder(async (folder) => {
      const path = join(folder, 'store');
      let before = 0;
      let bytes: Buffer;
      {
        await using store = await openStore(path, { idle: 0 });
        let stop = false;
        let n = 0;
        const writing = (async () => {
          for (; !stop; n++) {
            await store.messages.keep([letterOf(n)]);
            await store.append(mail([[letterOf(n).id, 'x@y.test', `s${n}`]], { id: 'source', position: n + 1 }));
          }
        })();
        while (n < 20) await new Promise((resolve) => setTimeout(resolve, 5));
        before = n;
        bytes = await bytesOf(store);
        stop = true;
        await writing;
        assert.notEqual(await readOwner(path), undefined, 'the lock on the database is held after the backup');
        assert.deepEqual(
          (await readdir(path)).filter((name) => name.startsWith('backup-')),
          [],
        );
      }
      const report = await unpack(bytes, join(folder, 'new'));
      assert.equal(report.about.mailhunt, '1.2.3');
      await using store = await openStore(join(folder, 'new'), { idle: 0 });
      assert.deepEqual(store.notices, []);
      const position = await store.position('source');
      assert.equal(position >= before, true);
      const ids = await cells(store, 'EmailEvents', 'NetworkMessageId');
      assert.equal(ids.length, position);
      for (let n = 0; n < position; n++)
        assert.deepEqual(await store.messages.read(letterOf(n).id), letterOf(n).bytes, 'each row has its message');
      // It goes on where the backup ended.
      await put(store, mail([['new', 'x@y.test', 's']], { id: 'source', position: position + 1 }));
      assert.equal((await cells(store, 'EmailEvents', 'Subject')).length, position + 1);
    }),
);

test('a backup holds what people wrote, and nothing of the running process or outside the folder', () =>
  inFolder(async (folder) => {
    const report = await unpack(await filled(folder), join(folder, 'new'));
    assert.deepEqual(report.files.map((file) => file.path).sort(), [
      'functions/f.kql',
      'mailhunt.duckdb',
      'mailhunt.yaml',
      'messages/0000001.pack',
    ]);
    assert.deepEqual(report.tables, { EmailEvents: 1 });
    assert.equal(report.messages, 2);
    assert.equal(await readFile(join(folder, 'new', 'functions', 'f.kql'), 'utf8'), 'print 1');
    for (const { path } of report.files) assert.equal((await stat(join(folder, 'new', path))).mode & 0o777, 0o600);
  }));

test('a folder made of a backup is one itself', () =>
  inFolder(async (folder) => {
    const kept = join(folder, 'kept');
    await unpack(await filled(folder), kept, true);
    const restore = (target: string) =>
      unpackBackup(backupEntries(kept), { target: join(folder, target), source: kept, keepWords: false });
    assert.equal((await restore('one')).messages, 2);
    await writeFile(join(kept, 'mailhunt.yaml'), 'port: 9001\n');
    await assert.rejects(restore('two'), isRefused('STORE0012', /mailhunt\.yaml does not have its checksum/));
    await rm(join(kept, 'mailhunt.yaml'));
    await assert.rejects(restore('two'), isRefused('STORE0012', /mailhunt\.yaml is missing/));
    await symlink('/etc/passwd', join(kept, 'mailhunt.yaml'));
    await assert.rejects(restore('two'), isRefused('STORE0012', /mailhunt\.yaml is missing or no plain file/));
    await rm(join(kept, 'manifest.json'));
    await assert.rejects(restore('two'), isRefused('STORE0012', /no manifest\.json/));
    await assert.rejects(stat(join(folder, 'two')));
  }));

test('a backup that was cut off or changed anywhere is refused, and nothing is left of it', { timeout: 120_000 }, () =>
  inFolder(async (folder) => {
    const bytes = await filled(folder);
    const target = join(folder, 'new');
    const whole = bytes.length - 1024;
    for (let end = 0; end < whole; end += Math.ceil(whole / 23))
      await assert.rejects(unpack(bytes.subarray(0, end), target), { code: 'STORE0012' }, `cut at ${end}`);
    for (let at = 700; at < bytes.length - 3000; at += Math.ceil(bytes.length / 19)) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      // Padding between entries is the only thing that a backup does not vouch for.
      await unpack(changed, target).then(
        async () => {
          assert.equal(bytes[at], 0, `a change at ${at} went unnoticed`);
          await rm(target, { recursive: true });
        },
        (error: MailhuntError) => assert.match(error.code, /^STORE001[23]$/),
      );
    }
    assert.deepEqual(await readdir(folder), ['store']);
  }),
);

/** A tar with these entries; `sum` false leaves a manifest's checksums to the caller. */
async function tarOf(
  entries: readonly (readonly [name: string, content: string, type?: 'symlink'])[],
): Promise<Buffer> {
  const tar = pack();
  for (const [name, content, type] of entries) {
    if (type) tar.entry({ name, type, linkname: content });
    else tar.entry({ name }, content);
  }
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar as unknown as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

const about = JSON.stringify({ kind: 'mailhunt-backup', format: 1, mailhunt: '9.9.9', schema: 1, made: '' });
const manifestFor = (...files: readonly (readonly [path: string, content: string])[]): string =>
  JSON.stringify({
    files: files.map(([path, content]) => ({
      path,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    tables: {},
    messages: 0,
  });

const hostile: readonly (readonly [what: string, entries: Parameters<typeof tarOf>[0], code: string, words: RegExp])[] =
  [
    [
      'a way out of the folder',
      [
        ['backup.json', about],
        ['../evil', 'x'],
      ],
      'STORE0012',
      /"\.\.\/evil"/,
    ],
    [
      'a way out in the middle',
      [
        ['backup.json', about],
        ['a/../../evil', 'x'],
      ],
      'STORE0012',
      /evil/,
    ],
    [
      'an absolute path',
      [
        ['backup.json', about],
        ['/tmp/evil', 'x'],
      ],
      'STORE0012',
      /evil/,
    ],
    [
      'a backslash',
      [
        ['backup.json', about],
        ['a\\evil', 'x'],
      ],
      'STORE0012',
      /evil/,
    ],
    [
      'a link',
      [
        ['backup.json', about],
        ['a', '/etc', 'symlink'],
      ],
      'STORE0012',
      /no plain file/,
    ],
    [
      'the same file twice',
      [
        ['backup.json', about],
        ['a', 'x'],
        ['a', 'y'],
      ],
      'STORE0012',
      /"a"/,
    ],
    ['no backup', [['readme', 'x']], 'STORE0012', /does not begin with backup\.json/],
    ['another program’s', [['backup.json', '{}']], 'STORE0012', /none of mailhunt/],
    ['no JSON', [['backup.json', '{']], 'STORE0012', /damaged/],
    [
      'a file too many',
      [
        ['backup.json', about],
        ['a', 'x'],
        ['manifest.json', manifestFor()],
      ],
      'STORE0012',
      /does not name/,
    ],
    [
      'a file too few',
      [
        ['backup.json', about],
        ['manifest.json', manifestFor(['a', 'x'])],
      ],
      'STORE0012',
      /a is missing/,
    ],
    [
      'something behind its end',
      [
        ['backup.json', about],
        ['manifest.json', manifestFor()],
        ['a', 'x'],
      ],
      'STORE0012',
      /goes on behind/,
    ],
    [
      'a newer form',
      [['backup.json', about.replace('"format":1', '"format":2')]],
      'STORE0013',
      /9\.9\.9.*form of backups, 2/,
    ],
    [
      'a newer schema',
      [['backup.json', about.replace('"schema":1', '"schema":99')]],
      'STORE0013',
      /schema version, 99/,
    ],
  ];
for (const [what, entries, code, words] of hostile)
  test(`a backup with ${what} is refused`, () =>
    inFolder(async (folder) => {
      await assert.rejects(unpack(await tarOf(entries), join(folder, 'new')), isRefused(code, words));
      assert.deepEqual(await readdir(folder), []);
    }));

test('a small backup made by hand is taken, so that the refusals above mean something', () =>
  inFolder(async (folder) => {
    const tar = await tarOf([
      ['backup.json', about],
      ['a/b', 'x'],
      ['manifest.json', manifestFor(['a/b', 'x'])],
    ]);
    await unpack(tar, join(folder, 'new'));
    assert.equal(await readFile(join(folder, 'new', 'a', 'b'), 'utf8'), 'x');
  }));

test('a restore overwrites nothing', () =>
  inFolder(async (folder) => {
    const bytes = await filled(folder);
    await assert.rejects(unpack(bytes, join(folder, 'store')), isRefused('STORE0014', /store is not empty/));
    await mkdir(join(folder, 'empty'));
    await unpack(bytes, join(folder, 'empty'));
    assert.equal((await readdir(join(folder, 'empty'))).includes('mailhunt.duckdb'), true);
  }));

test('what a killed backup left is removed when the store is opened', () =>
  inFolder(async (folder) => {
    await mkdir(join(folder, 'backup-1'));
    await writeFile(join(folder, 'backup-1', 'x'), 'x');
    await (await openStore(folder, { idle: 0 })).close();
    assert.equal((await readdir(folder)).includes('backup-1'), false);
  }));

test('a reader that goes away ends the backup, and the store goes on', () =>
  inFolder(async (folder) => {
    await filled(folder);
    await using store = await openStore(join(folder, 'store'), { idle: 0 });
    for await (const _ of store.backup('1')) break;
    assert.deepEqual(
      (await readdir(store.path)).filter((name) => name.startsWith('backup-')),
      [],
    );
    await put(store, mail([['b', 'x@y.test', 'second']]));
    await cp(store.path, join(folder, 'copy'), { recursive: true });
    await truncate(join(folder, 'copy', 'mailhunt.yaml'));
    assert.equal((await bytesOf(store)).length > 1000, true);
  }));

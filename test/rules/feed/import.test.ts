/** A checkout is imported again and again: what is new, changed, moved, gone, and what stays when something breaks. */
import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { importFeed, rssOf, writeWhole } from '../../../src/rules/index.ts';

const root = mkdtempSync(join(tmpdir(), 'feeds-'));
after(() => rmSync(root, { recursive: true }));
let count = 0;

/** A checkout with its feed; `at` is the day of an import. */
function checkout(files: Readonly<Record<string, string>>) {
  const base = join(root, String(count++));
  const [folder, into] = [join(base, 'repo'), join(base, 'feeds')];
  const put = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) put(name, text);
  const take = (day: number, signal?: AbortSignal) =>
    importFeed(folder, { into, now: Date.UTC(2026, 6, day), ...(signal && { signal }) });
  return { folder, into, put, take };
}

const rule = (id: string, query: string): string =>
  `id: 00000000-0000-4000-8000-00000000000${id}\nname: R${id}\nquery: |\n${query.replaceAll(/^/gm, '  ')}\n`;
const commit = 'a'.repeat(40);
const git = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/refs/heads/main': `${commit}\n`,
  '.git/config': '[core]\n\tbare = false\n[remote "origin"]\n\turl = https://user:secret@git.example/some/rules.git\n',
};

test('the first import knows all rules, the next one only what happened', async () => {
  const { take, put, folder, into } = checkout({
    ...git,
    'a.yaml': rule('1', 'T\n| take 1'),
    'b.yaml': rule('2', 'T\n| take 2'),
    'c.kql': 'U | take 3\n',
    'd.yaml': rule('4', 'T\n| take 4'),
    'e.yaml': rule('5', 'T\n| take 5'),
  });
  const begun = await take(1);
  assert.deepEqual(
    [begun.isFirst, begun.feed.name, begun.feed.repository, begun.feed.commit],
    [true, 'some-rules', 'https://git.example/some/rules', commit],
  );
  assert.deepEqual(
    begun.changes.map(({ kind }) => kind),
    Array(5).fill('new'),
  );
  assert.doesNotMatch(readFileSync(join(into, 'some-rules.json'), 'utf8'), /secret/);
  assert.deepEqual((await take(2)).changes, []);
  // another commit
  put('.git/refs/heads/main', `${'b'.repeat(40)}\n`);
  put('a.yaml', rule('1', 'T\n| where x\n| take 1'));
  renameSync(join(folder, 'c.kql'), join(folder, 'z.kql')); // same content
  mkdirSync(join(folder, 'sub'));
  renameSync(join(folder, 'd.yaml'), join(folder, 'sub', 'd.yaml')); // same id, and changed
  put('sub/d.yaml', rule('4', 'T\n| take 44'));
  rmSync(join(folder, 'e.yaml'));
  put('f.yaml', rule('6', 'T'));
  const { changes, feed } = await take(3);
  assert.deepEqual(
    changes.map(({ kind, path, before, diff }) => [kind, path, before, diff]),
    [
      ['new', 'f.yaml', undefined, undefined],
      ['changed', 'a.yaml', undefined, '@@ -1,3 +1,4 @@\n T\n+| where x\n | take 1\n '],
      ['changed', 'sub/d.yaml', undefined, '@@ -1,3 +1,3 @@\n T\n-| take 4\n+| take 44\n '],
      ['moved', 'sub/d.yaml', 'd.yaml', undefined],
      ['moved', 'z.kql', 'c.kql', undefined],
      ['gone', 'e.yaml', undefined, undefined],
    ],
  );
  const days = Object.fromEntries(
    feed.rules.map(({ path, firstSeen, lastChanged, commit }) => [
      path,
      `${firstSeen.slice(8, 10)} ${lastChanged.slice(8, 10)} ${commit?.[0]}`,
    ]),
  );
  assert.deepEqual(days, {
    'a.yaml': '01 03 b',
    'b.yaml': '01 01 a',
    'f.yaml': '03 03 b',
    'sub/d.yaml': '01 03 b',
    'z.kql': '01 01 a',
  });
  assert.deepEqual((await take(4)).changes, []);
});

test('something else than the query changed', async () => {
  const { take, put } = checkout({ 'a.yaml': `${rule('1', 'T')}unknown: 1\n` });
  await take(1);
  put('a.yaml', `${rule('1', 'T')}unknown: 2\n`);
  assert.deepEqual(
    (await take(2)).changes.map(({ kind, diff }) => [kind, diff]),
    [['changed', '']],
  );
});

test('a rule in a file that cannot be read this time is kept, not gone', async () => {
  const { take, put } = checkout({ 'a.yaml': rule('1', 'T'), 'b.yaml': rule('2', 'T') });
  await take(1);
  put('a.yaml', 'name: "');
  const { changes, kept, feed } = await take(2);
  assert.deepEqual([changes, kept, feed.rules.map(({ path }) => path)], [[], ['a.yaml'], ['b.yaml', 'a.yaml']]);
  put('a.yaml', rule('1', 'U'));
  assert.deepEqual(
    (await take(3)).changes.map(({ kind }) => kind),
    ['changed'],
  );
});

test('an import that is stopped leaves the old feed whole, and no file beside it', async () => {
  const { take, put, into } = checkout({ 'a.yaml': rule('1', 'T') });
  const { file } = await take(1);
  const before = readFileSync(file, 'utf8');
  put('b.yaml', rule('2', 'T'));
  await assert.rejects(take(2, AbortSignal.abort(new Error('stopped'))), /stopped/);
  assert.equal(readFileSync(file, 'utf8'), before);
  assert.equal(readdirSync(into).length, 1);
});

test('a feed that is damaged is said so and left alone', async () => {
  const { take } = checkout({ 'a.yaml': rule('1', 'T') });
  const { file } = await take(1);
  for (const [text, words] of [
    ['{"version":1', /it is not whole/],
    ['{"version":9}', /not what an import/],
    ['[]', /not what/],
    ['{"version":1,"name":"x","importedAt":"2026","rules":[],"history":[null]}', /not what/],
    [
      '{"version":1,"name":"x","importedAt":"2026","rules":[],"history":[{"kind":"__proto__","path":"","name":"","at":"","guid":""}]}',
      /not what/,
    ],
  ] as const) {
    writeFileSync(file, text);
    await assert.rejects(take(2), words);
    assert.equal(readFileSync(file, 'utf8'), text);
  }
});

test('a folder that is not there is no feed without rules', async () => {
  const { folder, into, take } = checkout({ 'a.yaml': rule('1', 'T') });
  await assert.rejects(importFeed(join(folder, 'no'), { into, now: 0 }), { code: 'RULE0001' });
  await assert.rejects(importFeed(join(folder, 'a.yaml'), { into, now: 0 }), /it is no folder/);
  assert.equal((await take(1)).isFirst, true);
});

test('a device takes a text and stays a device, a link stays a link', {
  skip: process.platform === 'win32',
}, async () => {
  const { into, put, take } = checkout({ 'a.yaml': rule('1', 'T') });
  await take(1);
  await writeWhole('/dev/null', 'text');
  assert.ok(statSync('/dev/null').isCharacterDevice());
  put('real', 'old');
  symlinkSync(join(into, '..', 'repo', 'real'), join(into, 'link'));
  await writeWhole(join(into, 'link'), 'new');
  assert.ok(lstatSync(join(into, 'link')).isSymbolicLink());
  assert.equal(readFileSync(join(into, 'link'), 'utf8'), 'new');
});

test('two rules with one id are told apart by their places', async () => {
  const { take, put } = checkout({ 'a.yaml': rule('1', 'T'), 'b.yaml': rule('1', 'U') });
  await take(1);
  put('b.yaml', rule('1', 'V'));
  assert.deepEqual(
    (await take(2)).changes.map(({ kind, path }) => [kind, path]),
    [['changed', 'b.yaml']],
  );
});

test('rules with one query are told apart by what else they say', async () => {
  const { take, put, folder } = checkout({ 'a.kql': '// Title: A\nT\n', 'b.kql': '// Title: B\nT\n' });
  await take(1);
  for (const name of ['a.kql', 'b.kql']) rmSync(join(folder, name));
  put('1.kql', '// Title: B\nT\n');
  put('2.kql', '// Title: A\nT\n');
  const { changes } = await take(2);
  assert.deepEqual(changes.map(({ kind, path, before }) => [kind, path, before]).sort(), [
    ['moved', '1.kql', 'b.kql'],
    ['moved', '2.kql', 'a.kql'],
  ]);
});

test('RSS: well-formed, escaped, with guids that stay', async () => {
  const { take, put } = checkout({ ...git, 'a b&<.yaml': rule('1', 'T') });
  await take(1);
  put(
    'a b&<.yaml',
    rule('1', 'T | where a < "]]>" and b == "\u0001&amp;"').replace('name: R1', 'name: "<b>\\x07 & \\"q\\""'),
  );
  const { feed } = await take(2);
  const rss = rssOf(feed);
  assert.equal(rss, rssOf(JSON.parse(JSON.stringify(feed))));
  assert.doesNotMatch(rss, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
  assert.doesNotMatch(rss.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, ''), /&|<b>|\]\]>/);
  const names = (text: string): string[] => [...text.matchAll(/<(\/?)(\w+)/g)].map(([, close, name]) => close! + name!);
  const open: string[] = [];
  for (const name of names(rss)) {
    if (name.startsWith('/')) assert.equal(open.pop(), name.slice(1));
    else open.push(name);
  }
  assert.deepEqual(open, []);
  const guids = (text: string): string[] =>
    [...text.matchAll(/<guid isPermaLink="false">(mailhunt:[0-9a-f]{32})<\/guid>/g)].map(([, guid]) => guid!);
  assert.equal(new Set(guids(rss)).size, 2);
  put('b.yaml', rule('2', 'T'));
  const later = rssOf((await take(3)).feed);
  assert.deepEqual(guids(later).slice(1), guids(rss));
  assert.match(later, /<pubDate>Fri, 03 Jul 2026 00:00:00 GMT<\/pubDate>/);
  assert.match(later, new RegExp(`<link>https://git\\.example/some/rules/blob/${commit}/a%20b%26%3C\\.yaml</link>`));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pack as packTar } from 'tar-stream';
import { ZipFile } from 'yazl';
import { ArchiveProblem, archiveLimits, tarMessages, zipMessages } from '../../../src/ingest/mail/archive.ts';
import type { Found } from '../../../src/ingest/mail/found-message.ts';
import { mailKindOf } from '../../../src/ingest/mail/kind.ts';
import { mboxMessages } from '../../../src/ingest/mail/mbox.ts';
import { packsOf } from '../../../src/ingest/mail/pack.ts';
import { inTime } from '../../in-time.ts';

const ENVELOPE = 'From a@example.com Sat Jul 18 14:08:56 2026';

/** A file in chunks of so many bytes. */
async function* inChunks(text: string | Buffer, size = 7): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(found: AsyncIterable<Found>): Promise<Found[]> {
  const list: Found[] = [];
  for await (const one of found) list.push(one);
  return list;
}

const texts = (found: readonly Found[]) => found.map((one) => ('reason' in one ? one.reason : String(one.bytes)));

const mboxes: readonly [what: string, mbox: string, messages: readonly string[]][] = [
  [
    'two messages',
    `${ENVELOPE}\nSubject: 1\n\nA\n\n${ENVELOPE}\nSubject: 2\n\nB\n`,
    ['Subject: 1\n\nA\n', 'Subject: 2\n\nB\n'],
  ],
  [
    'CRLF',
    `${ENVELOPE}\r\nSubject: 1\r\n\r\nA\r\n\r\n${ENVELOPE}\r\nSubject: 2\r\n\r\nB\r\n`,
    ['Subject: 1\r\n\r\nA\r\n', 'Subject: 2\r\n\r\nB\r\n'],
  ],
  [
    'quoted lines lose one sign',
    `${ENVELOPE}\nSubject: 1\n\n>From here\n>>From there\n> From no\n`,
    ['Subject: 1\n\nFrom here\n>From there\n> From no\n'],
  ],
  [
    'a sentence that begins with the word',
    `${ENVELOPE}\nSubject: 1\n\nHello\n\nFrom me to you at 14:08 yes\nnot a field\n`,
    ['Subject: 1\n\nHello\n\nFrom me to you at 14:08 yes\nnot a field\n'],
  ],
  [
    'no empty line before',
    `${ENVELOPE}\nSubject: 1\n\nHello\n${ENVELOPE}\nSubject: 2\n`,
    [`Subject: 1\n\nHello\n${ENVELOPE}\nSubject: 2\n`],
  ],
  [
    'an envelope line without anything',
    `From \nSubject: 1\n\nA\n\nFrom \nSubject: 2\n\nB`,
    ['Subject: 1\n\nA\n', 'Subject: 2\n\nB'],
  ],
  [
    'RFC 5322 section 4.5.1: a blank before the colon of From',
    `From : a@example.com 10:10\nSubject: 1\n\nA\n\nFrom : b@example.com 10:10\nSubject: 2\n\nB`,
    ['From : a@example.com 10:10\nSubject: 1\n\nA\n\nFrom : b@example.com 10:10\nSubject: 2\n\nB'],
  ],
  ['Thunderbird', `From - Sat Jul 18 14:08:56 2026\nX-Mozilla-Status: 0001\n\nA\n`, ['X-Mozilla-Status: 0001\n\nA\n']],
  ['nothing', '', []],
  ['empty lines alone', '\n\n\r\n', []],
];

for (const [what, mbox, messages] of mboxes) {
  for (const size of [1, 7, 100_000]) {
    test(`mbox in chunks of ${size}: ${what}`, async () => {
      assert.deepEqual(texts(await all(mboxMessages(inChunks(mbox, size), { file: 'm' }))), messages);
    });
  }
}

test('mbox: a position is the byte behind the message, and reading goes on there', async () => {
  const mbox = [1, 2, 3].map((n) => `${ENVELOPE}\nSubject: ${n}\n\nbody\n\n`).join('');
  const whole = await all(mboxMessages(inChunks(mbox), { file: 'm' }));
  assert.deepEqual(
    whole.map(({ place, position }) => [place, position]),
    [1, 2, 3].map((n) => [`m#${n}`, (mbox.length / 3) * n]),
  );
  const rest = await all(mboxMessages(inChunks(mbox), { file: 'm', start: whole[0]!.position }));
  assert.deepEqual(rest, whole.slice(1));
});

test('mbox: a message that is too large is set aside by name, those around it come in, memory stays small', async () => {
  const large = `Subject: large\n\n${'x'.repeat(99)}\n`.padEnd(5_000_000, 'a line of text\n');
  const mbox = `${ENVELOPE}\nSubject: 1\n\nA\n\n${ENVELOPE}\n${large}\n\n${ENVELOPE}\nSubject: 3\n\nC\n`;
  const found = await all(mboxMessages(inChunks(mbox, 10_000), { file: 'm', limit: 100_000 }));
  assert.deepEqual(texts(found), ['Subject: 1\n\nA\n', 'larger than 100000 bytes', 'Subject: 3\n\nC\n']);
  assert.ok(found[1]!.bytes.length <= 65_536);
  assert.equal(found[2]!.position, mbox.length);
});

const entries: Readonly<Record<string, string | Buffer>> = {
  'inbox/1.eml': 'Subject: 1\r\n\r\nA\r\n',
  'readme.txt': 'not mail at all\n',
  'Mail/cur/1721311736.M1.host:2,S': 'Return-Path: <a@example.com>\nSubject: 2\n\nB\n',
  'old.mbox': `${ENVELOPE}\nSubject: 3\n\nC\n\n${ENVELOPE}\nSubject: 4\n\nD\n`,
  '5.eml.gz': gzipSync('Subject: 5\n\nE\n'),
};
const expected = [
  'Subject: 1\r\n\r\nA\r\n',
  'Return-Path: <a@example.com>\nSubject: 2\n\nB\n',
  'Subject: 3\n\nC\n',
  'Subject: 4\n\nD\n',
  'Subject: 5\n\nE\n',
];

async function tarOf(files: typeof entries): Promise<Buffer> {
  const tar = packTar();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  const parts: Buffer[] = [];
  for await (const part of tar) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function zipOf(files: typeof entries): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), name);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test('tar and zip: the mail in them, whatever it is called, numbered', async () => {
  const found = {
    tar: await all(tarMessages(inChunks(await tarOf(entries), 1000), { file: 'x.tar' })),
    zip: await all(zipMessages(await zipOf(entries), { file: 'x.zip' })),
  };
  for (const list of Object.values(found)) {
    assert.deepEqual(texts(list), expected);
    assert.deepEqual(
      list.map(({ position }) => position),
      [1, 2, 3, 4, 5],
    );
  }
  assert.equal(found.zip[3]!.place, 'x.zip/old.mbox#2');
  const rest = await all(zipMessages(await zipOf(entries), { file: 'x.zip', start: 3 }));
  assert.deepEqual(rest, found.zip.slice(3));
});

test('tar and zip: one that is cut off gives what is whole and says so', async () => {
  const [tar, zip] = [await tarOf(entries), await zipOf(entries)];
  await assert.rejects(all(tarMessages(inChunks(tar.subarray(0, 2100), 1000), { file: 'x' })), ArchiveProblem);
  await assert.rejects(all(zipMessages(zip.subarray(0, zip.length - 30), { file: 'x' })), ArchiveProblem);
  await assert.rejects(all(zipMessages(Buffer.from('PK\u0003\u0004 nonsense'), { file: 'x' })), ArchiveProblem);
});

test('zip: a bomb is named before it is unfolded, and so is one large entry', async () => {
  const limits = { ...archiveLimits, bytes: 1_000_000, ratio: 50, message: 500_000 };
  const bomb = Object.fromEntries(
    Array.from({ length: 9 }, (_, n) => [`${n}.eml`, `Subject: ${n}\n\n${'0'.repeat(400_000)}`]),
  );
  const zip = await zipOf(bomb);
  await assert.rejects(all(zipMessages(zip, { file: 'x', size: zip.length, limits })), /far more than its own size/);
  const large = await zipOf({ '1.eml': `Subject: 1\n\n${'0'.repeat(600_000)}` });
  assert.deepEqual(texts(await all(zipMessages(large, { file: 'x', limits }))), ['larger than 500000 bytes']);
  await assert.rejects(
    all(zipMessages(zip, { file: 'x', limits: { ...limits, bytes: 1e9, entries: 3 } })),
    /more than 3 entries/,
  );
});

test('tar: behind an entry that is too large, or no mail, the next one comes', async () => {
  const tar = await tarOf({
    '1.eml': `Subject: 1\n\n${'0'.repeat(600_000)}`,
    'x.bin': Buffer.alloc(300_000),
    '2.eml': 'Subject: 2\n\nB',
  });
  const limits = { ...archiveLimits, message: 100_000 };
  const found = await all(tarMessages(inChunks(tar, 10_000), { file: 'x', limits }));
  assert.deepEqual(texts(found), ['larger than 100000 bytes', 'Subject: 2\n\nB']);
});

const heads: readonly [head: string, name: string, kind: string | undefined][] = [
  ['Received: from x\r\n\tby y\r\n', 'a', 'eml'],
  ['DKIM-Signature: v=1\n', 'a.txt', 'eml'],
  [`${ENVELOPE}\nSubject: x\n`, 'a', 'mbox'],
  ['From \nSubject: x\n', 'a', 'mbox'],
  ['From : a-b@example.com 10:10\nSubject: x\n', 'a', 'eml'],
  ['garbage without a header', 'a.eml', 'eml'],
  ['garbage without a header', 'a.txt', undefined],
  ['Timestamp,Subject\n1,2\n', 'a.csv', undefined],
  ['{"Subject":"x"}\n', 'a.json', undefined],
  ['From: the first column\nx\n', 'a', 'eml'],
  ['PK\u0003\u0004', 'a.zip', 'zip'],
  ['PK\u0003\u0004', 'a.xlsx', undefined],
];
test('a file is known by its first bytes', () => {
  for (const [head, name, kind] of heads) assert.equal(mailKindOf(Buffer.from(head), name), kind, `${name}: ${head}`);
});

test('packs: a message more changes one pack and leaves the others known', async () => {
  const messages = Array.from({ length: 6000 }, (_, n) => ({
    place: `${n}`,
    position: 0,
    bytes: Buffer.from(`Subject: ${n}`),
  }));
  const idsOf = async (list: typeof messages) => {
    const ids: string[] = [];
    const each = (async function* () {
      yield* list;
    })();
    for await (const { id, messages: some } of packsOf(each)) {
      ids.push(id);
      assert.ok(some.length <= 1024);
      assert.deepEqual(
        some.map(({ position }) => position),
        some.map((_, at) => at + 1),
      );
    }
    return ids;
  };
  const before = await idsOf(messages);
  const after = await idsOf([
    ...messages.slice(0, 3000),
    { place: 'new', position: 0, bytes: Buffer.from('Subject: new') },
    ...messages.slice(3000),
  ]);
  assert.ok(before.length > 4, `${before.length} packs`);
  const unknown = after.filter((id) => !before.includes(id));
  assert.ok(unknown.length >= 1 && unknown.length <= 3, `${unknown.length} of ${after.length} are new`);
});

test('hostile: mboxes of one large message, of quoted lines, of almost separators, take time in proportion', async () => {
  for (const text of ['a line of text\n', '\n>From ', '\n\nFrom x\n', '\n']) {
    const mbox = Buffer.concat([Buffer.from(`${ENVELOPE}\nSubject: 1\n\n`), Buffer.alloc(8 << 20, text)]);
    const found = await inTime(2000, () => all(mboxMessages(inChunks(mbox, 1 << 16), { file: 'x' })));
    assert.equal(found.length, 1, text);
  }
});

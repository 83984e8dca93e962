import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { defaultJudgeOptions, type IngestReport, ingest, rejectsFolder } from '../../../src/ingest/index.ts';
import { foreignMail } from '../../../src/ingest/mail/foreign.ts';
import { parseZone, zoneResolver } from '../../../src/mail/index.ts';
import { exportsFolder } from '../exports.ts';
import { MemoryStore } from '../memory-store.ts';

const eml = (n: number, extra = ''): string =>
  `${extra}Received: from a.example ([192.0.2.1]) by mx.contoso.example; Sat, 18 Jul 2026 14:08:5${n} +0000\nFrom: a${n}@a.example\nSubject: ${n}\n\nbody\n`;
const mbox = (...numbers: readonly number[]): string =>
  numbers.map((n) => `From a@a.example Sat Jul 18 14:08:56 2026\n${eml(n)}\n`).join('');

interface Given {
  readonly store?: MemoryStore;
  readonly stdin?: string;
  readonly trusted?: readonly string[];
  readonly rejects?: string;
}

async function take(paths: readonly string[], given: Given = {}) {
  const store = given.store ?? new MemoryStore();
  const report = await ingest(paths, {
    store,
    mail: {
      judge: { ...defaultJudgeOptions, trusted: given.trusted ?? [], now: Date.parse('2026-07-18T15:00:00Z') },
      rows: { withHeaderForm: true },
      resolver: zoneResolver(parseZone('$ORIGIN .\na.example. A 192.0.2.1\n', 'test.zone')),
      threads: 0,
    },
    reject: given.rejects === undefined ? () => {} : rejectsFolder(given.rejects, 0),
    now: () => 0,
    ...(given.stdin === undefined ? {} : { stdin: Readable.from([Buffer.from(given.stdin)]) }),
  });
  return { store, report };
}

const subjects = (store: MemoryStore) =>
  store
    .rows('EmailEvents')
    .map(({ Subject }) => String(Subject))
    .sort();
const codes = (report: IngestReport, folder: string) =>
  report.failures.map(({ file, error }) => [file.slice(folder.length + 1), error.code]);
const inFolder = (t: TestContext, files: Readonly<Record<string, string | Buffer>>) => exportsFolder(t, files);

const OLE = Buffer.from('d0cf11e0a1b11ae10000000000', 'hex');
const refused: readonly [name: string, content: Buffer, what: RegExp][] = [
  ['a.msg', OLE, /an Outlook message \(\.msg\)/],
  ['a.pst', Buffer.from('!BDN and so on'), /an Outlook data file/],
  ['a.emlx', Buffer.from('42\nReceived: from a.example\n\nbody'), /Apple Mail/],
  ['a.tar.bz2', Buffer.from('BZh91AY&SY'), /bzip2/],
  ['a.tar.xz', Buffer.from('fd377a585a000004', 'hex'), /compressed with xz/],
  ['a.7z', Buffer.from('377abcaf271c0004', 'hex'), /7-Zip/],
  ['a.rar', Buffer.from('Rar!\x1a\x07\x00'), /RAR/],
];
for (const [name, content, what] of refused) {
  test(`${name} is refused by name with what to do, and what lies beside it comes in`, async (t) => {
    const folder = inFolder(t, { [name]: content, 'b.eml': eml(1) });
    const { store, report } = await take([folder]);
    assert.deepEqual(subjects(store), ['1']);
    assert.deepEqual(codes(report, folder), [[name, 'INGEST0007']]);
    assert.match(report.failures[0]!.error.message, what);
    assert.match(report.failures[0]!.error.advice, /Outlook|readpst|Apple Mail|Unpack/);
  });
}

test('what only looks alike is none of them: an old Word file, a number before a header elsewhere', () => {
  assert.equal(foreignMail(OLE, 'letter.doc'), undefined);
  assert.equal(foreignMail(Buffer.from('42\nReceived: from a.example\n'), 'list.txt'), undefined);
  assert.equal(foreignMail(OLE, '')?.what, 'an Outlook message (.msg)');
});

test('standard input that is an Outlook message is refused by a name that people know', async () => {
  const { report } = await take(['-'], { stdin: '!BDN' });
  assert.match(report.failures[0]!.error.message, /^standard input is an Outlook data file/);
});

test('what mail programs keep beside mail is passed over, and said; a name that promises an export is not', async (t) => {
  const folder = inFolder(t, {
    'm/cur/1.M1.host:2,S': eml(1),
    'm/new/.keep': '',
    'm/dovecot-uidlist': '3 V1 N1\n',
    'm/dovecot.index.log': 'x;y\0',
    'm/subscriptions': 'Junk\n',
    'apple.mbox/mbox': mbox(2, 3),
    'apple.mbox/table_of_contents': Buffer.from([0, 1, 44, 0, 3]),
    LICENSE: 'some words\n',
    'broken.csv': 'one,two\n1,2\n',
  });
  const { store, report } = await take([folder]);
  assert.deepEqual(subjects(store), ['1', '2', '3']);
  assert.deepEqual(codes(report, folder), [['broken.csv', 'INGEST0003']]);
  assert.deepEqual(
    report.passedOver.map((file) => file.slice(folder.length + 1)),
    ['LICENSE', 'apple.mbox/table_of_contents'],
  );
  assert.deepEqual(codes((await take([join(folder, 'LICENSE')])).report, folder), [['LICENSE', 'INGEST0004']]);
});

test('what has no header is no message: set aside by name; one strange first line makes no difference', async (t) => {
  const folder = inFolder(t, {
    'a.eml': '',
    'b.eml': 'this is no mail\nat all\n',
    'c.eml': Buffer.alloc(100),
    'd.eml': `strange\n${eml(1)}`,
    'e.eml': eml(2),
  });
  const rejects = join(folder, 'rejects');
  const { store, report } = await take([folder], { rejects });
  assert.deepEqual(subjects(store), ['1', '2']);
  assert.deepEqual(
    report.rejected.map(({ file, line, reason }) => [file.slice(folder.length + 1), line, reason]),
    [
      ['a.eml', undefined, 'empty'],
      ['b.eml', undefined, 'no mail: it has no header'],
      ['c.eml', undefined, 'no mail: it has no header'],
    ],
  );
  assert.deepEqual([report.messages.taken, report.messages.rejected], [2, 3]);
  assert.equal(readdirSync(rejects).length, 6);
});

test('a byte order mark before the header hides no field', async (t) => {
  const folder = inFolder(t, { 'a.eml': `\ufeff${eml(1)}`, b: `\ufeff${eml(2)}`, 'c.mbox': `\ufeff${mbox(3, 4)}` });
  const { store, report } = await take([folder]);
  assert.deepEqual(report.failures, []);
  assert.deepEqual(subjects(store), ['1', '2', '3', '4']);
  for (const row of store.rows('EmailEvents')) assert.equal(row.SenderIPv4, '192.0.2.1');
  assert.deepEqual(subjects((await take(['-'], { stdin: `\ufeff${eml(5)}` })).store), ['5']);
});

test('a gzip that ends early: what is whole comes in, the file is named, and not as one that had come in', async (t) => {
  const noise = randomBytes(9000).toString('hex');
  const [small, large] = [gzipSync(eml(1)), gzipSync(`${mbox(1, 2)}${mbox(3)}${noise}`)];
  const folder = inFolder(t, {
    'a.mbox.gz': large.subarray(0, large.length - 12),
    b: small.subarray(0, small.length - 12),
  });
  const { report } = await take([folder]);
  assert.deepEqual(codes(report, folder).sort(), [
    ['a.mbox.gz', 'INGEST0006'],
    ['b', 'INGEST0002'],
  ]);
  assert.ok(report.failures.some(({ error }) => /its compression is damaged/.test(error.message)));
  assert.equal(report.filesAlreadyThere, 0);
});

test('messages are counted: by where their verdict comes from, and those that had come in before', async (t) => {
  const stamp = 'Authentication-Results: mx.contoso.example; spf=pass smtp.mailfrom=a.example\n';
  const folder = inFolder(t, { 'a.eml': eml(1, stamp), 'b.mbox': mbox(2, 3) });
  const store = new MemoryStore();
  const trusted = ['mx.contoso.example'];
  const { report } = await take([folder], { store, trusted });
  const { taken, verified, received, without, alreadyThere } = report.messages;
  assert.deepEqual([taken, verified, received, without, alreadyThere], [3, 2, { 'mx.contoso.example': 1 }, 0, 0]);
  writeFileSync(join(folder, 'c.eml'), eml(4));
  const again = await take([folder], { store, trusted });
  assert.equal(again.report.messages.alreadyThere, 2);
});

test('more messages set aside than files may be open, with names that no file may have', async (t) => {
  const folder = inFolder(t, {});
  const reject = rejectsFolder(join(folder, 'rejects'), 0);
  const open = () => readdirSync('/dev/fd').length;
  const before = open();
  for (let n = 0; n < 300; n++)
    reject({ file: `a.zip/${n}\n\0\u202e${'x'.repeat(400)}`, reason: 'empty' }, Buffer.from('y'), false);
  assert.ok(open() - before <= 150, `${open() - before} files are open`);
  assert.equal(readdirSync(join(folder, 'rejects')).length, 600);
});

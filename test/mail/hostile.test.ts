import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DmarcWord } from '../../src/mail/index.ts';
import { inTime } from '../in-time.ts';
import { mail, type Survived, survive, usual } from './hostile.ts';

const many = (count: number, line: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => line(at));

const withType = (type: string, body: string | Buffer, ...fields: readonly string[]): Buffer =>
  mail([...usual, `Content-Type: ${type}`, ...fields], body);
const multipart = (body: string): Buffer => withType('multipart/mixed; boundary=b', body);
const html = (body: string | Buffer): Buffer => withType('text/html', body);
const base64 = (type: string, body: string | Buffer): Buffer =>
  withType(type, body, 'Content-Transfer-Encoding: base64');
const filled = (megabytes: number, text: string): Buffer => Buffer.alloc(megabytes << 20, text, 'latin1');

const EMPTY_BODY = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const signature = `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=evil.example; s=s; h=from; bh=${EMPTY_BODY}; b=AAAA`;
const arcSet = (instance: number): string =>
  [
    `ARC-Seal: i=${instance}; a=rsa-sha256; t=1; cv=${instance === 1 ? 'none' : 'pass'}; d=evil.example; s=s; b=AAAA`,
    signature.replace('DKIM-Signature: v=1', `ARC-Message-Signature: i=${instance}`),
    `ARC-Authentication-Results: i=${instance}; mx.evil.example; dmarc=pass`,
  ].join('\r\n');
const hop = (at: number): string =>
  `Received: from a${at}.example (a [192.0.2.1]) by b${at}.example with ESMTP id 1 for <x@y.example>; Sat, 18 Jul 2026 14:08:56 +0000`;
const attachments = (count: number): string =>
  many(count, (at) => `--b\r\nContent-Disposition: attachment; filename=f${at}.bin\r\n\r\nx${at}\r\n`).join('');
const recipients = (count: number): string => `To: ${many(count, (at) => `u${at}@contoso.example`).join(',\r\n ')}`;

interface Hostile {
  readonly message: () => Buffer;
  /** The DMARC word; `none` unless told: evil.example has no record. Never pass. */
  readonly dmarc?: DmarcWord;
  /** Problems that EmailHeaders has to name. */
  readonly problems?: readonly string[];
  /** Milliseconds of processor time, megabytes of memory, millions of characters of rows; for those that may take more. */
  readonly ms?: number;
  readonly megabytes?: number;
  readonly characters?: number;
  readonly also?: (survived: Survived) => void;
}

/** Nothing takes longer, whatever it is. The machine of the tests may be slow; the usual case takes some milliseconds. */
const usualBounds = { ms: 1500, megabytes: 150, characters: 1.5e6 };

const table: Readonly<Record<string, Hostile>> = {
  'an empty file': { message: () => Buffer.alloc(0), dmarc: 'permerror', problems: ['no header', 'no From field'] },
  'no header': {
    message: () => Buffer.from('\r\nhello'),
    dmarc: 'permerror',
    problems: ['no header', 'no From field'],
  },
  'ten megabytes of NUL': { message: () => filled(10, '\0'), dmarc: 'permerror', problems: ['NUL byte in the header'] },
  'ten megabytes of carriage returns': {
    message: () => filled(10, 'a:\r'),
    dmarc: 'permerror',
    problems: ['bare carriage returns'],
  },
  'NUL in every field': {
    message: () =>
      mail(
        usual.map((field) => field.replace('e', '\0e')),
        '\0\0',
      ),
    dmarc: 'permerror',
    problems: ['NUL byte in the header', 'malformed From'],
  },
  'a header of 50 MB': {
    message: () => mail(['From: a@evil.example', `Subject: ${'x'.repeat(50 << 20)}`]),
    dmarc: 'permerror',
    problems: ['header too large', 'header cut off'],
  },
  '100,000 header fields': {
    message: () => mail(['From: a@evil.example', ...many(100_000, (at) => `X-${at}: y`)]),
    dmarc: 'permerror',
    problems: ['too many header fields', 'header cut off'],
  },
  '300,000 folds in From': {
    message: () => mail([`From: ${'\r\n '.repeat(300_000)}a@evil.example`]),
    problems: [],
  },
  '10,000 From fields': {
    message: () => mail(many(10_000, (at) => `From: a@b${at}.example`)),
    dmarc: 'permerror',
    problems: ['several From fields', 'too many mailboxes in From'],
  },
  'From with 100,000 mailboxes': {
    message: () => mail([`From: ${many(50_000, (at) => `a@b${at}.example`).join(',')}`]),
    dmarc: 'permerror',
    problems: ['too many mailboxes in From'],
  },
  ...Object.fromEntries(
    ['(', '<', '<@', '"\\', 'a:', 'a:;', '@', '@a,', 'a@b.', '\\', '[', '=?', ',', '=?utf-8?B?'].map((text) => [
      `From of a megabyte of ${text}`,
      {
        message: () => mail([`From: ${text.repeat(900_000 / text.length)}`]),
        also: ({ authentication }: Survived) => assert.match(authentication.dmarc.result, /none|permerror/),
      },
    ]),
  ),
  '10,000 Received fields': {
    message: () => mail([...usual, ...many(10_000, hop)]),
    dmarc: 'permerror',
    problems: ['too many header fields'],
  },
  '10,000 DKIM-Signature fields': {
    message: () => mail([...usual, ...many(10_000, () => signature)], ''),
    dmarc: 'permerror',
    problems: ['too many header fields'],
    also: ({ authentication: { dkim } }) => {
      assert.equal(dkim.signatures.length, 10);
      assert.ok(dkim.ignored > 1900);
    },
  },
  'a signature over 200,000 fields': {
    message: () => mail([...usual, signature.replace('h=from', `h=${'from:'.repeat(200_000)}from`)], ''),
  },
  'a signature of 200,000 tags': { message: () => mail([...usual, `DKIM-Signature: ${'a=b;'.repeat(200_000)}`]) },
  'ARC with 60 sets': {
    message: () => mail([...many(60, (at) => arcSet(at + 1)), ...usual], ''),
    also: ({ authentication: { arc } }) =>
      assert.deepEqual([arc.result, arc.reason], ['fail', 'more than 50 fields ARC-Authentication-Results']),
  },
  'ARC with 600 sets of one instance': { message: () => mail([...many(600, () => arcSet(1)), ...usual], '') },
  'Authentication-Results of a megabyte': {
    message: () => mail([`Authentication-Results: mx.contoso.example; ${'spf=pass ('.repeat(90_000)}`, ...usual]),
  },
  'a million recipients in To': {
    message: () => mail([usual[0]!, recipients(1_000_000)]),
    dmarc: 'permerror',
    problems: ['header too large'],
    characters: 8e6,
  },
  '30,000 recipients in To': {
    message: () => mail([usual[0]!, recipients(30_000)]),
    also: ({ judged }) => assert.ok(judged.recipients.length > 500 && judged.recipients.length <= 1000),
    characters: 8e6,
  },
  '500 recipients and a display name of half a megabyte': {
    message: () => mail([`From: "${'n'.repeat(500_000)}" <a@evil.example>`, recipients(500)]),
    characters: 8e6,
  },
  '500 recipients of a thousand characters each': {
    message: () => mail([usual[0]!, recipients(500).replaceAll('u', `${'u'.repeat(1000)}`)]),
    characters: 10e6,
    problems: ['not all rows of EmailEvents'],
  },
  '500 recipients and 900 attachments': {
    message: () =>
      mail([usual[0]!, recipients(500), 'Content-Type: multipart/mixed; boundary=b'], `${attachments(900)}--b--`),
    characters: 12e6,
    problems: ['not all rows of EmailAttachmentInfo'],
    also: ({ judged }) => assert.deepEqual([judged.recipients.length, judged.content.attachments.length], [500, 900]),
  },
  'a thousand nested parts': {
    message: () =>
      multipart(
        many(1000, (at) => `--b${at || ''}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`).join(''),
      ),
    problems: ['parts nested too deep'],
  },
  'a thousand messages, each in the one before': {
    message: () =>
      withType('message/rfc822', 'From: a@evil.example\r\nContent-Type: message/rfc822\r\n\r\n'.repeat(1000)),
    problems: ['messages nested too deep'],
  },
  '50,000 nested digests with one boundary': {
    message: () =>
      withType(
        'multipart/digest; boundary=b',
        '--b\r\n\r\nContent-Type: multipart/digest; boundary=b\r\n\r\n'.repeat(50_000),
      ),
    problems: ['too many parts'],
  },
  'a million empty parts': { message: () => multipart('--b\r\n\r\n'.repeat(1_000_000)), problems: ['too many parts'] },
  'ten megabytes of lines that almost are a boundary': {
    message: () => multipart('--bb\n'.repeat(2_000_000)),
    problems: ['boundary never seen'],
  },
  'a boundary of 10,000 characters': {
    message: () =>
      withType(`multipart/mixed; boundary=${'b'.repeat(10_000)}`, `--${'b'.repeat(10_000)}\r\n\r\nhi\r\n`.repeat(1000)),
  },
  '60,000 pieces of one parameter': {
    message: () => withType(`text/plain;${many(60_000, (at) => ` name*${at}=a;`).join('')}`, ''),
  },
  'a thousand file names of 60,000 characters': {
    message: () => multipart(attachments(1000).replaceAll('filename=', `filename=${'f'.repeat(60_000)}`)),
    megabytes: 250,
    characters: 10e6,
  },
  'base64 of 50 MB': { message: () => base64('application/pdf', filled(50, 'QUJD')), megabytes: 250 },
  'base64 text of 50 MB': { message: () => base64('text/plain', filled(50, 'QUJD')), megabytes: 250 },
  'base64 of 20 MB of padding': { message: () => base64('text/html', filled(20, '=\n')) },
  'quoted-printable of 50 MB': {
    message: () => withType('text/plain', filled(50, '=3D=\r\n'), 'Content-Transfer-Encoding: quoted-printable'),
    megabytes: 250,
  },
  ...Object.fromEntries(
    ['utf-7', 'utf-16', 'utf-16be', 'x-made-up', 'iso-2022-jp', 'gb18030', '\0', 'x'.repeat(60_000), 'replacement'].map(
      (charset) => [
        `charset ${JSON.stringify(charset.slice(0, 12))} over bytes that are not of it`,
        { message: () => withType(`text/html; charset="${charset}"`, `+AGE-\xff\xfe\xd8\0\x1b$B${'odd'.repeat(101)}`) },
      ],
    ),
  ),
  '50,000 encoded words': {
    message: () => mail([...usual.slice(0, 2), `Subject: ${'=?utf-8?B?YQ==?=\r\n '.repeat(50_000)}`]),
  },
  '170,000 encoded words that do not end': {
    message: () => mail([...usual.slice(0, 2), `Subject: ${'=?a?q?'.repeat(150_000)}`]),
  },
  '100,000 URLs': {
    message: () =>
      html(many(100_000, (at) => `<a href="https://h${at}.example/p">https://o${at}.example</a>\r\n`).join('')),
    problems: ['too many URLs'],
    also: ({ judged }) => assert.equal(judged.content.urls.length, 500),
  },
  ...Object.fromEntries(
    ['<', '<a ', '<!--', '<style>', "<a href='", '&#x', '<a href=x>', '<a href="javascript:', '\0'].map((text) => [
      `HTML of ten megabytes of ${text}`,
      { message: () => html(filled(10, text)) },
    ]),
  ),
  ...Object.fromEntries(
    ['a.', 'www.', 'http://', 'hxxp[:]//', 'a[.]', 'a(dot)', 'a@', 'http://x.example/(', 'xn--'].map((text) => [
      `text of ten megabytes of ${text}`,
      { message: () => mail(usual, filled(10, text)) },
    ]),
  ),
  'an href of 5 MB': {
    message: () => html(`<a href="https://x.example/${'a'.repeat(5 << 20)}">x</a>`),
    problems: ['text too long'],
  },
  '2,000 links, each nine times in a link rewriter': {
    message: () => {
      let url = 'https://evil.example/';
      for (let times = 0; times < 9; times++)
        url = `https://eu.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}`;
      return mail(usual, `${url}\r\n`.repeat(2000));
    },
  },
  'a picture of 10 MB in a data: URL': {
    message: () => html(`<img src="data:image/png;base64,${'A'.repeat(10 << 20)}">`),
  },
};

for (const [name, { message, dmarc, problems = [], also, ...bounds }] of Object.entries(table)) {
  test(`hostile: ${name}`, async () => {
    const { ms, megabytes, characters } = { ...usualBounds, ...bounds };
    const bytes = message();
    const survived = await inTime(ms, () => survive(bytes));
    const { authentication, cost } = survived;
    if (dmarc !== undefined || also === undefined) assert.equal(authentication.dmarc.result, dmarc ?? 'none');
    for (const problem of problems) assert.ok(survived.problems.includes(problem), `${problem}: ${survived.problems}`);
    also?.(survived);
    assert.ok(cost.megabytes < megabytes, `${cost.megabytes} MB`);
    assert.ok(survived.characters < characters, `${survived.rows} rows, ${survived.characters} characters`);
  });
}

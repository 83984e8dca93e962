import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Domain } from '../../../src/lab/kernel/domain.ts';
import { internetOf } from '../../../src/lab/kernel/internet.ts';
import type { Letter } from '../../../src/lab/kernel/letter.ts';
import { post } from '../../../src/lab/kernel/post.ts';
import { fieldsNamed, readMessage } from '../../../src/mail/index.ts';

const now = Date.parse('2026-09-16T14:37:21Z');

const bank: Domain = {
  name: 'bank.example',
  spf: 'v=spf1 ip4:192.0.2.13 -all',
  dkim: [{ selector: 's1', kind: 'ed25519' }],
  hosts: { 'mail.bank.example': '192.0.2.13' },
};

const plain: Letter = {
  from: 'Ada <ada@bank.example>',
  to: ['berta@receiver.example'],
  subject: 'Réunion',
  text: 'Bonjour\nà tous',
  handOver: { ip: '192.0.2.13', helo: 'mail.bank.example', mailFrom: 'ada@bank.example' },
};

const sent = (letter: Partial<Letter>, { seed = 1, name = 'one', at = now } = {}) =>
  post({ ...plain, ...letter }, { internet: internetOf([bank], { seed }), name, at });

const textOf = async (letter: Partial<Letter>): Promise<string> => (await sent(letter)).bytes.toString();

describe('a letter as its receiver has it', () => {
  it('is a whole message: trace fields on top, the author’s below, CRLF only', async () => {
    const { bytes } = await sent({});
    assert.equal(
      bytes
        .toString()
        .replace(/<[0-9a-f]{24}@/, '<ID@')
        .replace(/id [0-9a-f]{12}/, 'id ID'),
      [
        'Return-Path: <ada@bank.example>',
        'Received: from mail.bank.example (mail.bank.example [192.0.2.13])',
        ' by mx.receiver.example with ESMTPS id ID',
        ' for <berta@receiver.example>; Wed, 16 Sep 2026 14:37:21 +0000',
        'From: Ada <ada@bank.example>',
        'To: berta@receiver.example',
        'Subject: =?utf-8?B?UsOpdW5pb24=?=',
        'Date: Wed, 16 Sep 2026 14:36:21 +0000',
        'Message-ID: <ID@bank.example>',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        'Bonjour',
        'à tous',
        '',
      ].join('\r\n'),
    );
    assert.deepEqual(readMessage(bytes).defects, []);
  });

  it('comes with the transaction that the receiver saw', async () => {
    assert.deepEqual((await sent({})).transaction, {
      ip: '192.0.2.13',
      helo: 'mail.bank.example',
      mailFrom: 'ada@bank.example',
      recipients: ['berta@receiver.example'],
      known: 'given',
      receivedAt: now,
    });
  });

  it('names no recipient in Received where there are several, and no host where DNS knows none', async () => {
    const text = await textOf({
      recipients: ['berta@receiver.example', 'carl@receiver.example'],
      handOver: { ip: '2001:db8::66', helo: 'liar.example', mailFrom: '' },
    });
    assert.match(text, /^Return-Path: <>\r\n/);
    assert.match(
      text,
      /from liar\.example \(unknown \[IPv6:2001:db8::66\]\)\r\n by mx\.receiver\.example with ESMTPS id \w+; /,
    );
  });

  it('has as many From fields as it was given, byte by byte', async () => {
    const { bytes } = await sent({ from: ['A <a@bank.example>', 'Zoë ,_<b@bank.example>'] });
    assert.deepEqual(
      fieldsNamed(readMessage(bytes), 'from').map(({ value }) => Buffer.from(value, 'latin1').toString()),
      [' A <a@bank.example>', ' Zoë ,_<b@bank.example>'],
    );
  });

  it('holds text, HTML and files as parts (RFC 2046)', async () => {
    const content = Buffer.from(Array.from({ length: 120 }, (_, i) => i));
    const text = await textOf({
      html: '<p>Bonjour</p>',
      attachments: [
        { name: 'invoice.pdf', type: 'application/pdf', content },
        { name: 'reçu.pdf', type: 'application/pdf', content: Buffer.from('x') },
      ],
    });
    const [outer, inner] = [...text.matchAll(/boundary="([^"]+)"/g)].map((match) => match[1]!);
    assert.notEqual(outer, inner);
    assert.equal(text.split(`--${outer}\r\n`).length, 4);
    assert.ok(text.endsWith(`--${outer}--\r\n`));
    assert.equal(text.split(`--${inner}\r\n`).length, 3);
    const encoded = /filename="invoice\.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n([^-]+)/.exec(text)![1]!;
    assert.ok(
      encoded
        .trimEnd()
        .split('\r\n')
        .every((line) => line.length <= 76),
    );
    assert.deepEqual(Buffer.from(encoded, 'base64'), content);
    assert.ok(text.includes("filename*=utf-8''re%C3%A7u.pdf"));
  });

  it('is the same for the same seed, name and time, and another for each other', async () => {
    const text = async (arrival = {}): Promise<string> => (await sent({}, arrival)).bytes.toString();
    const one = await text();
    assert.equal(await text(), one);
    for (const other of [{ seed: 2 }, { name: 'two' }, { at: now + 1000 }]) assert.notEqual(await text(other), one);
  });
});

describe('what happens to a letter on its way', () => {
  it('is done in order: a relay’s Received stands below the receiver’s and is earlier', async () => {
    const text = await textOf({
      journey: [
        { do: 'relay', by: 'a.example', ip: '192.0.2.13', helo: 'one.example', mailFrom: 'ada@bank.example' },
        { do: 'relay', by: 'b.example', ip: '192.0.2.14', helo: 'two.example', mailFrom: 'ada@bank.example' },
      ],
    });
    const hops = [...text.matchAll(/by ([a-z.]+) with[^;]+; .*?(\d\d:\d\d:\d\d)/g)].map((hop) => [hop[1], hop[2]]);
    assert.deepEqual(hops, [
      ['mx.receiver.example', '14:37:21'],
      ['b.example', '14:37:19'],
      ['a.example', '14:37:17'],
    ]);
  });

  it('a footer stands behind the body, an alteration in it, a field on top or in its old place', async () => {
    const text = await textOf({
      journey: [
        { do: 'footer', text: '-- \nlist\n' },
        { do: 'alter', find: 'Bonjour', put: 'Salut $&' },
        { do: 'field', name: 'List-Id', value: '<l.example>' },
        { do: 'field', name: 'subject', value: '[l] Réunion' },
      ],
    });
    assert.ok(text.endsWith('\r\n\r\nSalut $&\r\nà tous\r\n-- \r\nlist\r\n'));
    assert.ok(text.includes('+0000\r\nList-Id: <l.example>\r\nFrom: '));
    assert.equal(text.match(/^subject:/gim)!.length, 1);
  });

  it('an alteration that finds nothing is a mistake in the description', async () => {
    await assert.rejects(sent({ journey: [{ do: 'alter', find: 'Guten Tag', put: '' }] }), /does not hold "Guten Tag"/);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transaction } from '../../../src/mail/message/hop.ts';
import { recipientLimit, transactionOf } from '../../../src/mail/message/transaction.ts';
import { messageOf } from './messages.ts';

const date = 'Sat, 18 Jul 2026 14:08:56 +0000';
const time = Date.UTC(2026, 6, 18, 14, 8, 56);
const received = (text: string): string => `Received: ${text}; ${date}`;

const border = received('from real.example (real.example [192.0.2.7]) by mx.example.com (Postfix) with ESMTP id 1');
const inside = received(
  'from mx.example.com (mx.example.com [10.0.0.1]) by imap.example.com (Postfix) with ESMTP id 2',
);
const forged = received('from good.example (good.example [198.51.100.1]) by mx.example.com (Postfix) with ESMTP id 0');
const sent = ['From: a@real.example', 'To: b@example.com'];

const seen = (lines: readonly string[], trusted: readonly string[] = ['example.com']): Transaction =>
  transactionOf(messageOf(...lines), { trusted, acceptedDomains: ['example.com'] });
const client = (lines: readonly string[], trusted?: readonly string[]): readonly (string | undefined)[] => {
  const { known, ip, helo } = seen(lines, trusted);
  return [known, ip, helo];
};

const real = ['trusted', '192.0.2.7', 'real.example'];
const nobody = ['unknown', undefined, undefined];

interface Walk {
  readonly lines: readonly string[];
  readonly trusted?: readonly string[];
  readonly client: readonly (string | undefined)[];
}

const walks: Readonly<Record<string, Walk>> = {
  'one trusted hop': { lines: [border], client: real },
  'a relay inside with a private address': { lines: [inside, border], client: real },
  'a forged hop below the border': { lines: [inside, border, forged], client: real },
  'a forged hop by the same host right below the border': { lines: [border, forged], client: real },
  'a client that calls itself one of ours': {
    lines: [
      received('from imap.example.com (unknown [192.0.2.7]) by mx.example.com (Postfix) with ESMTP id 1'),
      forged,
    ],
    client: ['trusted', '192.0.2.7', 'imap.example.com'],
  },
  'a client whose reverse name does not lead back': {
    lines: [
      received('from x (mx.example.com [192.0.2.7] (may be forged)) by mx.example.com (8.1/8.1) with ESMTP'),
      forged,
    ],
    client: ['trusted', '192.0.2.7', 'x'],
  },
  'a client whose reverse name nobody checked': {
    lines: [received('from mx.example.com (HELO x) (192.0.2.7) by mx.example.com with SMTP'), forged],
    client: ['trusted', '192.0.2.7', 'x'],
  },
  'a client that gives a private address as its name': {
    lines: [received('from [10.0.0.1] (unknown [192.0.2.7]) by mx.example.com (Postfix) with ESMTP id 1'), forged],
    client: ['trusted', '192.0.2.7', '[10.0.0.1]'],
  },
  'a receiver that does not tell the address': {
    lines: [received('from x by mx.example.com with SMTP'), forged],
    client: nobody,
  },
  'a receiver that shows two addresses': {
    lines: [received('from x (y [10.0.0.1]) (unknown [192.0.2.7]) by mx.example.com (Postfix) with ESMTP'), forged],
    client: nobody,
  },
  'a name that only ends like a trusted one': {
    lines: [border.replace('mx.example.com', 'mx.badexample.com'), forged],
    client: ['assumed', '192.0.2.7', 'real.example'],
  },
  'a hop that somebody else wrote on top': {
    lines: [received('from a (b [203.0.113.9]) by mx.other.example with SMTP'), forged],
    client: ['assumed', '203.0.113.9', 'a'],
  },
  'a relay inside with a public address and a checked name': {
    lines: [received('from x (mx.example.com [203.0.113.9]) by imap.example.com (Postfix) with ESMTP id 2'), border],
    client: real,
  },
  'a relay that is trusted by address': {
    lines: [received('from x (unknown [203.0.113.9]) by imap.example.com (Postfix) with ESMTP id 2'), border],
    trusted: ['example.com', '203.0.113.8/29'],
    client: real,
  },
  'a relay that is not': {
    lines: [received('from x (unknown [203.0.113.16]) by imap.example.com (Postfix) with ESMTP id 2'), border],
    trusted: ['example.com', '203.0.113.8/29'],
    client: ['trusted', '203.0.113.16', 'x'],
  },
  'filters on the same machine': {
    lines: [
      received('from localhost (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP id 3'),
      received(
        'from mx.example.com ([127.0.0.1]) by localhost (mx.example.com [127.0.0.1]) (amavis, port 10032) with ESMTP id 2',
      ),
      border,
      forged,
    ],
    client: real,
  },
  'delivery by LMTP': {
    lines: [received('from mx.example.com by imap.example.com with LMTP id 9'), border],
    client: real,
  },
  'steps of Gmail': {
    lines: [
      received('by 2002:a05:6504:1c8:b0:1f6:5e0e:297f with SMTP id z66csp'),
      received('from real.example (real.example. [192.0.2.7]) by mx.google.com with ESMTPS id 1'),
      forged,
    ],
    trusted: ['google.com'],
    client: real,
  },
  'steps of Yahoo': {
    lines: [
      received('from 10.222.142.150 by atlas209.yahoo.com pod-id NONE with HTTPS'),
      received('from 192.0.2.7 (EHLO real.example) by 10.222.142.150 with SMTPs'),
      forged,
    ],
    trusted: ['yahoo.com'],
    client: real,
  },
  'steps of qmail': {
    lines: [
      'Received: (qmail 1 invoked from network); 18 Jul 2026 14:08:56 -0000',
      received('from unknown (HELO real.example) (192.0.2.7) by mx.example.com with SMTP'),
    ],
    client: real,
  },
  'a local step alone, which anybody can write': {
    lines: [
      received('by 10.0.0.1 with SMTP id 1'),
      received('from a (b [203.0.113.9]) by mx.other.example with SMTP'),
      border,
    ],
    client: ['assumed', '203.0.113.9', 'a'],
  },
  'a message that began on our own machine': {
    lines: [received('by mx.example.com (Postfix, from userid 33) id 1'), border],
    client: nobody,
  },
  'a message that began on our own machine, which calls itself localhost': {
    lines: [inside, received('by localhost (Postfix, from userid 33) id 1'), border],
    client: nobody,
  },
  'a filter that does not tell its client': {
    lines: [inside, received('from x by localhost with SMTP'), border],
    client: nobody,
  },
  'a host that goes by a public address': {
    lines: [received('by 203.0.113.9 with SMTP id 1'), border],
    client: ['assumed', '192.0.2.7', 'real.example'],
  },
  'a host that goes by a public address and is trusted by it': {
    lines: [received('from real.example (unknown [192.0.2.7]) by 203.0.113.9 with SMTP id 1'), forged],
    trusted: ['203.0.113.8/29'],
    client: real,
  },
  'a message that qmail had from a user': {
    lines: [
      received('from localhost (localhost [127.0.0.1]) by mx.example.com (Postfix) with ESMTP id 3'),
      'Received: (qmail 1 invoked by uid 33); 18 Jul 2026 14:08:56 -0000',
      border,
    ],
    client: nobody,
  },
  'nothing trusted': { lines: [inside, border], trusted: [], client: ['assumed', '192.0.2.7', 'real.example'] },
  'no Received at all': { lines: [], client: nobody },
  'private clients only': { lines: [inside], trusted: [], client: nobody },
};

for (const [name, { lines, trusted, client: expected }] of Object.entries(walks)) {
  test(`RFC 5321 section 4.4, the border: ${name}`, () =>
    assert.deepEqual(client([...lines, ...sent], trusted), expected));
}

const microsoft = {
  mailbox: received('from A.namprd19.prod.outlook.com (::1) by B.namprd19.prod.outlook.com with HTTPS'),
  hub: received(
    'from C.namprd03.prod.outlook.com (2603:10b6:408:e6::28) by A.namprd19.prod.outlook.com (2603:10b6:806:317::17) with Microsoft SMTP Server',
  ),
  front: received(
    'from D.eop-nam11.prod.protection.outlook.com (2603:10b6:408:e6:cafe::23) by C.outlook.office365.com (2603:10b6:408:e6::28) with Microsoft SMTP Server',
  ),
  border: received(
    'from real.example (192.0.2.7) by D.mail.protection.outlook.com (10.13.1.2) with Microsoft SMTP Server',
  ),
};
const stamp = 'Authentication-Results: spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=real.example; dkim=none';
const tenant =
  'from E.outbound.protection.outlook.com (ADDRESS) by D.mail.protection.outlook.com (10.13.1.2) with Microsoft SMTP Server';
const { mailbox, hub, front } = microsoft;

const byMicrosoft: Readonly<Record<string, Walk>> = {
  'down to the border': { lines: [mailbox, hub, front, microsoft.border, forged], client: real },
  'the border alone': { lines: [microsoft.border], client: real },
  'another tenant is outside, whatever its name': {
    lines: [mailbox, hub, front, received(tenant.replace('ADDRESS', '40.107.1.2')), microsoft.border],
    client: ['trusted', '40.107.1.2', 'E.outbound.protection.outlook.com'],
  },
  'another tenant by IPv6': {
    lines: [mailbox, hub, front, received(tenant.replace('ADDRESS', '2a01:111:f403:c201::3')), microsoft.border],
    client: ['trusted', '2a01:111:f403:c201::3', 'E.outbound.protection.outlook.com'],
  },
  'a front door that speaks to the inside from those addresses': {
    lines: [mailbox, front.replace('2603:10b6:408:e6:cafe::23', '2a01:111:f400:7e1f::206'), microsoft.border, forged],
    client: real,
  },
  'a sender that calls itself one of Microsoft': {
    lines: [
      microsoft.border.replace('real.example', 'x.prod.outlook.com'),
      microsoft.border.replace('192.0.2.7', '198.51.100.1'),
    ],
    client: ['trusted', '192.0.2.7', 'x.prod.outlook.com'],
  },
  'a mailbox in which the message was put together': {
    lines: [
      mailbox,
      received('from A.prod.outlook.com ([fe80::1]) by A.prod.outlook.com ([fe80::1%6]) with mapi id 15'),
      microsoft.border,
    ],
    client: nobody,
  },
  'a host named like Microsoft': {
    lines: [microsoft.border.replace('D.mail.protection.outlook.com', 'mail.protection.outlook.com.evil.test'), forged],
    client: ['assumed', '192.0.2.7', 'real.example'],
  },
};

for (const [name, { lines, client: expected }] of Object.entries(byMicrosoft)) {
  test(`Microsoft 365: ${name}`, () => assert.deepEqual(client([...lines, ...sent], ['microsoft']), expected));
}

test('Microsoft 365 without trust: its own hops are no clients', () => {
  assert.deepEqual(client([mailbox, hub, front, microsoft.border], []), ['assumed', '192.0.2.7', 'real.example']);
});

interface Envelope {
  readonly lines: readonly string[];
  readonly trusted?: readonly string[];
  readonly mailFrom: string | undefined;
}

const envelopes: Readonly<Record<string, Envelope>> = {
  'Return-Path above the border': { lines: ['Return-Path: <a@real.example>', border], mailFrom: 'a@real.example' },
  'the null sender': { lines: ['Return-Path: <>', border], mailFrom: '' },
  'a forged Return-Path below': { lines: [border, 'Return-Path: <ceo@contoso.test>'], mailFrom: undefined },
  'one above and a forged one below': {
    lines: ['Return-Path: <a@real.example>', border, 'Return-Path: <ceo@contoso.test>'],
    mailFrom: 'a@real.example',
  },
  'envelope-from of the border': {
    lines: [
      received('from a ([192.0.2.7]) by mx.example.com with esmtp (Exim 4.97) (envelope-from <a@real.example>) id 1'),
      'Return-Path: <ceo@contoso.test>',
    ],
    mailFrom: 'a@real.example',
  },
  'Received-SPF above the border': {
    lines: ['Received-SPF: pass (mx.example.com: ok) client-ip=192.0.2.7; envelope-from="a@real.example";', border],
    mailFrom: 'a@real.example',
  },
  'a forged Received-SPF below': {
    lines: [border, 'Received-SPF: pass envelope-from="ceo@contoso.test";'],
    mailFrom: undefined,
  },
  'nothing trusted: the topmost Return-Path': {
    lines: [border, 'Return-Path: <a@real.example>', 'Return-Path: <b@real.example>'],
    trusted: [],
    mailFrom: 'a@real.example',
  },
  'Microsoft: below what was sent': {
    lines: [stamp, microsoft.border, 'Return-Path: <ceo@contoso.test>', 'Return-Path: a@real.example'],
    trusted: ['microsoft'],
    mailFrom: 'a@real.example',
  },
  'Microsoft: one that the stamp does not know': {
    lines: [stamp, microsoft.border, 'Return-Path: <ceo@contoso.test>'],
    trusted: ['microsoft'],
    mailFrom: undefined,
  },
  'Microsoft: a stamp that the sender wrote': {
    lines: [microsoft.border, stamp, 'Return-Path: a@real.example'],
    trusted: ['microsoft'],
    mailFrom: undefined,
  },
  'Microsoft: the null sender': {
    lines: [stamp.replace('smtp.mailfrom', 'smtp.helo'), microsoft.border, 'Return-Path: <>'],
    trusted: ['microsoft'],
    mailFrom: '',
  },
  'Microsoft: the null sender, without a stamp': {
    lines: [microsoft.border, 'Return-Path: <>'],
    trusted: ['microsoft'],
    mailFrom: undefined,
  },
  'Microsoft: the null sender, forged': {
    lines: [stamp, microsoft.border, 'Return-Path: <>'],
    trusted: ['microsoft'],
    mailFrom: undefined,
  },
  'no Return-Path': { lines: [border], mailFrom: undefined },
};

for (const [name, { lines, trusted, mailFrom }] of Object.entries(envelopes)) {
  test(`RFC 5321 section 4.4, the envelope sender: ${name}`, () => {
    assert.equal(seen([...lines, ...sent], trusted).mailFrom, mailFrom);
  });
}

const recipients: Readonly<
  Record<string, readonly [lines: readonly string[], addresses: readonly string[], trusted?: readonly string[]]>
> = {
  'Delivered-To and X-Original-To, each once': [
    ['Delivered-To: b@example.com', 'X-Original-To: B@example.com', 'Delivered-To: c@example.com', border],
    ['B@example.com', 'c@example.com'],
  ],
  'the for of trusted hops': [[border.replace('; ', ' for <d@example.com>; ')], ['d@example.com']],
  'a forged Delivered-To, and the for of a forged hop': [
    [
      border.replace('; ', ' for <d@example.com>; '),
      'Delivered-To: ceo@example.com',
      forged.replace('; ', ' for <x@example.com>; '),
    ],
    ['d@example.com'],
  ],
  'To and Cc in accepted domains': [
    [border, 'To: b@example.com, x@other.example', 'Cc: C <c@EXAMPLE.com>, y@sub.example.com'],
    ['b@example.com', 'c@EXAMPLE.com'],
  ],
  'no Received at all': [['Delivered-To: b@example.com'], ['b@example.com']],
  nobody: [[border], []],
};

for (const [name, [lines, addresses, trusted]] of Object.entries(recipients)) {
  test(`the recipients: ${name}`, () => assert.deepEqual(seen(lines, trusted).recipients, addresses));
}

test('recipients are capped, however many are named', () => {
  const many = Array.from({ length: 20_000 }, (_, n) => `u${n}@example.com`).join(',');
  assert.equal(seen([border, `To: ${many}`]).recipients.length, recipientLimit);
});

test('what the caller gives goes first, and the HELO of another client is not taken with it', () => {
  const message = messageOf('Return-Path: <a@real.example>', border, ...sent);
  const given = (options: object): Transaction =>
    transactionOf(message, { trusted: ['example.com'], acceptedDomains: [], given: options });
  assert.deepEqual(given({ ip: '[IPv6:2001:DB8::1]' }), {
    ip: '2001:db8::1',
    mailFrom: 'a@real.example',
    recipients: [],
    known: 'given',
    receivedAt: time,
  });
  assert.equal(given({ ip: '192.0.2.7' }).helo, 'real.example');
  assert.deepEqual(given({ helo: 'x', mailFrom: '' }), {
    ip: '192.0.2.7',
    helo: 'x',
    mailFrom: '',
    recipients: [],
    known: 'trusted',
    began: 'outside',
    receivedAt: time,
  });
});

test('the time is that of the border, else of the topmost hop', () => {
  const late = inside.replace('14:08:56', '15:00:00');
  assert.equal(seen([late, border]).receivedAt, time);
  assert.equal(seen([late], []).receivedAt, Date.UTC(2026, 6, 18, 15));
  assert.equal(seen([]).receivedAt, undefined);
});

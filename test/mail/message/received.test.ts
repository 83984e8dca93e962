import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hop } from '../../../src/mail/message/hop.ts';
import { hopOf, hopsOf } from '../../../src/mail/message/received.ts';
import { inTime } from '../../in-time.ts';
import { fieldOf, messageOf } from './messages.ts';

const at = Date.UTC(2026, 6, 18, 14, 8, 56);
const date = 'Sat, 18 Jul 2026 14:08:56 +0000';
const [helo, ip, by] = ['mx.example.net', '192.0.2.7', 'in.example.com'];

const dialects: Readonly<Record<string, readonly [value: string, hop: Hop]>> = {
  'Microsoft 365': [
    `from ${helo} (${ip}) by IN.example.com (10.1.2.3) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20 via Frontend Transport; ${date}`,
    { helo, ip, by, with: 'Microsoft SMTP Server' },
  ],
  'Microsoft 365, inside': [
    `from a.example (::1) by ${by} with HTTPS; ${date}`,
    { helo: 'a.example', ip: '::1', by, with: 'HTTPS' },
  ],
  'Exchange, MAPI': [
    `from a.example ([fe80::56f3:5435:9a39:ebe2]) by ${by} ([fe80::1%6]) with mapi id 15; ${date}`,
    { helo: 'a.example', ip: 'fe80::56f3:5435:9a39:ebe2', by, with: 'mapi' },
  ],
  Postfix: [
    `from client (${helo} [${ip}]) (using TLSv1.3 with cipher X (256/256 bits)) (No client certificate requested) by ${by} (Postfix) with ESMTPS id 4Q for <a@example.com>; ${date} (CEST)`,
    { helo: 'client', ip, reverse: helo, by, with: 'ESMTPS', for: 'a@example.com' },
  ],
  'Postfix, no name': [
    `from client (unknown [${ip}]) by ${by} (Postfix) with ESMTP id 4Q; ${date}`,
    { helo: 'client', ip, by, with: 'ESMTP' },
  ],
  'Postfix, IPv6': [
    `from client (unknown [IPv6:2001:DB8::7]) by ${by} (Postfix) with ESMTP id 4Q; ${date}`,
    { helo: 'client', ip: '2001:db8::7', by, with: 'ESMTP' },
  ],
  'Postfix, own machine': [`by ${by} (Postfix, from userid 0) id 4Q; ${date}`, { by }],
  Sendmail: [
    `from client (${helo} [${ip}]) by ${by} (8.16.1/8.16.1) with ESMTP id 2A for <a@example.com>; ${date} (JST) (envelope-from b@example.net)`,
    { helo: 'client', ip, reverse: helo, by, with: 'ESMTP', for: 'a@example.com', envelopeFrom: 'b@example.net' },
  ],
  'Sendmail, a name that does not lead back': [
    `from client (${helo} [${ip}] (may be forged)) by ${by} with ESMTP; ${date}`,
    { helo: 'client', ip, by, with: 'ESMTP' },
  ],
  Exim: [
    `from ${helo} ([${ip}]:49914 helo=client) by ${by} with esmtpsa (TLS1.2) tls TLS_X (Exim 4.97.1) (envelope-from <b@example.net>) id 1s-0 for a@example.com; ${date}`,
    {
      helo: 'client',
      ip,
      reverse: helo,
      by,
      with: 'esmtpsa tls TLS_X',
      for: 'a@example.com',
      envelopeFrom: 'b@example.net',
    },
  ],
  'Exim, no name': [
    `from [${ip}] (port=59605 helo=[10.0.0.9]) by ${by} with esmtpsa (Exim 4.96) id 1q; ${date}`,
    { helo: '[10.0.0.9]', ip, by, with: 'esmtpsa' },
  ],
  'Exim, no name and no other HELO': [
    `from [${ip}] by ${by} with esmtp (Exim 4.96) id 1q; ${date}`,
    { helo: `[${ip}]`, ip, by, with: 'esmtp' },
  ],
  Gmail: [
    `from ${helo} (${helo}. [${ip}]) by ${by} with ESMTPS id 23-2 for <a@example.com> (version=TLS1_2 cipher=X bits=128/128); ${date}`,
    { helo, ip, reverse: helo, by, with: 'ESMTPS', for: 'a@example.com' },
  ],
  'Gmail, inside': [
    `by 2002:a05:6504:1c8:b0:1f6:5e0e:297f with SMTP id z66csp; ${date}`,
    { by: '2002:a05:6504:1c8:b0:1f6:5e0e:297f', with: 'SMTP' },
  ],
  qmail: [
    `from unknown (HELO client) (${ip}) by ${by} with SMTP; 18 Jul 2026 14:08:56 -0000`,
    { helo: 'client', ip, by, with: 'SMTP' },
  ],
  'qmail, RFC 1413': [
    `from ${helo} (HELO client) (joe@x@${ip}) by ${by} with SMTP; ${date}`,
    { helo: 'client', ip, by, with: 'SMTP' },
  ],
  'qmail, a step inside': [`(qmail 20975 invoked by uid 0); ${date}`, {}],
  Zoho: [`from [${ip}] (${ip} [${ip}]) by ${by} with SMTPS id 17; ${date}`, { helo: `[${ip}]`, ip, by, with: 'SMTPS' }],
  Yahoo: [
    `from ${ip} (EHLO client) by 10.222.142.150 with SMTPs (version=TLS1_3); ${date}`,
    { helo: 'client', ip, by: '10.222.142.150', with: 'SMTPs' },
  ],
  'Yahoo, inside': [
    `from 10.222.142.150 by ${by} pod-id NONE with HTTPS; ${date}`,
    { helo: '10.222.142.150', ip: '10.222.142.150', by, with: 'HTTPS' },
  ],
  CommuniGate: [
    `from [${ip}] (account joe@example.net HELO client) by ${by} (CommuniGate Pro SMTP 6.3) with ESMTPSA id 1; ${date}`,
    { helo: 'client', ip, by, with: 'ESMTPSA' },
  ],
  'a second address in HELO, before the comment of the receiver': [
    `from ${helo} [198.51.100.9] (unknown [${ip}]) by ${by} with ESMTP; ${date}`,
    { helo, ip, by, with: 'ESMTP' },
  ],
  'no brackets about it': [`from ${helo} [${ip}] by ${by} with ESMTP; ${date}`, { helo, ip, by, with: 'ESMTP' }],
  'blanks in the recipient': [
    `from a (${ip}) by ${by} for <"b with c"@example.com>; ${date}`,
    { helo: 'a', ip, by, for: '"b with c"@example.com' },
  ],
  'the same address twice': [`from a (b [${ip}]) (${ip}) by ${by}; ${date}`, { helo: 'a', ip, reverse: 'b', by }],
};

for (const [name, [value, hop]] of Object.entries(dialects)) {
  test(`RFC 5321 section 4.4, ${name}`, () => {
    assert.deepEqual(hopOf(fieldOf(`Received: ${value}`)), { ...hop, at });
  });
}

/** What a client says of itself, with the address that it would like to have: 198.51.100.1. */
const lies: Readonly<Record<string, string>> = {
  'an address literal as HELO': `from [198.51.100.1] (unknown [${ip}]) by ${by} with ESMTP; ${date}`,
  'an address as HELO, qmail': `from unknown (HELO [198.51.100.1]) (${ip}) by ${by} with SMTP; ${date}`,
  'an address as HELO, Exim': `from ${helo} ([${ip}] helo=[198.51.100.1]) by ${by} with esmtp (Exim 4.97) id 1s; ${date}`,
  'in a certificate': `from a (b [${ip}]) (Client CN "x [198.51.100.1]", Issuer "y") by ${by} (Postfix); ${date}`,
  'as a log-in': `from a (b [${ip}]) (Authenticated sender: 198.51.100.1) by ${by} (Postfix); ${date}`,
  'in the id': `from a (b [${ip}]) by ${by} (Postfix) id ([198.51.100.1]); ${date}`,
  'for a recipient': `from a (${ip}) by ${by} for <"x ([198.51.100.1]) by evil.test"@example.com>; ${date}`,
  'a keyword as HELO': `from by (${ip}) by ${by} with SMTP; ${date}`,
};

for (const [name, value] of Object.entries(lies)) {
  test(`the client's own words are not its address: ${name}`, () => {
    const hop = hopOf(fieldOf(`Received: ${value}`));
    assert.deepEqual([hop.ip, hop.by], [ip, by]);
  });
}

const unknown: Readonly<Record<string, string>> = {
  'a HELO that looks like what a receiver adds': `from x (a [198.51.100.1]) (unknown [${ip}]) by ${by} (Postfix); ${date}`,
  'two addresses, beside one in the place of the name': `from [198.51.100.1] (a [10.0.0.1]) (b [${ip}]) by ${by} (Exim 4.97); ${date}`,
  'HELO alone': `from [198.51.100.1] by ${by} with SMTP; ${date}`,
  'no address': `from a (unknown) by ${by} with ESMTP; ${date}`,
  'no valid address': `from a (b [192.0.2.777]) by ${by} with ESMTP; ${date}`,
  nothing: '',
};

for (const [name, value] of Object.entries(unknown)) {
  test(`no address rather than the wrong one: ${name}`, () => {
    assert.equal(hopOf(fieldOf(`Received: ${value}`)).ip, undefined);
  });
}

test('a field without a date has no time, and one in a comment is none', () => {
  assert.equal(hopOf(fieldOf(`Received: from a (${ip}) by ${by}`)).at, undefined);
  assert.equal(hopOf(fieldOf(`Received: from a (${ip}; ${date}) by ${by}`)).at, undefined);
});

test('hops come from the top', () => {
  const message = messageOf('Received: by a.example; x', 'Subject: x', 'Received: by b.example; x');
  assert.deepEqual(
    hopsOf(message).map((hop) => hop.by),
    ['a.example', 'b.example'],
  );
});

for (const bomb of ['(', ')', 'a ', '[', 'from a (', ';', '<', '([1] helo=a ', 'a[', 'by ']) {
  test(`two thousand fields of ${bomb} take time linear in them`, async () => {
    const message = messageOf(...Array.from({ length: 2000 }, () => `Received: from a (${bomb.repeat(500)}`));
    await inTime(2000, () => hopsOf(message));
    await inTime(1000, () => hopOf(fieldOf(`Received: from a (${bomb.repeat(200_000)}`)));
  });
}

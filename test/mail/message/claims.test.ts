import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsOf } from '../../../src/mail/message/claims.ts';
import { messageOf, raw } from './messages.ts';

test('what a message claims, decoded', () => {
  const claims = claimsOf(
    messageOf(
      'Return-Path: <bounce@example.net>',
      'From: =?utf-8?Q?J=C3=B6?= <a@example.com>',
      'Sender: S <s@example.net>',
      'Reply-To: r@example.org',
      raw('To: Jürgen <b@example.com>, c@example.com'),
      'Cc: d@example.com',
      'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
      'Date: Fri, 21 Nov 1997 09:55:06 -0600',
      'Message-ID:\r\n <id@example.com>',
      'List-Id: News <news.example.com>',
      'List-Unsubscribe: <https://example.com/u>',
    ),
  );
  const mailbox = (address: string, name = '') => ({ name, address, domain: address.split('@')[1]! });
  assert.deepEqual(claims, {
    authors: { mailboxes: [mailbox('a@example.com', 'Jö')], domains: ['example.com'], problems: [] },
    sender: mailbox('s@example.net', 'S'),
    replyTo: [mailbox('r@example.org')],
    returnPath: 'bounce@example.net',
    to: [mailbox('b@example.com', 'Jürgen'), mailbox('c@example.com')],
    cc: [mailbox('d@example.com')],
    subject: 'Grüße',
    date: Date.UTC(1997, 10, 21, 15, 55, 6),
    messageId: 'id@example.com',
    listId: 'News <news.example.com>',
    listUnsubscribe: '<https://example.com/u>',
    tricks: [],
  });
});

test('a message without fields claims nothing', () => {
  assert.deepEqual(claimsOf(messageOf('X: y')), {
    authors: { mailboxes: [], domains: [], problems: ['no From field'] },
    replyTo: [],
    to: [],
    cc: [],
    tricks: [],
  });
});

const names: Readonly<Record<string, string | undefined>> = {
  '"ceo@contoso.test" <x@evil.test>': 'contoso.test',
  'ceo@contoso.test <x@evil.test>': 'contoso.test',
  '"Bank (no-reply@Contoso.test) | Service" <x@evil.test>': 'contoso.test',
  '=?utf-8?Q?ceo=40contoso.test?= <x@evil.test>': 'contoso.test',
  [raw('"ceo＠contoso.test" <x@evil.test>')]: 'contoso.test',
  [raw('"ceo@bücher.test" <x@evil.test>')]: 'xn--bcher-kva.test',
  '"x@evil.test, ceo@contoso.test" <x@evil.test>': 'contoso.test',
  '"x@evil.test" <x@evil.test>': undefined,
  '"x@evil.test" <x@mail.evil.test>': undefined,
  '"x@mail.evil.test" <x@evil.test>': undefined,
  '"Airdrop@Contoso" <x@evil.test>': undefined,
  '"a @ b" <x@evil.test>': undefined,
  'x@evil.test': undefined,
};

for (const [from, shownDomain] of Object.entries(names)) {
  test(`a name that shows ${shownDomain ?? 'no other domain'}: ${from}`, () => {
    const { tricks } = claimsOf(messageOf(`From: ${from}`));
    assert.deepEqual(
      tricks.map((trick) => trick.shownDomain),
      shownDomain === undefined ? [] : [shownDomain],
    );
  });
}

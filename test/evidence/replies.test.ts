import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repliesOf } from '../../src/evidence/replies.ts';
import { toldMessage } from './told-message.ts';
import { ID, idOf, mail, minute, other, type Told } from './told-store.ts';

const anna = 'anna.berg@contoso.com';
const sent = (own: object = {}) =>
  other(1, {
    Timestamp: minute(20),
    EmailDirection: 'Outbound',
    SenderFromAddress: anna,
    SenderFromDomain: 'contoso.com',
    RecipientEmailAddress: 'billing@supplier.example',
    Subject: 'Hello',
    ...own,
  });
const headers = (own: object) => ({ Timestamp: minute(20), NetworkMessageId: idOf(1), ...own });
const original = { Timestamp: minute(0), NetworkMessageId: ID, ReplyTo: 'cash@elsewhere.test' };

/** What was sent, and what it is taken for. */
const cases: readonly [what: string, told: Told, found: readonly (readonly [kind: string, reaches: boolean])[]][] = [
  [
    'an answer that names it',
    { EmailEvents: [sent()], EmailHeaders: [headers({ InReplyTo: '<one@billing.example>' })] },
    [['reply', true]],
  ],
  [
    'one that names it among its references',
    { EmailEvents: [sent()], EmailHeaders: [headers({ References: '<a@b> <one@billing.example>' })] },
    [['reply', true]],
  ],
  [
    'one that names a message whose id ends alike',
    { EmailEvents: [sent()], EmailHeaders: [headers({ InReplyTo: '<xone@billing.example>' })] },
    [],
  ],
  [
    'one to the address that it asks for',
    {
      EmailEvents: [sent({ RecipientEmailAddress: 'Cash@elsewhere.test' })],
      EmailHeaders: [original, headers({ InReplyTo: '<one@billing.example>' })],
    },
    [['reply', true]],
  ],
  [
    'one that names it and goes to a colleague',
    {
      EmailEvents: [sent({ RecipientEmailAddress: 'bo@contoso.com' })],
      EmailHeaders: [headers({ References: '<one@billing.example>' })],
    },
    [['forward', false]],
  ],
  [
    'AW: without headers, to the sender',
    { EmailEvents: [sent({ Subject: 'AW: Overdue invoice 4711 from Supplier' })] },
    [['reply', true]],
  ],
  [
    'RE: without headers, to somebody else',
    {
      EmailEvents: [sent({ Subject: 'RE: Overdue invoice 4711 from Supplier', RecipientEmailAddress: 'q@r.example' })],
    },
    [],
  ],
  [
    'WG: without headers, to somebody else',
    {
      EmailEvents: [sent({ Subject: 'WG: Overdue invoice 4711 from Supplier', RecipientEmailAddress: 'q@r.example' })],
    },
    [['forward', false]],
  ],
  ['the same subject without a prefix', { EmailEvents: [sent({ Subject: 'Overdue invoice 4711 from Supplier' })] }, []],
  ['a prefix and another subject', { EmailEvents: [sent({ Subject: 'AW: Overdue invoice 4711 from Vendor' })] }, []],
  [
    'a prefix, where headers name another message',
    {
      EmailEvents: [sent({ Subject: 'AW: Overdue invoice 4711 from Supplier' })],
      EmailHeaders: [headers({ InReplyTo: '<two@billing.example>' })],
    },
    [],
  ],
  [
    'one of somebody who did not get it',
    {
      EmailEvents: [sent({ SenderFromAddress: 'zoe@contoso.com', Subject: 'AW: Overdue invoice 4711 from Supplier' })],
    },
    [],
  ],
  [
    'one from before it came',
    { EmailEvents: [sent({ Timestamp: minute(-20), Subject: 'AW: Overdue invoice 4711 from Supplier' })] },
    [],
  ],
  [
    'a copy that went out with the same Message-ID',
    {
      EmailEvents: [
        other(2, {
          EmailDirection: 'Outbound',
          InternetMessageId: 'one@billing.example',
          RecipientEmailAddress: 'q@gmail.test',
        }),
      ],
    },
    [['forward', false]],
  ],
  [
    'a copy that came in with the same Message-ID',
    { EmailEvents: [other(2, { InternetMessageId: '<one@billing.example>' })] },
    [],
  ],
];

for (const [what, told, found] of cases)
  test(`${found.length > 0 ? 'a trace' : 'no trace'}: ${what}`, async () => {
    const { message, means } = await toldMessage({ ...told, EmailEvents: [mail(), ...(told.EmailEvents ?? [])] });
    const replies = await repliesOf(message, means.now, means);
    assert.deepEqual(
      replies.map(({ kind, reachesSender }) => [kind, reachesSender]),
      found,
    );
  });

test('what a rule of the mailbox sent on is a forward by nobody known', async () => {
  const { message, means } = await toldMessage({
    EmailEvents: [mail(), mail({ RecipientEmailAddress: 'anna@gmail.test', ForwardingInformation: 'MbxRule' })],
  });
  const [only] = await repliesOf(message, means.now, means);
  assert.deepEqual([only?.kind, only?.isAutomatic, only?.to], ['forward', true, ['anna@gmail.test']]);
});

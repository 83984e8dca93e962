import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf } from '../../src/evidence/index.ts';
import { ID, idOf, mail, meansOf, minute, other, passing } from './told-store.ts';

const URL = 'https://pay.bulk.test/invoice/8f3e1';
const anna = 'anna.berg@contoso.com';

/** The link was clicked after the message was delivered, and what came of it. */
const story = {
  EmailEvents: [
    mail(),
    mail({ RecipientEmailAddress: 'bo.dahl@contoso.com', RecipientObjectId: '', Timestamp: minute(1) }),
    other(1, { Timestamp: minute(3), Subject: 'Overdue invoice 99 from Supplier' }),
    other(2, { Timestamp: minute(-30_000), ...passing, SenderIPv4: '198.51.100.3', Subject: 'Price list' }),
    other(3, {
      Timestamp: minute(30),
      EmailDirection: 'Outbound',
      SenderFromAddress: anna,
      SenderFromDomain: 'contoso.com',
      RecipientEmailAddress: 'accountant@elsewhere.example',
      Subject: 'WG: Overdue invoice 4711 from Supplier',
      AuthenticationDetails: '',
    }),
  ],
  EmailUrlInfo: [
    { Timestamp: minute(0), NetworkMessageId: ID, Url: URL, UrlDomain: 'pay.bulk.test', UrlLocation: 'Body' },
    {
      Timestamp: minute(3),
      NetworkMessageId: idOf(1),
      Url: 'https://pay.bulk.test/invoice/0a77c',
      UrlDomain: 'pay.bulk.test',
      UrlLocation: 'Body',
    },
  ],
  UrlClickEvents: [
    {
      Timestamp: minute(11),
      NetworkMessageId: ID,
      Url: URL,
      AccountUpn: anna,
      ActionType: 'ClickAllowed',
      IPAddress: '192.0.2.10',
      Workload: 'Email',
    },
    {
      Timestamp: minute(12),
      NetworkMessageId: idOf(9),
      Url: URL,
      AccountUpn: 'zoe@contoso.com',
      ActionType: 'ClickAllowed',
    },
  ],
  EntraIdSignInEvents: [
    {
      Timestamp: minute(-3000),
      AccountUpn: anna,
      Country: 'DE',
      IPAddress: '192.0.2.10',
      ErrorCode: 0,
      Application: 'Outlook',
    },
    {
      Timestamp: minute(25),
      AccountUpn: anna,
      Country: 'NG',
      IPAddress: '203.0.113.99',
      ErrorCode: 0,
      Application: 'OfficeHome',
    },
    { Timestamp: minute(26), AccountUpn: 'zoe@contoso.com', Country: 'NG', IPAddress: '203.0.113.99', ErrorCode: 0 },
  ],
};

test('delivered with dmarc=fail, clicked eleven minutes later, signed in from elsewhere, forwarded', async () => {
  const { message, clicks, aftermath, replies, campaign, history } = await evidenceOf(ID, await meansOf(story));
  assert.equal(message.words.dmarc, 'fail');
  assert.deepEqual(
    message.recipients.map(({ address, deliveryAction }) => [address, deliveryAction]),
    [
      [anna, 'Delivered'],
      ['bo.dahl@contoso.com', 'Delivered'],
    ],
  );
  assert.deepEqual(
    clicks.map(({ account, secondsAfterDelivery }) => [account, secondsAfterDelivery]),
    [[anna, 660]],
  );
  assert.deepEqual(
    aftermath.map(({ account, kind, isSuspicious }) => [account, kind, isSuspicious]),
    [[anna, 'sign-in', true]],
  );
  assert.match(aftermath[0]!.words, /203\.0\.113\.99.*NG.*not seen in that country before, but in DE/);
  assert.deepEqual(
    replies.map(({ kind, from, to, reachesSender }) => [kind, from, to, reachesSender]),
    [['forward', anna, ['accountant@elsewhere.example'], false]],
  );
  assert.deepEqual(
    campaign.members.map(({ networkMessageId, kinships }) => [networkMessageId, kinships]),
    [[idOf(1), ['sender', 'subject', 'url', 'source']]],
  );
  assert.deepEqual([history.address.messages, history.address.dmarcPass, history.source.messages], [1, 1, 0]);
});

test('an id is found in either case, and one that is not there is refused by name', async () => {
  const means = await meansOf(story);
  assert.equal((await evidenceOf(ID.toUpperCase(), means)).message.subject, 'Overdue invoice 4711 from Supplier');
  await assert.rejects(evidenceOf(idOf(77), means), { code: 'EVID0001' });
});

test('what the tables lack is named, and nothing else', async () => {
  const { gaps } = await evidenceOf(ID, await meansOf(story));
  assert.deepEqual(gaps.map(({ about }) => about).sort(), [
    'alerts',
    'authentication',
    'devices',
    'headers',
    'language',
    'mailbox',
    'post-delivery',
  ]);
});

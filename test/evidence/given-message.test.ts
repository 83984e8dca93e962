import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, evidenceOfMessage } from '../../src/evidence/index.ts';
import { defaultJudgeOptions, judge, messageRows } from '../../src/ingest/index.ts';
import { parseZone, zoneResolver } from '../../src/mail/index.ts';
import { ID, mail, meansOf, minute, other } from './told-store.ts';

const bytes = Buffer.from(
  [
    'Received: from vps.bulk.test (vps.bulk.test [203.0.113.7]) by mx.contoso.com; Mon, 02 Mar 2026 09:00:00 +0000',
    'From: Billing <billing@supplier.example>',
    'To: anna.berg@contoso.com',
    'Reply-To: cash@elsewhere.test',
    'Subject: Overdue invoice 4711 from Supplier',
    'Date: Mon, 02 Mar 2026 08:59:58 +0000',
    'Message-ID: <one@billing.example>',
    '',
    'Please note that our bank details have changed. Pay the attached invoice today at https://pay.bulk.test/invoice/8f3e1 without delay.',
    '',
  ].join('\r\n'),
);

const zone = parseZone('_dmarc.supplier.example. 3600 IN TXT "v=DMARC1; p=reject"\n', 'zone');
const given = {
  bytes,
  place: 'mail.eml',
  judge: { ...defaultJudgeOptions, acceptedDomains: ['contoso.com'], now: Date.parse(minute(1)) },
  resolver: zoneResolver(zone),
};

test('a message that the store has not: its own rows, and the store for the rest', async () => {
  const means = await meansOf({
    EmailEvents: [other(1), other(2, { Timestamp: minute(-60), Subject: 'Hello' })],
    UrlClickEvents: [
      {
        Timestamp: minute(11),
        NetworkMessageId: 'of-defender',
        Url: 'https://pay.bulk.test/invoice/8f3e1',
        AccountUpn: 'anna.berg@contoso.com',
        ActionType: 'ClickAllowed',
      },
    ],
  });
  const { message, history, campaign, clicks, language, gaps } = await evidenceOfMessage(given, means);
  assert.deepEqual(
    [message.words.dmarc, message.senderFromAddress, message.isKept],
    ['fail', 'billing@supplier.example', true],
  );
  assert.equal(message.checks.find(({ method }) => method === 'DMARC')?.policy, 'reject');
  assert.equal(message.headers?.replyToDomain, 'elsewhere.test');
  assert.equal(new Date(message.at).toISOString(), minute(0));
  assert.equal(history.address.messages, 1);
  assert.equal(campaign.count, 2);
  assert.deepEqual(
    clicks.map(({ secondsAfterDelivery, isByUrlAlone }) => [secondsAfterDelivery, isByUrlAlone]),
    [[660, true]],
  );
  assert.ok(language.some(({ theme, where }) => theme === 'invoice-change' && where === 'body'));
  assert.ok(gaps.some(({ about }) => about === 'delivery'));
  assert.ok(!gaps.some(({ about }) => about === 'headers' || about === 'language'));
});

test('a message that the store has: what the store says of its delivery', async () => {
  const judged = await judge({ bytes, place: 'x', position: 0 }, given.judge, given.resolver);
  const { networkMessageId } = judged;
  const means = await meansOf({
    EmailEvents: [mail({ NetworkMessageId: networkMessageId, DeliveryAction: 'Junked' })],
  });
  const { message, gaps } = await evidenceOfMessage({ judged }, means);
  assert.deepEqual([message.recipients[0]?.deliveryAction, message.isKept], ['Junked', true]);
  assert.ok(!gaps.some(({ about }) => about === 'delivery'));
});

test('rows that were made of a message and those that the store has of it say the same', async () => {
  const judged = await judge({ bytes, place: 'x', position: 0 }, given.judge, given.resolver);
  const batches = messageRows(judged, { withHeaderForm: true });
  const means = await meansOf({}, {}, batches);
  const stored = await evidenceOf(judged.networkMessageId, { ...means, keptMessage: async () => bytes });
  const made = await evidenceOfMessage({ judged }, await meansOf({}));
  const told = ({ at, checks, ...message }: typeof stored.message) => ({
    ...message,
    checks: checks.map(({ checkedAt, ...check }) => ({ ...check, checkedAt: Date.parse(checkedAt) })),
    recipients: message.recipients.map(({ at: _, ...recipient }) => recipient),
    at: Date.parse(at),
  });
  assert.deepEqual(told(made.message), told(stored.message));
  assert.deepEqual(made.language, stored.language);
});

test('a kept message is read, and without it the subject alone', async () => {
  const means = await meansOf({ EmailEvents: [mail({ Subject: 'Hello' })] });
  const asked: string[] = [];
  const kept = async (id: string) => {
    asked.push(id);
    return bytes;
  };
  assert.ok((await evidenceOf(ID, { ...means, keptMessage: kept })).language.some(({ where }) => where === 'body'));
  assert.deepEqual(asked, [ID]);
  assert.deepEqual((await evidenceOf(ID, { ...means, keptMessage: async () => undefined })).language, []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MessagesWanted, messagesOf } from '../../src/evidence/index.ts';
import { parseDatetime } from '../../src/values/index.ts';
import { mail, meansOf, minute, other, passing } from './told-store.ts';

const told = {
  EmailEvents: [
    mail(),
    mail({ RecipientEmailAddress: 'bo@contoso.com', DeliveryAction: 'Blocked' }),
    other(1, {
      Timestamp: minute(1),
      SenderFromAddress: 'news@mail.supplier.example',
      SenderFromDomain: 'mail.supplier.example',
      ...passing,
    }),
    other(2, {
      Timestamp: minute(2),
      SenderFromAddress: 'a@notsupplier.example',
      SenderFromDomain: 'notsupplier.example',
    }),
    other(3, { Timestamp: minute(3), AuthenticationDetails: 'spf=fail; dkim=none; dmarc=fail action=none' }),
  ],
};

/** What is asked for, and the minutes of the messages that come, the newest first. */
const cases: readonly [what: string, wanted: MessagesWanted, minutes: readonly number[]][] = [
  ['all', {}, [3, 2, 1, 0]],
  ['an address, in capitals', { sender: 'BILLING@supplier.example' }, [3, 0]],
  ['a domain and what is below it', { sender: 'supplier.example' }, [3, 1, 0]],
  ['a domain with @', { sender: '@mail.supplier.example' }, [1]],
  ['those that failed, in both forms', { onlyFailing: true }, [3, 2, 0]],
  ['since', { since: parseDatetime(minute(2))! }, [3, 2]],
  ['until', { until: parseDatetime(minute(2))! }, [1, 0]],
  ['a Message-ID without brackets', { internetMessageId: 'one@billing.example' }, [0]],
  ['a Message-ID with brackets', { internetMessageId: '<one@billing.example>' }, [0]],
  ['a sender that is not there', { sender: 'nobody@supplier.example' }, []],
];

for (const [what, wanted, minutes] of cases)
  test(`messages: ${what}`, async () => {
    const { messages, count } = await messagesOf(wanted, await meansOf(told));
    assert.deepEqual(
      messages.map(({ at }) => new Date(at).toISOString()),
      minutes.map(minute),
    );
    assert.equal(count, minutes.length);
  });

test('more than the limit are counted, the newest listed', async () => {
  const { messages, count } = await messagesOf({ limit: 1 }, await meansOf(told));
  assert.deepEqual([messages.length, count], [1, 4]);
  assert.deepEqual([messages[0]?.dmarc, messages[0]?.spf], ['fail', 'fail']);
});

test('a message to several is one, and delivered where it reached one of them', async () => {
  const { messages } = await messagesOf({ internetMessageId: 'one@billing.example' }, await meansOf(told));
  assert.deepEqual(
    messages.map(({ recipients, deliveryAction }) => [recipients, deliveryAction]),
    [[2, 'Delivered']],
  );
});

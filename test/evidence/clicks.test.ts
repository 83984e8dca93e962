import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clicksOf } from '../../src/evidence/clicks.ts';
import { toldMessage } from './told-message.ts';
import { ID, idOf, mail, minute, other } from './told-store.ts';

const URL = 'https://pay.bulk.test/invoice/8f3e1';
const anna = 'anna.berg@contoso.com';
const click = (own: object) => ({
  Timestamp: minute(11),
  Url: URL,
  AccountUpn: anna,
  ActionType: 'ClickAllowed',
  NetworkMessageId: ID,
  ...own,
});
const toTheEnd = 999_999_999_999_999_999n;

/** A click, and what is told of it: seconds after delivery, and whether it is known by the URL alone. */
const cases: readonly [what: string, row: object, found: readonly [seconds: number, byUrl: boolean] | undefined][] = [
  ['that names the message', {}, [660, false]],
  ['of somebody who is no recipient and names the message', { AccountUpn: 'zoe@contoso.com' }, [660, false]],
  ['two minutes before the delivery', { Timestamp: minute(-2) }, [-120, false]],
  ['that names another message', { NetworkMessageId: idOf(7) }, undefined],
  ['that names a message which the store has not', { NetworkMessageId: idOf(8) }, [660, true]],
  ['that names none, on its URL', { NetworkMessageId: '' }, [660, true]],
  ['that names none, on its URL with a slash more', { NetworkMessageId: '', Url: `${URL}/` }, [660, true]],
  [
    'that names none, in other letters of the account',
    { NetworkMessageId: '', AccountUpn: 'Anna.Berg@Contoso.com' },
    [660, true],
  ],
  ['that names none, on another URL', { NetworkMessageId: '', Url: `${URL}0` }, undefined],
  ['that names none, of somebody else', { NetworkMessageId: '', AccountUpn: 'zoe@contoso.com' }, undefined],
  ['that names none, four minutes before the delivery', { NetworkMessageId: '', Timestamp: minute(-4) }, [-240, true]],
  ['that names none, an hour before the delivery', { NetworkMessageId: '', Timestamp: minute(-60) }, undefined],
  ['that names none, eight days later', { NetworkMessageId: '', Timestamp: minute(8 * 1440) }, undefined],
];

for (const [what, row, found] of cases)
  test(`a click ${what} ${found === undefined ? 'is not one on it' : 'is one on it'}`, async () => {
    const { message, means } = await toldMessage({
      EmailEvents: [mail(), other(7)],
      EmailUrlInfo: [
        { Timestamp: minute(0), NetworkMessageId: ID, Url: URL, UrlDomain: 'pay.bulk.test', UrlLocation: 'Body' },
      ],
      UrlClickEvents: [click(row)],
    });
    const clicks = await clicksOf(message, { isStored: true, end: toTheEnd }, means);
    assert.deepEqual(
      clicks.map(({ secondsAfterDelivery, isByUrlAlone = false }) => [secondsAfterDelivery, isByUrlAlone]),
      found === undefined ? [] : [found],
    );
  });

test('of a message that is not in the store a click counts by its URL, whatever it names', async () => {
  const { message, means } = await toldMessage({
    EmailEvents: [mail()],
    EmailUrlInfo: [
      { Timestamp: minute(0), NetworkMessageId: ID, Url: URL, UrlDomain: 'pay.bulk.test', UrlLocation: 'Body' },
    ],
    UrlClickEvents: [
      click({ NetworkMessageId: idOf(9) }),
      click({ NetworkMessageId: idOf(9), AccountUpn: 'zoe@contoso.com' }),
    ],
  });
  const clicks = await clicksOf(message, { isStored: false, end: toTheEnd }, means);
  assert.deepEqual(
    clicks.map(({ account, isByUrlAlone }) => [account, isByUrlAlone]),
    [[anna, true]],
  );
});

test('the time is that since the delivery to who clicked', async () => {
  const { message, means } = await toldMessage({
    EmailEvents: [mail(), mail({ RecipientEmailAddress: 'bo@contoso.com', Timestamp: minute(5) })],
    UrlClickEvents: [click({ AccountUpn: 'bo@contoso.com' })],
  });
  const [only] = await clicksOf(message, { isStored: true, end: toTheEnd }, means);
  assert.equal(only?.secondsAfterDelivery, 360);
});

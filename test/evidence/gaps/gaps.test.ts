import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coverageOf } from '../../../src/evidence/gaps/coverage.ts';
import { gapsOf } from '../../../src/evidence/gaps/gaps.ts';
import { toldMessage } from '../told-message.ts';
import { ID, mail, minute, other, type Told } from '../told-store.ts';

const later = { Timestamp: minute(50) };
const old = other(1, { Timestamp: minute(-30_000) });
const sent = other(2, { EmailDirection: 'Outbound' });
const link = {
  Timestamp: minute(0),
  NetworkMessageId: ID,
  Url: 'https://a.test/x',
  UrlDomain: 'a.test',
  UrlLocation: 'Body',
};

/** A store in which nothing is missing that a table can hold. */
const whole: Told = {
  EmailEvents: [mail(), old, sent],
  EmailHeaders: [{ ...later, NetworkMessageId: ID }],
  EmailAuthentication: [{ ...later, NetworkMessageId: ID, Method: 'SPF' }],
  EmailUrlInfo: [link],
  UrlClickEvents: [later],
  EmailPostDeliveryEvents: [later],
  AlertEvidence: [later],
  EntraIdSignInEvents: [later],
  CloudAppEvents: [later],
  DeviceProcessEvents: [later],
};

/** What is taken away, and the gap that it leaves. */
const cases: readonly [what: string, told: Told, about: readonly string[]][] = [
  ['nothing', {}, []],
  ['clicks', { UrlClickEvents: [] }, ['clicks']],
  ['clicks of a message without links', { UrlClickEvents: [], EmailUrlInfo: [] }, []],
  ['clicks from after the message', { UrlClickEvents: [{ Timestamp: minute(-50) }] }, ['clicks']],
  ['removals', { EmailPostDeliveryEvents: [] }, ['post-delivery']],
  ['alerts', { AlertEvidence: [] }, ['alerts']],
  ['sign-ins', { EntraIdSignInEvents: [] }, ['sign-ins']],
  [
    'sign-ins of one table, where another has them',
    { EntraIdSignInEvents: [], SigninLogs: [{ TimeGenerated: minute(50) }] },
    [],
  ],
  ['the log of cloud applications', { CloudAppEvents: [] }, ['mailbox']],
  ['devices', { DeviceProcessEvents: [] }, ['devices']],
  ['headers', { EmailHeaders: [] }, ['headers']],
  ['checks', { EmailAuthentication: [] }, ['authentication']],
  ['older mail', { EmailEvents: [mail(), sent] }, ['history']],
  ['sent mail', { EmailEvents: [mail(), old] }, ['replies']],
];

for (const [what, told, about] of cases)
  test(`a store without ${what} lacks ${about.join(', ') || 'nothing'}`, async () => {
    const { message, means } = await toldMessage({ ...whole, ...told });
    const gaps = gapsOf({ message: { ...message, isKept: true }, coverage: await coverageOf(means), isStored: true });
    assert.deepEqual(
      gaps.map((gap) => gap.about),
      about,
    );
    for (const { lacks, words } of gaps) assert.ok(lacks !== '' && words.length > 40);
  });

test('a message that was not kept, and one that the store has not', async () => {
  const { message, means } = await toldMessage(whole);
  const gaps = gapsOf({ message, coverage: await coverageOf(means), isStored: false });
  assert.deepEqual(
    gaps.map(({ about }) => about),
    ['language', 'delivery'],
  );
});

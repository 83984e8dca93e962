import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticationWords, domainOf } from '../../../src/evidence/facts/message-facts-of.ts';
import { toldMessage } from '../told-message.ts';
import { ID, idOf, mail, minute, other } from '../told-store.ts';

test('an export of Defender: events and nothing else', async () => {
  const { message } = await toldMessage({ EmailEvents: [mail(), other(1)] });
  assert.deepEqual(message.words, {
    spf: 'fail',
    dkim: 'none',
    dmarc: 'fail',
    compAuth: 'fail',
    action: '',
    reason: '',
  });
  assert.equal(message.headers, undefined);
  assert.deepEqual([message.checks, message.urls, message.attachments], [[], [], []]);
  assert.equal(message.recipients[0]?.deliveryKnown, 'source');
});

test('what ingest assumed of the delivery is marked', async () => {
  const { message } = await toldMessage({ EmailEvents: [mail({ AdditionalFields: '{"DeliverySource":"derived"}' })] });
  assert.equal(message.recipients[0]?.deliveryKnown, 'derived');
});

test('recipients in several letters, files of several recipients and links in one place count once', async () => {
  const file = { Timestamp: minute(0), NetworkMessageId: ID, FileName: 'a.pdf', SHA256: 'AB' };
  const link = { Timestamp: minute(0), NetworkMessageId: ID, Url: 'https://a.test/', UrlDomain: 'A.test' };
  const { message } = await toldMessage({
    EmailEvents: [
      mail(),
      mail({ RecipientEmailAddress: 'ANNA.BERG@contoso.com', DeliveryAction: 'Blocked' }),
      other(1),
    ],
    EmailAttachmentInfo: [
      file,
      { ...file, RecipientEmailAddress: 'b@contoso.com' },
      { ...file, FileName: 'b.pdf' },
      { ...file, NetworkMessageId: idOf(1), SHA256: 'CD' },
    ],
    EmailUrlInfo: [
      { ...link, UrlLocation: 'Body' },
      { ...link, UrlLocation: 'Body' },
      { ...link, UrlLocation: 'QRCode' },
    ],
  });
  assert.deepEqual(
    message.recipients.map(({ deliveryAction }) => deliveryAction),
    ['Blocked'],
  );
  assert.deepEqual(
    message.attachments.map(({ fileName, sha256 }) => [fileName, sha256]),
    [
      ['a.pdf', 'ab'],
      ['b.pdf', 'ab'],
    ],
  );
  assert.deepEqual(
    message.urls.map(({ domain, location }) => [domain, location]),
    [
      ['a.test', 'Body'],
      ['a.test', 'QRCode'],
    ],
  );
});

test('checks and headers of our own tables', async () => {
  const { message } = await toldMessage({
    EmailEvents: [mail()],
    EmailAuthentication: [
      {
        Timestamp: minute(0),
        NetworkMessageId: ID,
        Method: 'DKIM',
        Ordinal: 1,
        Result: 'pass',
        Domain: 'd.test',
        KeyBits: 1024,
        IsAligned: false,
        Details: { signedHeaders: ['from'] },
      },
    ],
    EmailHeaders: [
      {
        Timestamp: minute(0),
        NetworkMessageId: ID,
        References: '<a@b> <c@d>',
        FromDomains: ['a.test', 'b.test'],
        Hops: [{ by: 'mx' }],
        HeaderNames: 'from to',
        BodyShape: 4503599627370495,
      },
    ],
  });
  const [check] = message.checks;
  assert.deepEqual(
    [check?.method, check?.ordinal, check?.keyBits, check?.isAligned, check?.details.signedHeaders],
    ['DKIM', 1, 1024, false, ['from']],
  );
  const { headers } = message;
  assert.deepEqual(
    [headers?.references, headers?.authorDomains, headers?.hops, headers?.fieldNames],
    [['<a@b>', '<c@d>'], ['a.test', 'b.test'], [{ by: 'mx' }], ['from', 'to']],
  );
  assert.equal(headers?.bodyShape, 4503599627370495);
});

/** Texts of `AuthenticationDetails` and the word for DMARC, the action, the reason. */
const details: readonly [text: string, dmarc: string, action: string, reason: string][] = [
  ['{"SPF":"pass","DMARC":"Fail"}', 'fail', '', ''],
  [
    '{"DMARC":"fail","AuthenticationResults":"dmarc=fail action=oreject compauth=fail reason=000"}',
    'fail',
    'oreject',
    '000',
  ],
  [
    'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.test; dmarc=fail action=quarantine header.from=b.test;compauth=fail reason=001',
    'fail',
    'quarantine',
    '001',
  ],
  ['spf=pass smtp.mailfrom="dmarc=pass"; dmarc=fail', 'fail', '', ''],
  ['{"DMARC":["fail"]}', '', '', ''],
  ['{"DMARC":"anything"}', '', '', ''],
  ['{"DMARC":"fail"', '', '', ''],
  ['no words', '', '', ''],
  ['', '', '', ''],
];

for (const [text, dmarc, action, reason] of details)
  test(`dmarc is "${dmarc}" in: ${text}`, () => {
    const words = authenticationWords(text);
    assert.deepEqual([words.dmarc, words.action, words.reason], [dmarc, action, reason]);
  });

test('the domain of an address', () => {
  assert.deepEqual(['a@B.Test', 'a@b@c.test', 'none', ''].map(domainOf), ['b.test', 'c.test', '', '']);
});

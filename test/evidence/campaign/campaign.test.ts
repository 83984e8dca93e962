import assert from 'node:assert/strict';
import { test } from 'node:test';
import { campaignOf } from '../../../src/evidence/campaign/campaign.ts';
import { toldMessage } from '../told-message.ts';
import { ID, idOf, mail, minute, other, passing, type Told } from '../told-store.ts';

const link = (id: string, Url: string, at = 0) => ({
  Timestamp: minute(at),
  NetworkMessageId: id,
  Url,
  UrlDomain: /\/\/([^/]+)/.exec(Url)![1],
  UrlLocation: 'Body',
});
const file = (id: string, FileName: string, SHA256: string, FileType = 'pdf;document') => ({
  Timestamp: minute(0),
  NetworkMessageId: id,
  RecipientEmailAddress: 'x@contoso.com',
  FileName,
  SHA256,
  FileType,
});
const body = (id: string, BodyShape: number) => ({ Timestamp: minute(0), NetworkMessageId: id, BodyShape });

/** From somebody else, about something else. */
const stranger = (n: number, own: object = {}) =>
  other(n, {
    SenderFromAddress: `s${n}@d${n}.test`,
    SenderFromDomain: `d${n}.test`,
    SenderMailFromDomain: `d${n}.test`,
    SenderIPv4: `198.51.100.${n}`,
    Subject: `Nothing of that sort ${n}`,
    ...own,
  });

const genuine = { ...passing, SenderIPv4: '192.0.2.1', SenderMailFromDomain: 'supplier.example' };

const unproven = { AuthenticationDetails: '{"SPF":"pass","DKIM":"none","DMARC":"none","CompAuth":"pass"}' };
const refused = { AuthenticationDetails: '{"SPF":"fail","DKIM":"none","DMARC":"none","CompAuth":"fail"}' };

/** What is told beside the forged invoice, and which of it is kin, by what. */
const cases: readonly [what: string, told: Told, kin: readonly (readonly string[])[]][] = [
  [
    'the same sender from the same source, both failing',
    { EmailEvents: [mail(), other(1, { Subject: 'Hello' })] },
    [['sender', 'source']],
  ],
  [
    'what the owner of the address writes inside, where nothing is checked',
    {
      EmailEvents: [
        mail(),
        other(1, {
          Subject: 'Hello',
          EmailDirection: 'Intra-org',
          AuthenticationDetails: '',
          SenderIPv4: '203.0.113.7',
        }),
      ],
    },
    [],
  ],
  [
    'a host that takes another address of its /64',
    {
      EmailEvents: [
        mail({ SenderIPv4: '', SenderIPv6: '2001:db8:0:7::5' }),
        other(1, {
          Subject: 'Hello',
          SenderIPv4: '',
          SenderIPv6: '2001:db8:0:7:a:b:c:d',
          SenderMailFromDomain: 'other.test',
        }),
      ],
    },
    [['sender', 'source']],
  ],
  [
    'a host of the next /64',
    {
      EmailEvents: [
        mail({ SenderIPv4: '', SenderIPv6: '2001:db8:0:7::5' }),
        other(1, {
          Subject: 'Hello',
          SenderIPv4: '',
          SenderIPv6: '2001:db8:0:8::5',
          SenderMailFromDomain: 'other.test',
        }),
      ],
    },
    [['sender']],
  ],
  [
    'a neighbour in the same /24, who is another host',
    {
      EmailEvents: [
        mail(),
        other(1, { Subject: 'Hello', SenderIPv4: '203.0.113.8', SenderMailFromDomain: 'other.test' }),
      ],
    },
    [['sender']],
  ],
  [
    'a partner without a DMARC record, as he always writes',
    { EmailEvents: [mail(unproven), other(1, { ...unproven, Subject: 'Hello' })] },
    [],
  ],
  [
    'a partner without a record whose mail failed all the same',
    { EmailEvents: [mail(refused), other(1, { ...refused, Subject: 'Hello' })] },
    [['sender', 'source']],
  ],
  [
    'the message itself, reported under another id',
    {
      EmailEvents: [
        mail(),
        other(1, { InternetMessageId: 'one@billing.example', RecipientEmailAddress: 'Anna.Berg@contoso.com' }),
      ],
    },
    [],
  ],
  [
    'a copy to somebody else under the same Message-ID',
    { EmailEvents: [mail(), other(1, { InternetMessageId: 'one@billing.example' })] },
    [['sender', 'subject', 'source']],
  ],
  ['the real sender, who passes', { EmailEvents: [mail(), other(1, { Subject: 'Hello', ...genuine })] }, []],
  ['a forgery of this message, which is genuine', { EmailEvents: [mail(genuine), other(1)] }, []],
  ['a genuine invoice with the same subject, which passes', { EmailEvents: [mail(), other(1, genuine)] }, []],
  [
    'another number in the subject',
    { EmailEvents: [mail(), stranger(1, { Subject: 'Overdue invoice 5 from Supplier' })] },
    [['subject']],
  ],
  [
    'a prefix and the name of the recipient in the subject',
    {
      EmailEvents: [
        mail({ Subject: 'Anna: overdue invoice from Supplier' }),
        stranger(1, { Subject: 'RE: Carl: overdue invoice from Supplier' }),
      ],
    },
    [['subject']],
  ],
  [
    'one word of the subject more',
    { EmailEvents: [mail(), stranger(1, { Subject: 'Overdue invoice 5 from Supplier again' })] },
    [],
  ],
  ['a short subject alone', { EmailEvents: [mail({ Subject: 'Hello' }), stranger(1, { Subject: 'Hello' })] }, []],
  [
    'fifteen days away',
    {
      EmailEvents: [mail(), stranger(1, { Subject: 'Overdue invoice 5 from Supplier', Timestamp: minute(-15 * 1440) })],
    },
    [],
  ],
  [
    'a recipient who passes the message on',
    {
      EmailEvents: [
        mail(),
        other(1, {
          Subject: 'FW: Overdue invoice 4711 from Supplier',
          SenderFromAddress: 'anna.berg@contoso.com',
          EmailDirection: 'Intra-org',
        }),
      ],
    },
    [],
  ],
  [
    'the same link from somebody else, both failing',
    {
      EmailEvents: [mail(), stranger(1)],
      EmailUrlInfo: [link(ID, 'https://evil.test/a/77aa'), link(idOf(1), 'https://evil.test/a/77aa')],
    },
    [['url']],
  ],
  [
    'the same form of link from somebody else, both failing',
    {
      EmailEvents: [mail(), stranger(1)],
      EmailUrlInfo: [link(ID, 'https://evil.test/a/77aa'), link(idOf(1), 'https://evil.test/a/00bc?x=1')],
    },
    [['url']],
  ],
  [
    'another page of the same domain',
    {
      EmailEvents: [mail(), stranger(1)],
      EmailUrlInfo: [link(ID, 'https://evil.test/a/77aa'), link(idOf(1), 'https://evil.test/b/77aa')],
    },
    [],
  ],
  [
    'a link that three domains have in mail that passes',
    {
      EmailEvents: [mail(), stranger(1), ...[2, 3, 4].map((n) => stranger(n, passing))],
      EmailUrlInfo: [ID, ...[1, 2, 3, 4].map(idOf)].map((id) => link(id, 'https://maps.example/office/7')),
    },
    [],
  ],
  [
    'the same file under another name',
    {
      EmailEvents: [mail(), stranger(1)],
      EmailAttachmentInfo: [file(ID, 'invoice.pdf', 'AB12'), file(idOf(1), 'x.pdf', 'ab12')],
    },
    [['attachment']],
  ],
  [
    'the same logo',
    {
      EmailEvents: [mail(), stranger(1)],
      EmailAttachmentInfo: [
        file(ID, 'logo.png', 'AB12', 'png;picture'),
        file(idOf(1), 'logo.png', 'AB12', 'png;picture'),
      ],
    },
    [],
  ],
  [
    'a body that differs in six bits',
    { EmailEvents: [mail(), stranger(1)], EmailHeaders: [body(ID, 0b111111), body(idOf(1), 0)] },
    [['body']],
  ],
  [
    'a body that differs in seven',
    { EmailEvents: [mail(), stranger(1)], EmailHeaders: [body(ID, 0b1111111), body(idOf(1), 0)] },
    [],
  ],
];

for (const [what, told, kin] of cases)
  test(`${kin.length > 0 ? 'kin' : 'no kin'}: ${what}`, async () => {
    const { message, means } = await toldMessage(told);
    const { members, count } = await campaignOf(message, means);
    assert.deepEqual(
      members.map(({ kinships }) => kinships),
      kin,
    );
    assert.equal(count, kin.length);
  });

test('members beyond 500 are counted, and recipients of several count once', async () => {
  const many = Array.from({ length: 620 }, (_, n) =>
    other(n + 1, { RecipientEmailAddress: `r${n % 10}@contoso.com`, Timestamp: minute(n % 90) }),
  );
  const { message, means } = await toldMessage({
    EmailEvents: [mail(), ...many, other(1, { RecipientEmailAddress: 'more@contoso.com', DeliveryAction: 'Blocked' })],
  });
  const { members, ...totals } = await campaignOf(message, means);
  assert.equal(members.length, 500);
  assert.deepEqual(totals, {
    count: 620,
    recipients: 11,
    people: 12,
    delivered: 620,
    first: minute(0).replace('Z', '0000Z'),
    last: minute(89).replace('Z', '0000Z'),
  });
});

test('a message without anything to compare has no kin', async () => {
  const bare = {
    Subject: '',
    SenderFromAddress: '',
    SenderFromDomain: '',
    SenderIPv4: '',
    SenderMailFromDomain: '',
    AuthenticationDetails: '',
  };
  const { message, means } = await toldMessage({ EmailEvents: [mail(bare), other(1, bare), other(2)] });
  assert.equal((await campaignOf(message, means)).count, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostNetworkOf, networkOf } from '../../../src/evidence/history/network.ts';
import { senderHistoryOf } from '../../../src/evidence/history/sender-history.ts';
import type { SenderHistory } from '../../../src/evidence/index.ts';
import { toldMessage } from '../told-message.ts';
import { ID, idOf, mail, minute, other, passing, type Told } from '../told-store.ts';

const before = (n: number, own: object = {}) => other(n, { Timestamp: minute(-1000 * n), ...own });
const signed = (id: string, Domain: string, Result = 'pass') => ({
  Timestamp: minute(-1),
  NetworkMessageId: id,
  Method: 'DKIM',
  Result,
  Domain,
});
const elsewhere = { SenderIPv4: '198.51.100.9' };
const counts = ({ address, domain, source }: SenderHistory) => [address.messages, domain.messages, source.messages];

/** What is told beside the message, and how often address, domain and source were seen. */
const cases: readonly [what: string, told: Told, seen: readonly number[]][] = [
  ['nothing', { EmailEvents: [mail()] }, [0, 0, 0]],
  [
    'the same sender from the same network',
    { EmailEvents: [mail(), before(1, { SenderIPv4: '203.0.113.200' })] },
    [1, 1, 1],
  ],
  [
    'the same sender from elsewhere, in capitals',
    { EmailEvents: [mail(), before(1, { ...elsewhere, SenderFromAddress: 'BILLING@supplier.example' })] },
    [1, 1, 0],
  ],
  [
    'another sender of the domain',
    { EmailEvents: [mail(), before(1, { SenderFromAddress: 'a@supplier.example' })] },
    [0, 1, 1],
  ],
  [
    'another domain from the same network',
    { EmailEvents: [mail(), before(1, { SenderFromAddress: 'a@b.test', SenderFromDomain: 'b.test' })] },
    [0, 0, 0],
  ],
  [
    'a message to three',
    {
      EmailEvents: [mail(), ...['a', 'b', 'c'].map((to) => before(1, { RecipientEmailAddress: `${to}@contoso.com` }))],
    },
    [1, 1, 1],
  ],
  ['one that came after', { EmailEvents: [mail(), other(1, { Timestamp: minute(1) })] }, [0, 0, 0]],
  [
    'one from elsewhere with a signature by the same domain',
    {
      EmailEvents: [mail(), before(1, elsewhere)],
      EmailAuthentication: [signed(ID, 'esp.example'), signed(idOf(1), 'esp.example')],
    },
    [1, 1, 1],
  ],
  [
    'one from elsewhere whose signature by that domain failed',
    {
      EmailEvents: [mail(), before(1, elsewhere)],
      EmailAuthentication: [signed(ID, 'esp.example'), signed(idOf(1), 'esp.example', 'fail')],
    },
    [1, 1, 0],
  ],
  [
    'IPv6 of the same /48',
    {
      EmailEvents: [
        mail({ SenderIPv4: '', SenderIPv6: '2001:db8:1::7' }),
        before(1, { SenderIPv4: '', SenderIPv6: '2001:db8:1:ffff::1' }),
      ],
    },
    [1, 1, 1],
  ],
  [
    'IPv6 of another /48',
    {
      EmailEvents: [
        mail({ SenderIPv4: '', SenderIPv6: '2001:db8:1::7' }),
        before(1, { SenderIPv4: '', SenderIPv6: '2001:db8:2::1' }),
      ],
    },
    [1, 1, 0],
  ],
  [
    'mail without a sender, as this one is',
    {
      EmailEvents: [
        mail({ SenderFromAddress: '', SenderFromDomain: '' }),
        before(1, { SenderFromAddress: '', SenderFromDomain: '' }),
      ],
    },
    [0, 0, 0],
  ],
];

for (const [what, told, seen] of cases)
  test(`history: ${what}`, async () => {
    const { message, means } = await toldMessage(told);
    assert.deepEqual(counts(await senderHistoryOf(message, undefined, means)), seen);
  });

test('how it authenticated then, in both forms, and when', async () => {
  const { message, means } = await toldMessage({
    EmailEvents: [
      mail(),
      before(1, passing),
      before(2, {
        AuthenticationDetails: 'spf=pass (sender IP is 192.0.2.1); dmarc=pass action=none header.from=supplier.example',
      }),
      before(3),
      before(4, { AuthenticationDetails: 'spf=pass smtp.mailfrom="; dmarc=pass"; dmarc=fail' }),
    ],
  });
  const { address } = await senderHistoryOf(message, undefined, means);
  assert.deepEqual([address.messages, address.dmarcPass, address.dmarcFail, address.recipients], [4, 2, 1, 4]);
  assert.equal(address.first, minute(-4000).replace('Z', '0000Z'));
});

const own = { SenderMailFromAddress: 'b@supplier.example', SenderMailFromDomain: 'supplier.example' };
const spfFails = { AuthenticationDetails: '{"SPF":"fail","DKIM":"pass","DMARC":"pass"}' };

/** Mail from the same network that passed DMARC before, and whether its host has shown anything by that. */
const proofs: readonly [what: string, row: object, byHost: number][] = [
  ['SPF of the author’s own domain', { ...passing, ...own }, 1],
  ['SPF of a subdomain', { ...passing, SenderMailFromDomain: 'mail.supplier.example' }, 1],
  ['a signature under a stranger’s envelope: a replay does the same', passing, 0],
  ['a signature, SPF failing', { ...spfFails, ...own }, 0],
  ['SPF of a domain that only ends alike', { ...passing, SenderMailFromDomain: 'notsupplier.example' }, 0],
  ['SPF of the own domain from elsewhere', { ...passing, ...own, ...elsewhere }, 0],
];

for (const [what, row, byHost] of proofs)
  test(`a host has shown that it may write for the domain: ${what}`, async () => {
    const { message, means } = await toldMessage({ EmailEvents: [mail(), before(1, row)] });
    assert.equal((await senderHistoryOf(message, undefined, means)).source.passedByHost, byHost);
  });

test('of a source, how much was delivered', async () => {
  const failing = { AuthenticationDetails: '{"SPF":"fail","DKIM":"none","DMARC":"fail"}' };
  const rows = [
    before(1, failing),
    before(2, { ...failing, DeliveryAction: 'Blocked' }),
    before(3, { ...failing, ...elsewhere }),
  ];
  const { message, means } = await toldMessage({ EmailEvents: [mail(), ...rows] });
  const { source } = await senderHistoryOf(message, undefined, means);
  assert.deepEqual([source.messages, source.delivered], [2, 1]);
});

test('a shorter look back sees less', async () => {
  const { message, means } = await toldMessage({ EmailEvents: [mail(), before(1), before(2)] });
  const { address } = await senderHistoryOf(message, undefined, { ...means, lookBack: 1500 * 60_000 });
  assert.equal(address.messages, 1);
});

/** Who wrote to whom, and whether that counts. */
const letters: readonly [what: string, row: object, counts: boolean][] = [
  [
    'the recipient to the sender',
    {
      EmailDirection: 'Outbound',
      SenderFromAddress: 'Anna.Berg@contoso.com',
      RecipientEmailAddress: 'Billing@supplier.example',
    },
    true,
  ],
  [
    'a colleague to the sender',
    {
      EmailDirection: 'Outbound',
      SenderFromAddress: 'zoe@contoso.com',
      RecipientEmailAddress: 'billing@supplier.example',
    },
    false,
  ],
  [
    'a forgery of the recipient that came in',
    { SenderFromAddress: 'anna.berg@contoso.com', RecipientEmailAddress: 'billing@supplier.example' },
    false,
  ],
  [
    'the recipient to the sender, afterwards',
    {
      Timestamp: minute(5),
      EmailDirection: 'Outbound',
      SenderFromAddress: 'anna.berg@contoso.com',
      RecipientEmailAddress: 'billing@supplier.example',
    },
    false,
  ],
];

for (const [what, row, wrote] of letters)
  test(`${wrote ? 'was written to' : 'was not written to'}: ${what}`, async () => {
    const { message, means } = await toldMessage({ EmailEvents: [mail(), before(1, row)] });
    assert.equal((await senderHistoryOf(message, undefined, means)).wasWrittenTo, wrote);
  });

test('networks of addresses', () => {
  assert.deepEqual(
    [
      '192.0.2.77',
      '2001:db8:365::2b',
      '2001:0db8::1',
      '::1',
      '2001:db8:1:2:3:4:5:6',
      '::ffff:192.0.2.1',
      '',
      'x',
      '1.2.3',
      '1::2::3',
    ].map(networkOf),
    [
      '192.0.2.0/24',
      '2001:db8:365::/48',
      '2001:db8:0::/48',
      '0:0:0::/48',
      '2001:db8:1::/48',
      '0:0:0::/48',
      undefined,
      undefined,
      undefined,
      undefined,
    ],
  );
});

test('what one host has to itself', () => {
  assert.deepEqual(['192.0.2.77', '2001:db8:365::2b', '::1', '::', '2001:db8::1::2', 'host', ''].map(hostNetworkOf), [
    '192.0.2.77/32',
    '2001:db8:365:0::/64',
    '0:0:0:0::/64',
    '0:0:0:0::/64',
    undefined,
    undefined,
    undefined,
  ]);
});

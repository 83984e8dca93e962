import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readMessage } from '../../../src/mail/message/raw-message.ts';
import { receivedVerdict } from '../../../src/mail/results/received-verdict.ts';

const AT = 'Mon, 1 Jun 2026 10:00:00 +0000';
const message = (fields: readonly string[]) =>
  readMessage(Buffer.from([...fields, 'From: ann@example.com', 'Subject: hi', '', 'body'].join('\r\n')));

const received = (from: string, by: string, protocol = 'ESMTPS'): string =>
  `Received: from ${from} by ${by} with ${protocol} id 1; ${AT}`;

/** Inside Microsoft 365, where a mailbox got the message; then the hop that brought it in. */
const store = received('A1.eurp1.prod.outlook.com (2603:10a6:1::2)', 'B1.eurp1.prod.outlook.com', 'HTTPS');
const front = received(
  'C1.mail.protection.outlook.com (2603:10a6:1::3)',
  'A1.outlook.office365.com',
  'Microsoft SMTP Server',
);
const border = received(
  'mx.evil.example (203.0.113.7)',
  'C1.mail.protection.outlook.com (10.1.2.3)',
  'Microsoft SMTP Server',
);
const stamp = (word: string): string =>
  `Authentication-Results: spf=${word} (sender IP is 203.0.113.7)\r\n smtp.mailfrom=example.net; dkim=none (message not signed)\r\n header.d=none;dmarc=${word} action=oreject\r\n header.from=example.com;compauth=${word} reason=000`;

const own = (word: string): string =>
  `Authentication-Results: mx.example.org; spf=${word} smtp.mailfrom=ann@example.net; dmarc=${word} header.from=example.com`;
const mx = received('mx.evil.example (mx.evil.example [203.0.113.7])', 'mx.example.org');
const elsewhere = received('mx.evil.example (mx.evil.example [203.0.113.7])', 'mail.other.example');
const imap = received('mx.example.org (unknown [10.0.0.1])', 'imap.example.org', 'LMTP');

/** What SPF said in the stamp that is believed; `-` where none is. The sender's own fields say `pass`. */
const rows: readonly (readonly [what: string, trusted: string, spf: string, fields: readonly string[]])[] = [
  [
    'RFC 8601 section 5: a blank before the colon, which a filter for forged stamps may not know',
    'mx.example.org',
    '-',
    [mx, own('pass').replace(':', ' :')],
  ],
  [
    'RFC 8601 section 5: the same right below a stamp that says nothing of SPF',
    'mx.example.org',
    '-',
    ['Authentication-Results: mx.example.org; arc=none', own('pass').replace(':', ' :'), mx],
  ],
  // Microsoft 365
  [
    'Microsoft: stamped above the hop that brought the message in',
    'microsoft',
    'fail',
    [store, front, stamp('fail'), border],
  ],
  ['Microsoft: one hop inside', 'microsoft', 'fail', [front, stamp('fail'), border]],
  ['Microsoft: in any case', 'Microsoft', 'fail', [store, front, stamp('fail'), border]],
  [
    'Microsoft: with an ARC set between',
    'microsoft',
    'fail',
    [store, 'ARC-Seal: i=1', front, stamp('fail'), 'Received-SPF: Fail', border],
  ],
  ['Microsoft: not trusted', 'mx.example.org', '-', [store, front, stamp('fail'), border]],
  ['Microsoft: nobody is trusted', '', '-', [store, front, stamp('fail'), border]],
  ["Microsoft: the sender's stamp is below", 'microsoft', 'fail', [store, front, stamp('fail'), border, stamp('pass')]],
  [
    "Microsoft: the sender's stamp is below, and there is none above",
    'microsoft',
    '-',
    [store, front, border, stamp('pass')],
  ],
  [
    "Microsoft: … and the sender's hops look like Microsoft's",
    'microsoft',
    '-',
    [store, front, border, store, front, stamp('pass'), border],
  ],
  ['Microsoft: a stamp without any hop', 'microsoft', '-', [stamp('pass')]],
  ['Microsoft: a stamp above all hops', 'microsoft', '-', [stamp('pass'), store, front, border]],
  ['Microsoft: no hop below', 'microsoft', '-', [store, front, stamp('pass')]],
  ['Microsoft: the hop below is not its own', 'microsoft', '-', [store, front, stamp('pass'), elsewhere]],
  ['Microsoft: last handled by another receiver', 'microsoft', '-', [elsewhere, store, front, stamp('pass'), border]],
  ['Microsoft: another receiver, the stamp on top of its hop', 'microsoft', '-', [elsewhere, stamp('pass'), border]],
  [
    'Microsoft: a client that calls itself by a name inside',
    'microsoft',
    '-',
    [
      store,
      received('A1.outlook.office365.com (203.0.113.7)', 'C1.mail.protection.outlook.com'),
      stamp('pass'),
      border,
    ],
  ],
  [
    'Microsoft: a host whose name only ends alike',
    'microsoft',
    '-',
    [received('A1.outlook.com (2603:10a6:1::2)', 'b.notoutlook.com'), stamp('pass'), border],
  ],
  [
    'Microsoft: put together in a mailbox: what is below is its sender’s',
    'microsoft',
    '-',
    [
      store,
      received('A1.prod.outlook.com ([fe80::1])', 'A1.prod.outlook.com ([fe80::1%4])', 'mapi'),
      stamp('pass'),
      border,
    ],
  ],
  [
    'Microsoft: an authserv-id called microsoft',
    'microsoft',
    '-',
    [store, front, 'Authentication-Results: microsoft; spf=pass', border],
  ],
  [
    'Microsoft: a stamp of another receiver above',
    'microsoft',
    '-',
    [store, front, own('pass'), stamp('pass'), border],
  ],

  // RFC 8601 sections 5 and 7.1
  ['5: the stamp above the hop', 'mx.example.org', 'fail', [own('fail'), mx]],
  ['5: the stamp below the hop', 'mx.example.org', 'fail', [mx, own('fail')]],
  ['5: the authserv-id in any case', 'MX.Example.ORG', 'fail', [own('fail'), mx]],
  ['5: a hop inside above', 'mx.example.org', 'fail', [imap, own('fail'), mx]],
  [
    '5: a hop inside above, the stamp below the hop that brought it in',
    'mx.example.org',
    'fail',
    [imap, mx, own('fail')],
  ],
  [
    '5: hops without a name that means something',
    'mx.example.org',
    'fail',
    [
      `Received: by 10.0.0.9 with SMTP id 1; ${AT}`,
      `Received: by store.internal with LMTP id 1; ${AT}`,
      own('fail'),
      mx,
    ],
  ],
  ['5: not trusted', 'mail.example.org', '-', [own('fail'), mx]],
  ['5: a trusted name is no suffix', 'example.org', '-', [own('fail'), mx]],
  [
    '5: a longer authserv-id',
    'mx.example.org',
    '-',
    ['Authentication-Results: mx.example.org.evil.example; spf=pass', mx],
  ],
  ["7.1: the sender's stamp is below the receiver's", 'mx.example.org', 'fail', [own('fail'), mx, own('pass')]],
  ["7.1: the sender's stamp is right below the receiver's", 'mx.example.org', 'fail', [mx, own('fail'), own('pass')]],
  ['7.1: last handled by another receiver', 'mx.example.org', '-', [elsewhere, own('pass')]],
  ['7.1: last handled by another receiver, with a made-up hop', 'mx.example.org', '-', [elsewhere, own('pass'), mx]],
  [
    '7.1: stamped by another receiver above',
    'mx.example.org',
    '-',
    ['Authentication-Results: mail.other.example; spf=fail', own('pass'), mx],
  ],
  ['7.1: Microsoft stamped it above', 'mx.example.org', '-', [store, front, stamp('fail'), border, own('pass'), mx]],
  [
    '7.1: hosts of another trusted receiver are strangers',
    'mx.example.org mail.other.example',
    '-',
    [elsewhere, own('pass'), mx],
  ],
  ['7.1: two hops from outside above', 'mx.example.org', '-', [mx, mx, own('pass')]],
  ['7.1: no hop at all', 'mx.example.org', '-', [own('pass')]],
  [
    '7.1: no hop of the receiver',
    'mx.example.org',
    '-',
    [`Received: by localhost with LMTP id 1; ${AT}`, own('pass'), elsewhere],
  ],
  ['7.1: a topmost stamp that cannot be read', 'mx.example.org', '-', ['Authentication-Results: ;', own('pass'), mx]],
  [
    '7.1: a trusted name above the authserv-id names its hosts',
    'mx.a.example.org b.example.org example.org',
    'fail',
    [
      received('mx.a.example.org (unknown [10.0.0.1])', 'store.c.example.org'),
      'Authentication-Results: mx.a.example.org; spf=fail',
      received('x ([203.0.113.7])', 'mx.a.example.org'),
    ],
  ],
  [
    '7.1: … and without it they are strangers',
    'mx.a.example.org',
    '-',
    [
      received('mx.a.example.org (unknown [10.0.0.1])', 'store.c.example.org'),
      'Authentication-Results: mx.a.example.org; spf=fail',
      received('x ([203.0.113.7])', 'mx.a.example.org'),
    ],
  ],
  [
    '7.1: neighbours under a public suffix are strangers',
    'acme.co.uk',
    '-',
    [
      received('acme.co.uk (unknown [10.0.0.1])', 'other.co.uk'),
      'Authentication-Results: acme.co.uk; spf=pass',
      received('x ([203.0.113.7])', 'acme.co.uk'),
    ],
  ],
];

for (const [what, trusted, spf, fields] of rows) {
  test(`a stamp is believed or not: ${what}`, () => {
    const verdict = receivedVerdict(message(fields), trusted.split(' '));
    assert.equal(verdict?.words.spf ?? '-', spf);
  });
}

test('a received verdict: what Microsoft stamped', () => {
  const verdict = receivedVerdict(message([store, front, stamp('fail'), border]), ['microsoft']);
  const { results, ...rest } = verdict!;
  assert.deepEqual(rest, {
    receiver: 'microsoft',
    words: { spf: 'fail', dkim: 'none', dmarc: 'fail', action: 'oreject', compauth: 'fail', reason: '000' },
    dkim: [{ result: 'none', reason: 'message not signed', domain: '' }],
    spfDomain: 'example.net',
    clientIp: '203.0.113.7',
    fromDomain: 'example.com',
    receivedAt: Date.parse('2026-06-01T10:00:00Z'),
  });
  assert.deepEqual(
    results.map(({ method }) => method),
    ['spf', 'dkim', 'dmarc', 'compauth'],
  );
});

test('a received verdict: one stamp in several fields, as milters write them', () => {
  const id = 'Authentication-Results: mx.example.org;';
  const fields = [
    `${id} dmarc=fail (p=none) header.from=example.com`,
    `${id} spf=softfail smtp.mailfrom=ann@example.net smtp.remote-ip=203.0.113.7`,
    'Received-SPF: softfail',
    `${id} dkim=fail reason="bad signature" header.d=example.net header.s=s1; dkim=pass header.i=@news.example.com`,
    mx,
  ];
  const { results, ...rest } = receivedVerdict(message(fields), ['mx.example.org'])!;
  assert.deepEqual(rest, {
    receiver: 'mx.example.org',
    words: { spf: 'softfail', dkim: 'pass', dmarc: 'fail' },
    dkim: [
      { result: 'fail', reason: 'bad signature', domain: 'example.net', selector: 's1' },
      { result: 'pass', reason: '', domain: 'news.example.com' },
    ],
    spfDomain: 'example.net',
    clientIp: '203.0.113.7',
    fromDomain: 'example.com',
    receivedAt: Date.parse('2026-06-01T10:00:00Z'),
  });
  assert.equal(results.length, 4);
});

test('a received verdict: a field between ends the stamp; what follows may be the sender’s', () => {
  const id = 'Authentication-Results: mx.example.org;';
  const words = (between: string[]) =>
    receivedVerdict(message([mx, `${id} spf=fail`, ...between, `${id} dmarc=pass`]), ['mx.example.org'])?.words;
  assert.deepEqual(words([]), { spf: 'fail', dmarc: 'pass' });
  assert.deepEqual(words(['Subject: hi']), { spf: 'fail' });
  assert.deepEqual(words([`Authentication-Results: mail.example.org; dkim=pass`]), { spf: 'fail' });
});

test('a received verdict: a stamp that says nothing is none', () => {
  for (const said of ['none', 'spf=odd', 'iprev=pass']) {
    const fields = [`Authentication-Results: mx.example.org; ${said}`, mx];
    assert.equal(receivedVerdict(message(fields), ['mx.example.org']), undefined);
  }
  assert.equal(
    receivedVerdict(message([store, front, 'Authentication-Results: a=b', border]), ['microsoft']),
    undefined,
  );
});

test('a received verdict: of a method the topmost field speaks; a forged one below cannot say more', () => {
  const id = 'Authentication-Results: mx.example.org;';
  const fields = [mx, `${id} dkim=fail header.d=example.com`, `${id} dkim=pass header.d=example.com`];
  const { words, dkim } = receivedVerdict(message(fields), ['mx.example.org'])!;
  assert.deepEqual([words, dkim.length], [{ dkim: 'fail' }, 1]);
});

test('a received verdict: an aligned signature speaks before another, a pass before both', () => {
  const dkim = (parts: string): string | undefined =>
    receivedVerdict(
      message([`Authentication-Results: mx.example.org; dmarc=pass header.from=example.com; ${parts}`, mx]),
      ['mx.example.org'],
    )?.words.dkim;
  assert.equal(dkim('dkim=fail header.d=a.example; dkim=policy header.d=mail.example.com'), 'policy');
  assert.equal(dkim('dkim=fail header.d=example.com; dkim=pass header.d=a.example'), 'pass');
  assert.equal(dkim('dkim=odd header.d=example.com'), undefined);
});

test('a received verdict: of whatever fields in whatever order it never throws, and without trust it says nothing', () => {
  const piece = fc.constantFrom(
    ...[store, front, border, stamp('pass'), own('pass'), mx, elsewhere, imap],
    ...['Authentication-Results: x', 'Received: by', 'Received:', 'Authentication-Results:', 'X: y'],
  );
  const broken = fc.tuple(piece, fc.nat(120)).map(([field, length]) => field.slice(0, field.indexOf(':') + 1 + length));
  const fields = fc.array(fc.oneof(piece, broken), { maxLength: 8 });
  fc.assert(
    fc.property(fields, fc.subarray(['microsoft', 'mx.example.org', '', '192.0.2.0/24']), (given, trusted) => {
      const verdict = receivedVerdict(message(given), trusted);
      assert.ok(verdict === undefined || trusted.includes(verdict.receiver));
      assert.equal(receivedVerdict(message(given), []), undefined);
    }),
    { numRuns: 500 },
  );
});

test('a received verdict: nothing that a sender adds below changes it', () => {
  const below = fc.array(fc.constantFrom(stamp('pass'), own('pass'), mx, store, front, border, elsewhere), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(below, (added) => {
      const words = (fields: readonly string[]) =>
        receivedVerdict(message(fields), ['microsoft', 'mx.example.org'])?.words;
      assert.deepEqual(
        words([store, front, stamp('fail'), border, ...added]),
        words([store, front, stamp('fail'), border]),
      );
      assert.deepEqual(words([imap, mx, own('fail'), ...added]), words([imap, mx, own('fail')]));
    }),
  );
});

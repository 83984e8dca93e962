import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { defaultJudgeOptions, ingest, type JudgeOptions, type MailOptions } from '../../../src/ingest/index.ts';
import { guardedResolver, parseZone, type Resolver, zoneResolver } from '../../../src/mail/index.ts';
import { exportsFolder } from '../exports.ts';
import { MemoryStore } from '../memory-store.ts';

const NOW = Date.parse('2026-07-18T15:00:00Z');

const zone = `$ORIGIN .
bank.example. TXT "v=spf1 ip4:192.0.2.10 -all"
_dmarc.bank.example. TXT "v=DMARC1; p=reject"
shop.example. TXT "v=spf1 ip4:192.0.2.20 -all"
_dmarc.shop.example. TXT "v=DMARC1; p=none"
`;

interface Mail {
  readonly from?: string;
  readonly envelope?: string;
  readonly ip?: string;
  readonly to?: string;
  /** Of the Received field; To by default. */
  readonly for?: string;
  readonly subject?: string;
  readonly extra?: string;
  readonly body?: string;
}

/** A message as the receiver mx.contoso.example left it. */
const mail = ({
  from = 'Ada <ada@bank.example>',
  envelope = 'ada@bank.example',
  ip = '203.0.113.7',
  to = 'ben@contoso.example',
  for: named = to,
  subject = 'Hello',
  extra = '',
  body = 'See https://evil.test/login now\r\n',
}: Mail = {}): string =>
  `Return-Path: <${envelope}>
${extra}Received: from client.example (client.example [${ip}])
 by mx.contoso.example with ESMTPS id 1${named === '' ? '' : ` for <${named}>`}; Sat, 18 Jul 2026 14:08:56 +0000
From: ${from}
To: ${to}
Subject: ${subject}
Message-ID: <1@bank.example>
Date: Sat, 18 Jul 2026 14:08:00 +0000
Content-Type: text/plain

${body}`.replaceAll(/\r?\n/g, '\r\n');

interface Given {
  readonly judge?: Partial<JudgeOptions>;
  readonly resolver?: Resolver;
  readonly store?: MemoryStore;
  readonly nested?: boolean;
  readonly threads?: number;
  readonly stdin?: string;
  readonly batchRows?: number;
}

async function take(paths: readonly string[], given: Given = {}) {
  const store = given.store ?? new MemoryStore();
  const options: MailOptions = {
    judge: { ...defaultJudgeOptions, acceptedDomains: ['contoso.example'], now: NOW, ...given.judge },
    rows: { withHeaderForm: true },
    resolver: given.resolver ?? zoneResolver(parseZone(zone, 'test.zone')),
    threads: given.threads ?? 0,
    nested: given.nested ?? false,
  };
  const rejected: string[] = [];
  const report = await ingest(paths, {
    store,
    mail: options,
    reject: ({ file, reason }) => rejected.push(`${file}: ${reason}`),
    now: Date.now,
    ...(given.stdin === undefined ? {} : { stdin: Readable.from([Buffer.from(given.stdin)]) }),
    ...(given.batchRows === undefined ? {} : { batchRows: given.batchRows }),
  });
  return { store, report, rejected };
}

const one = (store: MemoryStore, table: string): Record<string, unknown> => {
  const rows = store.rows(table);
  assert.equal(rows.length, 1, `${rows.length} rows of ${table}`);
  return rows[0]!;
};
const details = (store: MemoryStore) => JSON.parse(String(one(store, 'EmailEvents').AuthenticationDetails));
const additional = (store: MemoryStore) => JSON.parse(String(one(store, 'EmailEvents').AdditionalFields));

test('a message becomes rows of five tables', async (t) => {
  const { store, report } = await take([exportsFolder(t, { 'a.eml': mail() })]);
  const event = one(store, 'EmailEvents');
  const about = {
    SenderFromAddress: 'ada@bank.example',
    SenderDisplayName: 'Ada',
    SenderFromDomain: 'bank.example',
    SenderMailFromAddress: 'ada@bank.example',
    SenderMailFromDomain: 'bank.example',
    SenderIPv4: '203.0.113.7',
    SenderIPv6: '',
    RecipientEmailAddress: 'ben@contoso.example',
    Subject: 'Hello',
    EmailDirection: 'Inbound',
    DeliveryAction: 'Delivered',
    DeliveryLocation: 'Inbox/folder',
    UrlCount: 1,
    AttachmentCount: 0,
    InternetMessageId: event.InternetMessageId,
    Timestamp: '639199805360000000',
  };
  assert.deepEqual(Object.fromEntries(Object.keys(about).map((name) => [name, event[name]])), about);
  assert.deepEqual(details(store), {
    SPF: 'fail',
    DKIM: 'none',
    DMARC: 'fail',
    CompAuth: 'fail',
    AuthenticationResults: 'spf=fail dkim=none dmarc=fail action=oreject compauth=fail reason=000',
  });
  assert.deepEqual(additional(store), {
    VerdictSource: 'verified',
    DeliverySource: 'derived',
    TimeSource: 'received',
    ClientKnown: 'assumed',
  });
  const url = one(store, 'EmailUrlInfo');
  assert.deepEqual([url.Url, url.UrlDomain, url.UrlLocation], ['https://evil.test/login', 'evil.test', 'Body']);
  const checks = store.rows('EmailAuthentication');
  assert.deepEqual(
    checks.map(({ Method, Result, Domain }) => [Method, Result, Domain]),
    [
      ['SPF', 'fail', 'bank.example'],
      ['DKIM', 'none', ''],
      ['DMARC', 'fail', 'bank.example'],
      ['ARC', 'none', ''],
      ['CompAuth', 'fail', 'bank.example'],
    ],
  );
  assert.equal(checks[2]!.Policy, 'reject');
  for (const { CheckedAt, VerdictSource } of checks)
    assert.deepEqual([CheckedAt, VerdictSource], ['639199836000000000', 'verified']);
  assert.equal(one(store, 'EmailHeaders').HopCount, 1);
  assert.equal(report.rows, 8);
});

/** Sources that hold the same two messages. */
const [first, second] = [mail({ subject: 'first' }), mail({ subject: 'second', from: 'shop@shop.example' })];
const asMbox = (...messages: readonly string[]): string =>
  messages.map((text) => `From a@b.example Sat Jul 18 14:08:56 2026\r\n${text}\r\n`).join('');
const sources: readonly [what: string, files: Readonly<Record<string, string>>][] = [
  ['.eml files in folders', { 'a/1.eml': first, 'b/2.eml': second, 'b/notes.txt': 'no mail' }],
  ['an mbox', { 'inbox.mbox': asMbox(first, second) }],
  ['an mbox with bare line feeds', { Inbox: asMbox(first, second).replaceAll('\r', '') }],
  ['a Maildir', { 'm/cur/1.M1:2,S': first, 'm/new/2.M2': second, 'm/tmp/3.M3': mail({ subject: 'half' }) }],
];

const subjects = (store: MemoryStore) => store.rows('EmailEvents').map(({ Subject }) => Subject);

for (const [what, files] of sources) {
  test(`${what}: both messages, once, also when read again`, async (t) => {
    const folder = exportsFolder(t, files);
    const { store } = await take([folder]);
    assert.deepEqual(subjects(store).sort(), ['first', 'second']);
    const again = await take([folder], { store });
    assert.deepEqual(subjects(store).sort(), ['first', 'second']);
    assert.ok(again.report.filesAlreadyThere > 0);
    assert.equal(again.report.rows, 0);
  });
}

test('standard input: an mbox, and a single message', async () => {
  const { store } = await take(['-'], { stdin: asMbox(first, second) });
  assert.deepEqual(subjects(store), ['first', 'second']);
  const single = await take(['-'], { stdin: first });
  assert.deepEqual(subjects(single.store), ['first']);
  const { report } = await take(['-'], { stdin: `PK\u0003\u0004${'x'.repeat(50)}` });
  assert.match(String(report.failures[0]?.error.message), /a zip cannot be read from a pipe/);
});

test('killed at any append and started again, each row is there once', async (t) => {
  const many = Array.from({ length: 60 }, (_, n) => mail({ subject: `number ${n}` }));
  const folder = exportsFolder(t, { 'inbox.mbox': asMbox(...many) });
  const whole = await take([folder], { batchRows: 40 });
  const expected = many.map((_, n) => `number ${n}`);
  assert.deepEqual(subjects(whole.store), expected);
  const appends = whole.store.batches.length;
  assert.ok(appends > 20, `${appends} appends`);
  for (let survived = 0; survived < appends; survived += 3) {
    const store = new MemoryStore();
    store.appendsLeft = survived;
    await assert.rejects(take([folder], { store, batchRows: 40 }), /killed/);
    store.appendsLeft = Number.POSITIVE_INFINITY;
    await take([folder], { store, batchRows: 55 });
    assert.deepEqual(subjects(store), expected, `killed after ${survived} appends`);
  }
});

test('worker threads give the rows that this thread gives, in order', async (t) => {
  const many = Array.from({ length: 120 }, (_, n) =>
    mail({ subject: `number ${n}`, body: `${'text '.repeat(5000)}${n}\r\n` }),
  );
  const folder = exportsFolder(t, { 'inbox.mbox': asMbox(...many) });
  const here = await take([folder]);
  const there = await take([folder], { threads: 2 });
  assert.equal(here.store.rows('EmailEvents').length, 120);
  for (const table of ['EmailEvents', 'EmailAuthentication', 'EmailHeaders']) {
    assert.deepEqual(there.store.rows(table), here.store.rows(table));
  }
});

const stamp = (authserv: string, word: string): string =>
  `Authentication-Results: ${authserv}; spf=${word} smtp.mailfrom=bank.example; dkim=${word} header.d=bank.example; dmarc=${word} header.from=bank.example\r\n`;

const trusts: readonly [
  what: string,
  extra: string,
  judge: Partial<JudgeOptions>,
  dmarc: string | undefined,
  source: string,
][] = [
  [
    'auto believes a trusted receiver',
    stamp('mx.contoso.example', 'pass'),
    { trusted: ['mx.contoso.example'] },
    'pass',
    'received',
  ],
  ['auto checks where nobody is trusted', stamp('mx.contoso.example', 'pass'), {}, 'fail', 'verified'],
  [
    'auto checks where somebody else is trusted',
    stamp('mx.evil.test', 'pass'),
    { trusted: ['mx.contoso.example'] },
    'fail',
    'verified',
  ],
  [
    'verify checks in spite of trust',
    stamp('mx.contoso.example', 'pass'),
    { verdicts: 'verify', trusted: ['mx.contoso.example'] },
    'fail',
    'verified',
  ],
  [
    'received without a trusted stamp says nothing',
    stamp('mx.evil.test', 'pass'),
    { verdicts: 'received', trusted: ['mx.contoso.example'] },
    undefined,
    'none',
  ],
];
test('a trusted relay is believed about the client, and no stamp on its word', async (t) => {
  const folder = exportsFolder(t, { 'a.eml': mail({ extra: stamp('mx.contoso.example', 'pass') }) });
  const { store } = await take([folder], { judge: { relays: ['mx.contoso.example'] } });
  assert.equal(additional(store).ClientKnown, 'trusted');
  assert.equal(additional(store).VerdictSource, 'verified');
  assert.equal(details(store).DMARC, 'fail');
});

for (const [what, extra, judge, dmarc, source] of trusts) {
  test(`verdicts: ${what}`, async (t) => {
    const { store } = await take([exportsFolder(t, { 'a.eml': mail({ extra }) })], { judge });
    assert.equal(additional(store).VerdictSource, source);
    const text = String(one(store, 'EmailEvents').AuthenticationDetails);
    assert.equal(text === '' ? undefined : JSON.parse(text).DMARC, dmarc);
  });
}

test('no DNS server answers: MAIL0001, and nothing is stored as a verdict', async (t) => {
  const dead: Resolver = { query: async () => ({ status: 'failed', failure: 'timeout' }) };
  const store = new MemoryStore();
  const folder = exportsFolder(t, { 'a.eml': mail() });
  await assert.rejects(take([folder], { store, resolver: guardedResolver(dead) }), { code: 'MAIL0001' });
  assert.deepEqual(store.rows('EmailEvents'), []);
  // The same domain's silence while others answer is a verdict.
  const silent: Resolver = {
    query: async (name) =>
      name.endsWith('bank.example') ? { status: 'failed', failure: 'timeout' } : { status: 'no-record' },
  };
  await take([folder], { store, resolver: guardedResolver(silent) });
  assert.equal(details(store).DMARC, 'temperror');
});

/** Whom mail() lets take the message. */
const MX = ['mx.contoso.example'];

const parties: readonly [
  what: string,
  given: Mail,
  direction: string,
  recipients: readonly string[],
  trusted?: readonly string[],
][] = [
  ['from outside to us', {}, 'Inbound', ['ben@contoso.example']],
  ['as one of us, from outside', { from: 'ceo@contoso.example' }, 'Inbound', ['ben@contoso.example']],
  ['between us', { from: 'ceo@contoso.example', ip: '10.0.0.5' }, 'Intra-org', ['ben@contoso.example'], MX],
  [
    'between us, as nobody who is trusted says',
    { from: 'ceo@contoso.example', ip: '10.0.0.5' },
    'Inbound',
    ['ben@contoso.example'],
  ],
  [
    'as one of us, from a client whose address cannot be read',
    { from: 'ceo@contoso.example', ip: '203.0.113.7] [203.0.113.8' },
    'Inbound',
    ['ben@contoso.example'],
    MX,
  ],
  [
    'as one of us, from outside, with another in To',
    { from: 'ceo@contoso.example', to: 'x@shop.example', for: '' },
    'Inbound',
    ['x@shop.example'],
  ],
  [
    'from us to others',
    { from: 'ceo@contoso.example', ip: '10.0.0.5', to: 'x@shop.example' },
    'Outbound',
    ['x@shop.example'],
  ],
  [
    'to several, only ours have mailboxes here',
    { for: '', to: 'x@shop.example, ben@contoso.example, Ann <ann@contoso.example>' },
    'Inbound',
    ['ben@contoso.example', 'ann@contoso.example'],
  ],
  [
    'Delivered-To names who got it',
    { for: '', extra: 'Delivered-To: zoe@contoso.example\r\n' },
    'Inbound',
    ['zoe@contoso.example'],
  ],
];
for (const [what, given, direction, recipients, trusted = []] of parties) {
  test(`direction and recipients: ${what}`, async (t) => {
    const { store } = await take([exportsFolder(t, { 'a.eml': mail(given) })], { judge: { trusted } });
    const rows = store.rows('EmailEvents');
    assert.deepEqual(
      rows.map(({ EmailDirection }) => EmailDirection),
      recipients.map(() => direction),
    );
    assert.deepEqual(
      rows.map(({ RecipientEmailAddress }) => RecipientEmailAddress),
      recipients,
    );
  });
}

/** The hop above the border in Microsoft 365. */
const byMicrosoft =
  'Received: from a.prod.outlook.com (2603:10a6::1) by b.prod.outlook.com (2603:10a6::2); Sat, 18 Jul 2026 14:09:00 +0000\r\n';

test('a message to more than 500 has rows for 500, and says so', async (t) => {
  const addresses = (count: number) => Array.from({ length: count }, (_, n) => `r${n}@contoso.example`).join(',\r\n ');
  for (const [count, rows, said] of [
    [500, 500, false],
    [501, 500, true],
  ] as const) {
    const { store } = await take([exportsFolder(t, { 'a.eml': mail({ for: '', to: addresses(count) }) })]);
    assert.equal(store.rows('EmailEvents').length, rows);
    assert.equal(String(one(store, 'EmailHeaders').Problems).includes('more than 500 recipients'), said);
  }
});

const placed: readonly [
  what: string,
  file: string,
  extra: string,
  trusted: readonly string[],
  location: string,
  source: string,
][] = [
  ['a junk folder', 'Maildir/.Junk/cur/1.M1', '', [], 'Junk folder', 'source'],
  ['a folder whose name only begins so', 'Junkyard/1.eml', '', [], 'Inbox/folder', 'derived'],
  [
    'Microsoft said junk, and is trusted',
    '1.eml',
    `${byMicrosoft}X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;dest:J;RF:JunkEmail\r\n`,
    ['microsoft'],
    'Junk folder',
    'source',
  ],
  [
    'Microsoft is trusted, and had nothing to do with it',
    '1.eml',
    'X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;dest:J;RF:JunkEmail\r\n',
    ['microsoft'],
    'Inbox/folder',
    'derived',
  ],
  [
    'Microsoft is not trusted',
    '1.eml',
    'X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;dest:J\r\n',
    [],
    'Inbox/folder',
    'derived',
  ],
];
for (const [what, file, extra, trusted, location, source] of placed) {
  test(`delivery: ${what}`, async (t) => {
    const { store } = await take([exportsFolder(t, { [file]: mail({ extra }) })], { judge: { trusted } });
    assert.equal(one(store, 'EmailEvents').DeliveryLocation, location);
    assert.equal(additional(store).DeliverySource, source);
  });
}

test('NetworkMessageId: the same delivery is one, a replay from elsewhere another, a used Message-ID hides nothing', async (t) => {
  const idOf = async (text: string) =>
    one((await take([exportsFolder(t, { 'a.eml': text })])).store, 'EmailEvents').NetworkMessageId;
  const id = await idOf(mail());
  assert.match(String(id), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(await idOf(mail({ extra: 'X-Spam: no\r\n' }).replaceAll('\r', '')), id);
  assert.notEqual(await idOf(mail({ ip: '203.0.113.8' })), id);
  assert.notEqual(await idOf(mail({ body: 'other' })), id);
});

test('NetworkMessageId: what a reader sees differently, and a delivery at another time, hide nothing', async (t) => {
  const idOf = async (text: string) =>
    one((await take([exportsFolder(t, { 'a.eml': text })], { judge: { trusted: MX } })).store, 'EmailEvents')
      .NetworkMessageId;
  const id = await idOf(mail());
  assert.equal(await idOf(mail({ extra: 'X-Spam: no\r\n' })), id);
  assert.notEqual(await idOf(mail().replace('14:08:56', '15:00:00')), id);
  assert.notEqual(
    await idOf(mail().replace('Subject:', 'Content-Disposition: attachment; filename=a.exe\r\nSubject:')),
    id,
  );
  assert.notEqual(await idOf(mail().replace('Subject:', 'Fr\0om: ceo@bank.example\r\nSubject:')), id);
});

test('NetworkMessageId: the id of Exchange counts once, and only in mail that went through Microsoft 365', async (t) => {
  const id = '11111111-2222-3333-4444-555555555555';
  const field = `X-MS-Exchange-Organization-Network-Message-Id: ${id}\r\n`;
  const idOf = async (extra: string) =>
    one(
      (await take([exportsFolder(t, { 'a.eml': mail({ extra }) })], { judge: { trusted: ['microsoft'] } })).store,
      'EmailEvents',
    ).NetworkMessageId;
  assert.equal(await idOf(byMicrosoft + field), id);
  assert.notEqual(await idOf(field), id);
  assert.notEqual(await idOf(byMicrosoft + field + field.replace('1111', '2222')), id);
});

test('of two From fields the row names the one whom the verdict is about', async (t) => {
  const text = mail().replace('From: Ada', 'From: x@shop.example\r\nFrom: Ada');
  const { store } = await take([exportsFolder(t, { 'a.eml': text })]);
  assert.equal(one(store, 'EmailEvents').SenderFromDomain, 'bank.example');
  assert.equal(details(store).DMARC, 'fail');
});

test('a reported message comes in only when asked for', async (t) => {
  const inner = mail({ subject: 'the evidence' });
  const report = mail({
    subject: 'FW: suspicious',
    from: 'ben@contoso.example',
    extra: '',
    body: '',
  }).replace(
    'Content-Type: text/plain\r\n\r\n',
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nlook\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--b--\r\n`,
  );
  const folder = exportsFolder(t, { 'a.eml': report });
  assert.deepEqual(subjects((await take([folder])).store), ['FW: suspicious']);
  const { store, report: told } = await take([folder], { nested: true });
  assert.deepEqual(subjects(store), ['FW: suspicious', 'the evidence']);
  assert.equal(told.messages.taken, 2);
  assert.deepEqual(
    told.files.map(({ rows }) => rows),
    [told.rows],
  );
  assert.match(String(store.rows('EmailHeaders')[1]!.SourceFile), /a\.eml!1$/);
});

test('a file of exports beside mail is still an export', async (t) => {
  const folder = exportsFolder(t, {
    'a.eml': mail(),
    'EmailEvents.csv': 'NetworkMessageId,Timestamp,Subject\nx,2026-07-18T14:00:00Z,export\n',
  });
  assert.deepEqual(subjects((await take([folder])).store).sort(), ['Hello', 'export']);
});

test('a damaged zip is named, and what else there is comes in', async (t) => {
  const folder = exportsFolder(t, { 'a.eml': mail(), 'b.zip': 'PK\u0003\u0004 nothing' });
  const { store, report } = await take([folder]);
  assert.deepEqual(subjects(store), ['Hello']);
  assert.equal(report.failures[0]?.error.code, 'INGEST0006');
  assert.ok(readFileSync(join(folder, 'b.zip')).length > 0);
});

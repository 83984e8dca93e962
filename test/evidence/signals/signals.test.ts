import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Evidence,
  type Handling,
  type MessageFacts,
  signalsOf,
  signalTable,
} from '../../../src/evidence/index.ts';
import { acquaintance, byPlatform, check, forgery, header, honest, carrier as platform } from './made-evidence.ts';

const house = { acceptedDomains: ['contoso.com'], trustedSealers: ['lists.example'] };
const names = (evidence: Evidence): readonly string[] => signalsOf(evidence, house).map(({ name }) => name);
const withHeader = (more: Parameters<typeof header>[0]) => forgery({ headers: header(more) });
const dkim = (...rows: readonly ReturnType<typeof check>[]): Partial<MessageFacts> => ({
  checks: [...forgery().message.checks.filter(({ method }) => method !== 'DKIM'), ...rows],
});
const seen = (messages: number, dmarcPass: number, first: string) => ({
  identity: 'x',
  messages,
  first,
  last: '2026-07-17T08:00:00Z',
  dmarcPass,
  dmarcFail: messages - dmarcPass,
  passedByHost: dmarcPass,
  recipients: 1,
});
const history = (more: Partial<Evidence['history']>): Partial<Evidence> => ({
  history: { ...forgery().history, ...more },
});
const carrier = { ...platform, ip: '198.51.100.31', ofAuthor: 0, firstOfAuthor: undefined };
const failingFor = (delivered: number, first: string): Evidence =>
  forgery({}, history({ source: { ...seen(12, 0, first), delivered } }));
/** Mail of a correspondent, whose proofs a forwarder has broken. */
const brought = (more: Partial<Evidence['history']>, by: Partial<typeof carrier> = {}): Evidence =>
  forgery(
    {},
    {
      ...history({ wasWrittenTo: true, address: seen(9, 9, '2026-06-01T08:00:00Z'), ...more }),
      acquaintance: acquaintance({ carrier: { ...carrier, domains: [], passed: 0, ...by } }),
    },
  );
const link = (domain: string, location = 'Body') => ({ urls: [{ url: `https://${domain}/a`, domain, location }] });

/** Mail in the receiver's own name that came by a connector of its own. */
const byConnector = (more: Partial<Handling> = {}, fromInside = 0): Evidence =>
  forgery(
    { senderFromDomain: 'contoso.com', senderFromAddress: 'scanner@contoso.com' },
    {
      acquaintance: acquaintance({
        fromInside,
        handling: {
          connector: 'Scan-to-mail',
          connectorForOthers: 0,
          transportRule: '',
          orgAction: '',
          orgPolicy: '',
          distributionList: '',
          bulkLevel: undefined,
          ...more,
        },
      }),
    },
  );

const newcomer = history({ domain: seen(0, 0, '2026-07-18T14:00:00Z') });
const alike = (likeness: 'letters' | 'ending') => ({
  ...newcomer,
  acquaintance: acquaintance({ alikes: [{ domain: 'museum.example', messages: 9, likeness }] }),
});

/** For each signal evidence that has it, and evidence that is as near as can be and has it not. */
const cases: readonly (readonly [signal: string, has: Evidence, hasNot: Evidence])[] = [
  ['dmarc-pass', honest(), forgery()],
  ['dmarc-fail', forgery(), honest()],
  ['look-alike-from', honest({}, alike('letters')), honest({}, alike('ending'))],
  ['known-name-elsewhere', honest({}, alike('ending')), honest({}, { ...alike('ending'), history: forgery().history })],
  ['nothing-passed', forgery(), byPlatform()],
  ['only-others-passed', byPlatform(), forgery()],
  ['spf-fail', forgery(), byPlatform()],
  ['policy-reject', forgery(), byPlatform()],
  ['policy-none', byPlatform(), forgery()],
  ['signed-by-carrier', byPlatform(), honest()],
  [
    'author-signature-broken',
    forgery(dkim(check('DKIM', 'fail', { domain: 'bank.example' }))),
    forgery(dkim(check('DKIM', 'fail', { domain: 'other.example' }))),
  ],
  [
    'author-signature-refused',
    forgery(dkim(check('DKIM', 'policy', { domain: 'bank.example' }))),
    forgery(dkim(check('DKIM', 'none'))),
  ],
  [
    'signature-covers-part',
    forgery(dkim(check('DKIM', 'pass', { domain: 'bank.example', details: { coversBody: false } }))),
    forgery(dkim(check('DKIM', 'pass', { domain: 'bank.example', details: { coversBody: true } }))),
  ],
  [
    'several-authors',
    withHeader({ authorDomains: ['bank.example', 'throwaway.example'] }),
    withHeader({ authorDomains: ['bank.example', 'mail.bank.example'] }),
  ],
  ['own-domain-from-outside', forgery({ senderFromDomain: 'contoso.com' }), forgery()],
  ['source-fails-for-weeks', failingFor(10, '2026-06-01T08:00:00Z'), failingFor(9, '2026-06-01T08:00:00Z')],
  ['source-fails-for-weeks', failingFor(10, '2026-06-01T08:00:00Z'), failingFor(10, '2026-07-01T08:00:00Z')],
  ['carrier-brings-correspondent', brought({}), brought({ wasWrittenTo: false })],
  ['carrier-brings-correspondent', brought({}), brought({ address: seen(3, 0, '2026-06-01T08:00:00Z') })],
  ['carrier-brings-correspondent', brought({}), brought({}, { authorDomains: 2 })],
  ['carrier-brings-correspondent', brought({}), brought({}, { first: '2026-07-10T08:00:00Z' })],
  ['own-mailbox-from-outside', byConnector({}, 3), byConnector()],
  ['own-connector', byConnector(), byConnector({}, 1)],
  ['own-connector', byConnector(), byConnector({ connectorForOthers: 1 })],
  [
    'own-connector',
    byConnector({ connectorFromHere: 1, connectorFromElsewhere: 9 }),
    byConnector({ connectorFromElsewhere: 9 }),
  ],
  [
    'name-holds-other-address',
    forgery({ senderDisplayName: 'Bank <alerts@museum.example>' }),
    forgery({ senderDisplayName: 'accounts@bank.example' }),
  ],
  [
    'reply-to-elsewhere',
    withHeader({ replyTo: 'x@freemail.example', replyToDomain: 'freemail.example' }),
    withHeader({ replyTo: 'x@mail.bank.example', replyToDomain: 'mail.bank.example' }),
  ],
  [
    'reply-to-namesake-mailbox',
    withHeader({ replyTo: 'bank.accounts@freemail.example' }),
    withHeader({ replyTo: 'x@freemail.example' }),
  ],
  ['domain-passes-elsewhere', forgery(), forgery({}, history({ domain: seen(3, 0, '2026-06-01T08:00:00Z') }))],
  ['domain-never-passed', forgery({}, history({ domain: seen(3, 0, '2026-06-01T08:00:00Z') })), forgery()],
  [
    'domain-never-passed',
    forgery({}, history({ domain: seen(3, 0, '2026-06-01T08:00:00Z') })),
    forgery({ senderFromDomain: 'contoso.com' }, history({ domain: seen(3, 0, '2026-06-01T08:00:00Z') })),
  ],
  ['domain-never-seen', forgery({}, history({ domain: seen(4, 0, '2026-07-18T13:00:00Z') })), forgery()],
  [
    'source-passed-before',
    forgery({}, history({ source: seen(5, 5, '2026-06-01T08:00:00Z') })),
    byPlatform({}, history({ source: seen(5, 5, '2026-06-01T08:00:00Z') })),
  ],
  [
    'source-fails-steadily',
    forgery({}, history({ source: seen(5, 0, '2026-06-20T08:00:00Z') })),
    forgery({}, history({ source: seen(5, 0, '2026-07-10T08:00:00Z') })),
  ],
  [
    'source-failed-before',
    forgery({}, history({ source: seen(1, 0, '2026-07-10T08:00:00Z') })),
    forgery({}, history({ source: seen(1, 0, '2026-07-18T12:00:00Z') })),
  ],
  ['source-never-seen', forgery(), forgery({}, history({ source: seen(1, 0, '2026-07-10T08:00:00Z') }))],
  [
    'platform-alignment-lost',
    byPlatform({}, { acquaintance: acquaintance({ carrier: { ...carrier, ofAuthor: 3, ofAuthorPassed: 3 } }) }),
    byPlatform({}, { acquaintance: acquaintance({ carrier: { ...carrier, ofAuthor: 3 } }) }),
  ],
  [
    'carrier-known-by-domain',
    byPlatform({}, { acquaintance: acquaintance({ carrier }) }),
    byPlatform({}, { acquaintance: acquaintance({ carrier: { ...carrier, passed: 0 } }) }),
  ],
  [
    'carrier-known-by-address',
    forgery({}, { acquaintance: acquaintance({ carrier }) }),
    forgery({}, { acquaintance: acquaintance({ carrier: { ...carrier, authorDomains: 1 } }) }),
  ],
  [
    'carrier-never-seen',
    byPlatform({}, { acquaintance: acquaintance({ carrier: { ...carrier, messages: 0, first: undefined } }) }),
    byPlatform({}, { acquaintance: acquaintance({ carrier }) }),
  ],
  ['list-headers', withHeader({ listId: '<a.lists.example>' }), withHeader({ precedence: 'bulk' })],
  ['bulk-headers', withHeader({ precedence: 'bulk' }), withHeader({ precedence: 'list' })],
  ['link-bears-name', forgery(link('bank.throwaway.example')), forgery(link('cards.bank.example'))],
  [
    'link-bears-name',
    forgery(link('files-contoso.throwaway.example')),
    forgery(link('files-contosox.throwaway.example')),
  ],
  ['link-elsewhere', forgery(link('throwaway.example')), forgery(link('www.contoso.com'))],
  ['link-in-code', forgery(link('throwaway.example', 'QRCode')), forgery(link('throwaway.example'))],
  ['link-to-address', forgery(link('192.0.2.9')), forgery(link('throwaway.example'))],
  [
    'file-is-a-page',
    forgery({ attachments: [{ fileName: 'Invoice.HTML', fileType: '', sha256: '', size: 1, threatTypes: '' }] }),
    forgery({ attachments: [{ fileName: 'html.pdf', fileType: '', sha256: '', size: 1, threatTypes: '' }] }),
  ],
  [
    'file-is-a-program',
    forgery({ attachments: [{ fileName: 'scan.pdf.lnk', fileType: '', sha256: '', size: 1, threatTypes: '' }] }),
    forgery({ attachments: [{ fileName: 'link.pdf', fileType: '', sha256: '', size: 1, threatTypes: '' }] }),
  ],
  [
    'receiver-found-phish',
    forgery({ threatTypes: 'Phish', detectionMethods: '{"Phish":["URL malicious reputation"]}' }),
    forgery({ threatTypes: 'Phish', detectionMethods: '{"Phish":["Spoof external domain"]}' }),
  ],
  [
    'trusted-arc-sealer',
    forgery({
      words: { ...forgery().message.words, reason: '130', compAuth: 'pass' },
      checks: [check('DMARC', 'fail', { domain: 'bank.example' })],
    }),
    forgery(),
  ],
];

const silent = (sealer: string, results: string, host = sealer) =>
  forgery({
    checks: [
      check('SPF', 'pass', { domain: host }),
      check('DMARC', 'fail', { domain: 'bank.example' }),
      check('ARC', 'temperror', { domain: sealer, details: { sets: [{ instance: 1, sealer, results }] } }),
    ],
  });
const author = forgery().message.senderFromDomain;
const vouches = `mx.lists.example; dmarc=pass header.from=${author}`;
const outOfReach = 'trusted-seal-out-of-reach';
const silentSeals: typeof cases = [
  [outOfReach, silent('lists.example', vouches), silent('stranger.example', vouches)],
  [outOfReach, silent('lists.example', vouches), silent('lists.example', vouches, 'stranger.example')],
  [outOfReach, silent('lists.example', vouches), silent('lists.example', vouches.replace('pass', 'fail'))],
];

for (const [signal, has, hasNot] of [...cases, ...silentSeals]) {
  test(`${signal} is seen where it is, and not where it is not`, () => {
    assert.ok(names(has).includes(signal), `not in ${names(has)}`);
    assert.ok(!names(hasNot).includes(signal), `in ${names(hasNot)}`);
  });
}

test('each signal has one row, and says when it is there', () => {
  const all = signalTable.map(({ name }) => name);
  assert.deepEqual([...new Set(all)], all);
  for (const { name, about } of signalTable) assert.match(about, /^[A-Z].{8,}\.$/, name);
});

test('an export that has the words alone gives signals too, and alignment follows from the domains', () => {
  assert.ok(names(forgery({ checks: [], headers: undefined })).includes('spf-fail'));
  const passing = { spf: 'pass', dkim: '', dmarc: '', compAuth: '', action: '', reason: '' };
  const foreign = forgery({
    checks: [],
    headers: undefined,
    words: { ...passing, dmarc: 'fail' },
    senderMailFromDomain: 'platform.example',
  });
  assert.ok(names(foreign).includes('only-others-passed'));
});

test('what rests on an address that is only assumed can be forged, unless a signature proves it', () => {
  const assumed = (evidence: Evidence): Evidence => ({
    ...evidence,
    message: {
      ...evidence.message,
      checks: evidence.message.checks.map((row) => ({ ...row, clientKnown: 'assumed' })),
    },
  });
  const flag = (evidence: Evidence) =>
    signalsOf(evidence, house).find(({ name }) => name === 'dmarc-pass')?.isForgeable;
  const bySpfAlone = honest({ checks: honest().message.checks.filter(({ method }) => method !== 'DKIM') });
  assert.equal(flag(assumed(bySpfAlone)), true);
  assert.equal(flag(bySpfAlone), false);
  assert.equal(flag(assumed(honest())), false);
});

test('the name of a client counts only in the receiver’s own topmost field', () => {
  const hop = { by: 'mx.contoso.com', ip: '203.0.113.66', reverse: 'mail.bank.example' };
  assert.ok(names(withHeader({ hops: [hop] })).includes('client-named-by-author'));
  const below = withHeader({ hops: [{ by: 'mx.contoso.com', ip: '203.0.113.66' }, hop] });
  assert.ok(!names(below).includes('client-named-by-author'));
  const other = withHeader({ hops: [{ ...hop, by: 'mx.throwaway.example' }] });
  assert.ok(!names(other).includes('client-named-by-author'));
});

test('a sealer who vouches for a signature that never was is seen; one whose signature broke is not', () => {
  const results = 'mx.lists.example; dkim=pass header.d=bank.example; spf=pass';
  const arc = check('ARC', 'pass', {
    domain: 'lists.example',
    details: { sets: [{ sealer: 'lists.example', results }] },
  });
  const sealed = forgery({ checks: [...forgery().message.checks.filter(({ method }) => method !== 'ARC'), arc] });
  assert.ok(names(sealed).includes('sealer-vouches-for-nothing'));
  const broken = check('DKIM', 'fail', { domain: 'bank.example' });
  const kept = { ...sealed, message: { ...sealed.message, checks: [broken, ...sealed.message.checks] } };
  assert.ok(!names(kept).includes('sealer-vouches-for-nothing'));
});

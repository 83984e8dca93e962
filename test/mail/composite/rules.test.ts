import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompositeQuery, composite } from '../../../src/mail/composite/composite.ts';
import { codesNotGiven, compositeRules } from '../../../src/mail/composite/rules.ts';
import { arc, author, authorsOf, client, dkim, dmarc, now, query, resolverOf, spf } from './queries.ts';

type Case = readonly [title: string, query: Partial<CompositeQuery>, code: string];

const pointer = `${client.split('.').reverse().join('.')}.in-addr.arpa PTR`;
const named = (name: string, more: Parameters<typeof resolverOf>[0] = {}) =>
  resolverOf({ [pointer]: [name], [`${name} A`]: [client], ...more });
const sealed = 'mx.sealer.example; dmarc=pass header.from=example.com';
const own = { acceptedDomains: ['example.com'] };
const list = (sender: string, infrastructure: string, expires?: number) => ({
  blocked: [{ sender, infrastructure, ...(expires === undefined ? {} : { expires }) }],
});
const { mailFrom: _, ...noEnvelope } = query().transaction;
const bounce = { transaction: { ...noEnvelope, mailFrom: '' } };

/** For each code a case that gives it, then the nearest cases that must not. */
const cases: readonly Case[] = [
  ['internal', { exempt: 'internal' }, '300'],
  ['not told to be internal', {}, '001'],
  ['exempted, though it fails', { exempt: 'bypassed', dmarc: dmarc('fail', 'reject') }, '400'],
  ['not exempted', { dmarc: dmarc('fail', 'reject') }, '000'],
  ['complex routing', { exempt: 'complex routing' }, '905'],

  ['DMARC passed', { dmarc: dmarc('pass', 'reject') }, '100'],
  ['DMARC passed with p=none', { dmarc: dmarc('pass', 'none') }, '100'],
  ['DMARC failed', { dmarc: dmarc('fail', 'none') }, '001'],

  ['record out of reach, SPF aligned', { dmarc: dmarc('temperror'), spf: spf('pass') }, '112'],
  ['record out of reach, DKIM aligned', { dmarc: dmarc('temperror'), dkim: [dkim('mail.example.com')] }, '112'],
  ['record out of reach, nothing aligned', { dmarc: dmarc('temperror'), spf: spf('pass', 'example.net') }, '001'],
  ['record out of reach, SPF did not pass', { dmarc: dmarc('temperror'), spf: spf('temperror') }, '001'],

  ['permerror, SPF aligned', { dmarc: dmarc('permerror'), spf: spf('pass', 'a.example.com') }, '111'],
  ['permerror, DKIM aligned', { dmarc: dmarc('permerror'), dkim: [dkim()] }, '111'],
  ['permerror, the signature leaves part open', { dmarc: dmarc('permerror'), dkim: [dkim(author, false)] }, '001'],
  ['permerror, nothing aligned', { dmarc: dmarc('permerror'), spf: spf('pass', 'example.net') }, '001'],
  [
    'temperror of an alignment, record known',
    { dmarc: dmarc('temperror', 'reject'), spf: spf('pass', 'a.example.com') },
    '111',
  ],
  [
    'temperror, and the record asks for strict alignment',
    {
      dmarc: {
        ...dmarc('temperror', 'reject'),
        alignments: [{ method: 'spf', domain: 'a.example.com', alignment: 'relaxed', counts: false }],
      },
      spf: spf('pass', 'a.example.com'),
    },
    '001',
  ],
  [
    'permerror since From names two domains',
    { dmarc: dmarc('permerror'), spf: spf('pass'), authors: authorsOf(author, 'example.net') },
    '001',
  ],
  [
    'permerror since one mailbox has no domain',
    { dmarc: dmarc('permerror'), spf: spf('pass'), authors: authorsOf(author, '') },
    '001',
  ],
  [
    'permerror since there are two From fields',
    {
      dmarc: dmarc('permerror'),
      spf: spf('pass'),
      authors: { ...authorsOf(author), problems: ['several From fields'] },
    },
    '001',
  ],
  [
    'a malformed From that names one domain',
    { dmarc: dmarc('permerror'), spf: spf('pass'), authors: { ...authorsOf(author), problems: ['malformed From'] } },
    '111',
  ],

  ['no record, SPF aligned', { spf: spf('pass') }, '109'],
  ['no record, SPF aligned by organization', { spf: spf('pass', 'a.example.com') }, '109'],
  ['no record, DKIM aligned', { dkim: [dkim()] }, '109'],
  ['no record, SPF of another domain', { spf: spf('pass', 'example.net') }, '001'],
  ['no record, softfail', { spf: spf('softfail') }, '001'],
  [
    'no record, neighbours below one public suffix',
    { spf: spf('pass', 'other.co.uk'), authors: authorsOf('example.co.uk') },
    '001',
  ],
  ['no record, two author domains', { spf: spf('pass'), authors: authorsOf(author, 'example.net') }, '001'],

  ['blocked pair', list(author, '*'), '002'],
  ['blocked pair, an address', list('A@example.com', client), '002'],
  [
    'blocked pair, above the author',
    { ...list(author, '192.0.2.0/24'), authors: authorsOf('mail.example.com') },
    '002',
  ],
  ['blocked pair, its signature', { ...list('*', 'bulk.example'), dkim: [dkim('a.bulk.example')] }, '002'],
  ['blocked pair, its name', { ...list('*', 'bulk.example'), resolver: named('mx.bulk.example') }, '002'],
  [
    'blocked before ARC is heard',
    { ...list(author, '*'), arc: arc('pass', ['sealer.example', sealed]), trustedSealers: ['sealer.example'] },
    '002',
  ],
  ['blocked until a second later', list(author, '*', now + 1), '002'],
  ['blocked until now', list(author, '*', now), '001'],
  ['blocked, another address of that domain', list('b@example.com', '*'), '001'],
  ['blocked, another infrastructure', list(author, '198.51.100.0/24'), '001'],
  [
    'blocked, a name that does not lead back',
    { ...list('*', 'bulk.example'), resolver: resolverOf({ [pointer]: ['mx.bulk.example'] }) },
    '001',
  ],
  ['a blocked pair that authenticates is no spoof', { ...list(author, '*'), dmarc: dmarc('pass', 'reject') }, '100'],

  [
    'a trusted sealer saw DMARC pass',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['sealer.example', sealed]),
      trustedSealers: ['Sealer.example'],
    },
    '130',
  ],
  [
    'a trusted sealer, no record',
    { arc: arc('pass', ['sealer.example', sealed]), trustedSealers: ['sealer.example'] },
    '130',
  ],
  [
    'trusted sealers behind one another',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc(
        'pass',
        ['sealer.example', sealed],
        ['second.example', 'second.example; dmarc=fail header.from=example.com'],
      ),
      trustedSealers: ['sealer.example', 'second.example'],
    },
    '130',
  ],
  [
    'a sealer saw DMARC fail, whatever SPF and a second word on DMARC say',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', [
        'sealer.example',
        'mx; spf=pass smtp.mailfrom=b@example.com; dmarc=fail header.from=example.com; dmarc=pass header.from=example.com',
      ]),
      trustedSealers: ['sealer.example'],
    },
    '000',
  ],
  [
    'a sealer saw aligned SPF',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['sealer.example', 'mx; spf=pass smtp.mailfrom=b@mail.example.com']),
      trustedSealers: ['sealer.example'],
    },
    '130',
  ],
  [
    'a sealer saw an aligned signature',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['sealer.example', 'mx; dkim=pass header.d=example.com']),
      trustedSealers: ['sealer.example'],
    },
    '130',
  ],
  [
    'the chain is broken',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('fail', ['sealer.example', sealed]),
      trustedSealers: ['sealer.example'],
    },
    '000',
  ],
  ['nobody is trusted', { dmarc: dmarc('fail', 'reject'), arc: arc('pass', ['sealer.example', sealed]) }, '000'],
  [
    'a sealer below a trusted domain',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['evil.sealer.example', sealed]),
      trustedSealers: ['sealer.example'],
    },
    '000',
  ],
  [
    'an untrusted sealer behind a trusted one',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['sealer.example', sealed], ['evil.example', sealed]),
      trustedSealers: ['sealer.example'],
    },
    '000',
  ],
  [
    'a trusted sealer behind an untrusted one, who alone saw it pass',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['evil.example', sealed], ['sealer.example', 'mx; dmarc=fail header.from=example.com']),
      trustedSealers: ['sealer.example'],
    },
    '000',
  ],
  [
    'a sealer saw another author pass',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['sealer.example', 'mx; dmarc=pass header.from=example.net']),
      trustedSealers: ['sealer.example'],
    },
    '000',
  ],
  [
    'a sealer saw SPF of another domain',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['sealer.example', 'mx; spf=pass smtp.mailfrom=b@example.net']),
      trustedSealers: ['sealer.example'],
    },
    '000',
  ],
  [
    'a sealer saw it fail',
    {
      dmarc: dmarc('fail', 'reject'),
      arc: arc('pass', ['sealer.example', 'mx; dmarc=fail header.from=example.com']),
      trustedSealers: ['sealer.example'],
    },
    '000',
  ],

  ['a bounce of ours', { ...bounce, dmarc: dmarc('fail', 'reject'), bounceFor: 'own message' }, '502'],
  ['a bounce from a correspondent', { ...bounce, bounceFor: 'known correspondent' }, '501'],
  ['a null sender alone proves nothing', bounce, '001'],
  ['no null sender', { bounceFor: 'own message' }, '001'],
  ['an unknown envelope is no null sender', { transaction: noEnvelope, bounceFor: 'own message' }, '001'],

  ['intra-organisation, reject', { ...own, dmarc: dmarc('fail', 'reject') }, '010'],
  [
    'intra-organisation, quarantine, a domain below',
    { ...own, dmarc: dmarc('fail', 'quarantine'), authors: authorsOf('mail.example.com') },
    '010',
  ],
  [
    'intra-organisation, one of two authors',
    { ...own, dmarc: dmarc('fail', 'reject'), authors: authorsOf('example.net', author) },
    '010',
  ],
  ['intra-organisation, p=none', { ...own, dmarc: dmarc('fail', 'none') }, '601'],
  ['another organisation', { acceptedDomains: ['example.net', 'ample.com'], dmarc: dmarc('fail', 'reject') }, '000'],

  ['explicit, quarantine', { dmarc: dmarc('fail', 'quarantine') }, '000'],
  ['explicit, outside the sample', { dmarc: dmarc('fail', 'reject', 'quarantine') }, '000'],
  [
    'explicit, although SPF passed relaxedly',
    { dmarc: dmarc('fail', 'reject'), spf: spf('pass', 'a.example.com') },
    '000',
  ],
  ['implicit', { dmarc: dmarc('fail', 'none') }, '001'],

  [
    'strict DKIM, p=none, signed by the organization',
    { dmarc: dmarc('fail', 'none'), dkim: [dkim('a.example.com')] },
    '101',
  ],
  ['the same, signed by another', { dmarc: dmarc('fail', 'none'), dkim: [dkim('example.net')] }, '001'],
  [
    'strict SPF, p=none, sent by the organization',
    { dmarc: dmarc('fail', 'none'), spf: spf('pass', 'a.example.com') },
    '102',
  ],
  ['the same, sent by another', { dmarc: dmarc('fail', 'none'), spf: spf('pass', 'example.net') }, '001'],

  ['sent by the owner', { sentByOwner: true }, '115'],
  ['sent by the owner, but an explicit failure', { sentByOwner: true, dmarc: dmarc('fail', 'reject') }, '000'],
  ['sent by the owner of which domain?', { sentByOwner: true, authors: authorsOf(author, 'example.net') }, '001'],

  ['the client is the domain', { resolver: named(author) }, '103'],
  ['the client is a host of the domain', { resolver: named('mail.example.com') }, '104'],
  [
    'the same over IPv6',
    {
      transaction: { ...query().transaction, ip: '2001:db8::1' },
      resolver: resolverOf({
        [`${'1.0.0.0'}.${'0.0.0.0.'.repeat(5)}8.b.d.0.1.0.0.2.ip6.arpa PTR`]: ['mail.example.com'],
        'mail.example.com AAAA': ['2001:db8::1'],
      }),
    },
    '104',
  ],
  [
    'the client is its mail exchanger',
    { resolver: named('mx.host.example', { 'example.com MX': [{ preference: 5, exchange: 'mx.host.example' }] }) },
    '116',
  ],
  [
    'a neighbour of its mail exchanger',
    { resolver: named('mx2.host.example', { 'example.com MX': [{ preference: 5, exchange: 'mx.host.example' }] }) },
    '001',
  ],
  ['the client is a neighbour', { resolver: named('mail.host.example', { 'example.com A': ['192.0.2.99'] }) }, '201'],
  ['the client is a neighbour without a name', { resolver: resolverOf({ 'example.com A': ['192.0.2.99'] }) }, '001'],
  [
    'the domain lies in the next subnet',
    { resolver: named('mail.host.example', { 'example.com A': ['192.0.3.10'] }) },
    '001',
  ],
  [
    'the client is of the organization',
    { authors: authorsOf('news.example.com'), resolver: named('mail.example.com') },
    '202',
  ],
  [
    'the client is of another organization',
    { authors: authorsOf('news.example.com'), resolver: named('mail.example.net') },
    '001',
  ],
  [
    'a name that does not lead back',
    { resolver: resolverOf({ [pointer]: ['mail.example.com'], 'mail.example.com A': ['198.51.100.1'] }) },
    '001',
  ],
  [
    'a name whose address is out of reach',
    { resolver: resolverOf({ [pointer]: ['mail.example.com'], 'mail.example.com A': 'failed' }) },
    '001',
  ],
  ['a pointer out of reach', { resolver: resolverOf({ [pointer]: 'failed' }) }, '001'],
  [
    'a name among many, the sixth',
    {
      resolver: resolverOf({
        [pointer]: ['a.test', 'b.test', 'c.test', 'd.test', 'e.test', 'mail.example.com'],
        'mail.example.com A': [client],
      }),
    },
    '001',
  ],
  ['SPF denies the client', { spf: spf('fail'), resolver: named('mail.example.com') }, '001'],
  ['SPF doubts the client', { spf: spf('softfail'), resolver: named('mail.example.com') }, '001'],
  ['SPF has no opinion', { spf: spf('neutral'), resolver: named('mail.example.com') }, '104'],
  ['DMARC fails', { dmarc: dmarc('fail', 'none'), resolver: named('mail.example.com') }, '001'],
  [
    'an address that only the message names',
    { transaction: { ...query().transaction, known: 'assumed' }, resolver: named('mail.example.com') },
    '001',
  ],
  ['two author domains', { authors: authorsOf(author, 'example.net'), resolver: named('mail.example.com') }, '001'],
  ['no resolver', {}, '001'],

  ['intra-organisation without a record', own, '601'],
  ['intra-organisation, a temperror', { ...own, dmarc: dmarc('temperror') }, '601'],
  ['intra-organisation, a bigger name', { acceptedDomains: ['mail.example.com'] }, '001'],
  ['no author domain at all', { authors: authorsOf(), dmarc: dmarc('permerror') }, '001'],
];

for (const [title, more, code] of cases)
  test(`composite authentication ${code}: ${title}`, async () => {
    const { reason, compauth, meaning } = await composite(query(more));
    assert.equal(reason, code);
    const rule = compositeRules.find((one) => one.code === code)!;
    assert.deepEqual([compauth, meaning], [rule.compauth, rule.meaning]);
  });

test('each rule has a case that gives it, and its code once', () => {
  const given = new Set(cases.map(([, , code]) => code));
  assert.deepEqual(
    compositeRules.map(({ code }) => code).filter((code) => !given.has(code)),
    [],
  );
  assert.equal(new Set(compositeRules.map(({ code }) => code)).size, compositeRules.length);
  assert.deepEqual(
    codesNotGiven.map(([code]) => code).filter((code) => given.has(code)),
    [],
  );
});

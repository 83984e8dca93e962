import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDmarc, type DmarcQuery } from '../../../src/mail/dmarc/check-dmarc.ts';
import { type DmarcZone, resolverOf } from './zone.ts';

const no: DmarcQuery['spf'] = { result: 'none', domain: '', identity: 'mailfrom' };
const spf = (domain: string): DmarcQuery['spf'] => ({ result: 'pass', domain, identity: 'mailfrom' });
const dkim = (domain: string, mayAlign = true): DmarcQuery['dkim'][number] => ({ result: 'pass', domain, mayAlign });

function check(zone: DmarcZone, from: string | readonly string[], query: Partial<DmarcQuery> = {}) {
  const domains = [from].flat();
  const mailboxes = domains.map((domain) => ({ name: '', address: `a@${domain}`, domain }));
  const authors = { mailboxes, domains: domains.filter((domain) => domain !== ''), problems: [] };
  const resolver = resolverOf(zone);
  const verdict = checkDmarc({ authors, spf: no, dkim: [], mode: 'rfc9989', resolver, ...query });
  return verdict.then((result) => ({ ...result, asked: resolver.asked }));
}

test('an ordinary pass: what is told, and two questions', async () => {
  const verdict = await check({ 'example.com': 'p=reject' }, 'Example.com', {
    spf: spf('bounce.example.net'),
    dkim: [dkim('example.com')],
  });
  assert.deepEqual(verdict.asked, ['_dmarc.example.com TXT', '_dmarc.com TXT']);
  const { asked, domains, ...told } = verdict;
  assert.deepEqual(told, {
    result: 'pass',
    reason: 'DKIM passed for example.com, the author domain',
    domain: 'example.com',
    organizationalDomain: 'example.com',
    recordDomain: 'example.com',
    record: 'v=DMARC1; p=reject',
    policy: 'reject',
    disposition: 'none',
    alignments: [
      { method: 'spf', domain: 'bounce.example.net', alignment: 'none', counts: false },
      { method: 'dkim', domain: 'example.com', alignment: 'strict', counts: true },
    ],
    queries: 2,
    mode: 'rfc9989',
  });
  assert.equal(domains.length, 1);
});

test('alignments tell what is relaxed and does not count', async () => {
  const { alignments, reason } = await check({ 'example.com': 'p=reject; adkim=s' }, 'example.com', {
    dkim: [dkim('a.example.com'), dkim('example.com', false)],
  });
  assert.deepEqual(alignments, [
    { method: 'dkim', domain: 'a.example.com', alignment: 'relaxed', counts: false },
    { method: 'dkim', domain: 'example.com', alignment: 'strict', counts: false },
  ]);
  assert.equal(reason, 'DKIM passed for example.com, but the signature leaves part of the message unsigned');
});

test('RFC 7489 section 6.6.4: a message outside the sample is handled one level lower', async () => {
  const zone = { 'example.com': 'p=reject; pct=30' };
  const rows: readonly (readonly [number, string])[] = [
    [0, 'reject'],
    [29.9, 'reject'],
    [30, 'quarantine'],
    [99, 'quarantine'],
  ];
  for (const [sample, disposition] of rows) {
    const verdict = await check(zone, 'example.com', { mode: 'rfc7489', sample });
    assert.deepEqual(
      [verdict.result, verdict.policy, verdict.disposition],
      ['fail', 'reject', disposition],
      String(sample),
    );
    assert.equal(verdict.reason.includes('outside the sample of 30 %'), disposition === 'quarantine');
  }
  assert.equal((await check(zone, 'example.com', { sample: 99 })).disposition, 'reject', 'RFC 9989 knows no pct');
});

test('RFC 9989 section 11.5: each author domain has its own verdict, in order', async () => {
  const zone = { 'example.com': 'p=reject', 'example.net': 'p=none' };
  const verdict = await check(zone, ['nowhere.test', 'example.net', 'example.com'], { spf: spf('example.net') });
  assert.deepEqual(
    verdict.domains.map(({ domain, result, disposition }) => [domain, result, disposition]),
    [
      ['nowhere.test', 'none', 'none'],
      ['example.net', 'pass', 'none'],
      ['example.com', 'fail', 'reject'],
    ],
  );
  assert.equal(verdict.domain, 'example.com');
  assert.equal(verdict.queries, verdict.asked.length);
  assert.equal(
    verdict.domains.reduce((sum, { queries }) => sum + queries, 0),
    verdict.asked.length,
  );
});

test('an author without a domain beside one that passes: never a pass', async () => {
  const zone = { 'example.com': 'p=reject' };
  const verdict = await check(zone, ['example.com', ''], { spf: spf('example.com') });
  assert.deepEqual([verdict.result, verdict.domain], ['permerror', 'example.com']);
  assert.equal((await check(zone, ['example.com'], { spf: spf('example.com') })).result, 'pass');
});

/** DNS, author domain, evidence, and the reason in full. */
const reasons: readonly (readonly [DmarcZone, string, Partial<DmarcQuery>, string])[] = [
  [{}, 'example.com', {}, 'no DMARC record for example.com'],
  [{ 'example.com': ['', ''] }, 'example.com', {}, 'several DMARC records at _dmarc.example.com: none of them counts'],
  [
    { 'example.com': 'p=x' },
    'example.com',
    {},
    'the record at _dmarc.example.com has no valid policy and no valid rua',
  ],
  [{ 'example.com': '!timeout' }, 'example.com', {}, 'DNS gave no answer for _dmarc.example.com (timeout)'],
  [{ 'example.com': 'p=none' }, 'example.com', {}, 'neither SPF nor DKIM passed for any domain'],
  [
    { 'example.com': 'p=none' },
    'example.com',
    { spf: spf('a.test') },
    'SPF passed for a.test, which is not aligned with the author domain',
  ],
  [
    { 'example.com': 'p=none' },
    'example.com',
    { dkim: [dkim('example.com', false)] },
    'DKIM passed for example.com, but the signature leaves part of the message unsigned',
  ],
  [
    { 'example.com': 'p=none' },
    'a.example.com',
    { spf: spf('b.example.com') },
    'SPF passed for b.example.com, of the same organization as a.example.com',
  ],
  [
    { 'example.com': 'p=none; aspf=s' },
    'example.com',
    { spf: spf('a.example.com') },
    'SPF passed for a.example.com, where the owner asks for strict alignment',
  ],
  [
    { 'example.com': 'p=none' },
    'example.com',
    { dkim: [dkim('a.example.com', false)] },
    'DKIM passed for a.example.com, but the signature leaves part of the message unsigned',
  ],
  [
    { 'example.com': 'p=none' },
    'example.com',
    { spf: { ...no, result: 'temperror', domain: 'example.com' } },
    'DNS gave no answer for SPF of example.com',
  ],
  [
    { 'example.com': 'p=none' },
    'example.com',
    { dkim: [{ ...dkim('example.com', false), result: 'temperror' }] },
    'DNS gave no answer for the DKIM key of example.com',
  ],
  [
    { 'example.com': 'p=none', com: '!servfail' },
    'example.com',
    { spf: spf('other.com') },
    'DNS gave no answer for the organizational domain of other.com or of the author domain: DNS gave no answer for _dmarc.com (servfail)',
  ],
  [
    { 'example.com': 'p=none; np=reject', '@a.example.com': '!timeout' },
    'a.example.com',
    {},
    'DNS gave no answer whether a.example.com exists, on which the policy depends',
  ],
  [{}, '[192.0.2.1]', {}, '[192.0.2.1] is an address: there is no domain that could have a policy'],
  [{}, 'a\u001b[31m', {}, 'a?[31m is no domain name'],
];

for (const [zone, from, query, reason] of reasons)
  test(`the reason: ${reason}`, async () => {
    assert.equal((await check(zone, from, query)).reason, reason);
  });

test('RFC 9989 section 4.4: of several From fields no domain passes either, and a failure stays one', async () => {
  const domains = ['pass.example', 'none.example', 'fail.example'];
  const mailboxes = domains.map((domain) => ({ name: '', address: `a@${domain}`, domain }));
  const zone = { 'pass.example': 'p=none', 'fail.example': 'p=reject' };
  const words = async (...problems: DmarcQuery['authors']['problems']) => {
    const found = await check(zone, domains, { authors: { mailboxes, domains, problems }, spf: spf('pass.example') });
    return found.domains.map(({ result, reason }) => [result, /From field/.test(reason)]);
  };
  const [passes, none, fails] = [
    ['pass', false],
    ['none', false],
    ['fail', false],
  ];
  assert.deepEqual(await words(), [passes, none, fails]);
  assert.deepEqual(await words('several From fields'), [['permerror', true], ['permerror', true], fails]);
});

test('RFC 9989 section 11.5: hundreds of domains and signatures do not multiply questions', async () => {
  const from = Array.from({ length: 300 }, (_, i) => `a.b.c.d.e.f.g.h.example${i}.test`);
  const signatures = Array.from({ length: 300 }, (_, i) => dkim(`s${i}.a.b.c.d.e.f.g.h.example0.test`));
  const { asked, result } = await check({ 'example0.test': 'p=reject' }, from, { dkim: signatures });
  assert.ok(asked.length <= 10 * 8 + 32 * 8, String(asked.length));
  assert.notEqual(result, 'pass');
});

test('a sender with slow DNS is waited for side by side, not once a signature', async () => {
  let running = 0;
  let most = 0;
  const zone = resolverOf({ 'example.com': 'p=reject' });
  const resolver: DmarcQuery['resolver'] = {
    query: async (name, type) => {
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, 2));
      running--;
      return zone.query(name, type);
    },
  };
  const dkim9 = Array.from({ length: 9 }, (_, i) => dkim(`s${i}.example.com`));
  await check({}, 'example.com', { dkim: dkim9, resolver });
  assert.equal(most, 9);
  assert.equal(new Set(zone.asked).size, zone.asked.length, 'and no name is asked for twice');
});

test('RFC 9989 appendix A.4: the answer at _dmarc tells that a name exists; only without one is it asked for', async () => {
  const policies = { 'example.com': 'p=none; np=reject' };
  const told = await check({ ...policies, 'a.example.com': '=another TXT record' }, 'a.example.com');
  assert.deepEqual([told.policy, told.asked.includes('a.example.com A')], ['none', false]);
  const asked = await check(policies, 'a.example.com');
  assert.deepEqual([asked.policy, asked.asked.includes('a.example.com A')], ['reject', true]);
  const needless = await check({ 'example.com': 'p=none; sp=reject' }, 'a.example.com');
  assert.equal(needless.asked.includes('a.example.com A'), false);
});

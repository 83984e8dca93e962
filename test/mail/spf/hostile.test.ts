import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DnsAnswer, RecordType, Resolver } from '../../../src/mail/dns/resolver.ts';
import { checkSpf } from '../../../src/mail/spf/check-spf.ts';
import type { SpfQuery, SpfWord } from '../../../src/mail/spf/result.ts';
import { inTime } from '../../in-time.ts';
import { QUERY } from './zone.ts';

/** DNS that answers every name, as the attacker likes. */
type Dns = (name: string, type: RecordType) => readonly unknown[] | DnsAnswer<never>;

interface Attack extends Partial<SpfQuery> {
  readonly name: string;
  readonly dns: Dns;
  readonly is: SpfWord;
  /** Questions at most. */
  readonly asks: number;
}

const txt =
  (record: string, others: readonly unknown[] = []): Dns =>
  (_, type) =>
    type === 'TXT' ? [record] : others;

const many = <T>(count: number, one: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => one(i));

/** An attacker's hosts: all there, none of them the client. */
const elsewhere: Dns = (name, type) => {
  if (type === 'TXT') return [`v=spf1 ${many(10, (i) => `mx:m${i}.example`).join(' ')} -all`];
  if (type === 'MX') return many(10, (i) => ({ preference: i, exchange: `h${i}.${name}` }));
  return ['192.0.2.1'];
};

const KB64 = 65_536;

const ATTACKS: readonly Attack[] = [
  {
    name: 'includes that include ten others each',
    dns: (name, type) => (type === 'TXT' ? [`v=spf1 ${many(10, (i) => `include:i${i}.${name}`).join(' ')} -all`] : []),
    is: 'permerror',
    asks: 11,
  },
  {
    name: 'includes in a tree that never goes deep',
    dns: (name, type) => {
      const leaf = name.startsWith('leaf');
      return type === 'TXT'
        ? [leaf ? 'v=spf1 -all' : `v=spf1 ${many(500, (i) => `include:leaf${i}.example`).join(' ')}`]
        : [];
    },
    is: 'permerror',
    asks: 11,
  },
  { name: 'an include of itself', dns: txt('v=spf1 include:%{d} -all'), is: 'permerror', asks: 11 },
  { name: 'a redirect to itself', dns: txt('v=spf1 redirect=example.com'), is: 'permerror', asks: 11 },
  { name: 'ten mx of ten hosts each', dns: elsewhere, is: 'fail', asks: 111 },
  {
    name: 'an mx with 10,000 hosts',
    dns: (_, type) =>
      type === 'TXT'
        ? ['v=spf1 mx -all']
        : type === 'MX'
          ? many(10_000, (i) => ({ preference: -i, exchange: `h${i}.example` }))
          : ['192.0.2.1'],
    is: 'permerror',
    asks: 12,
  },
  {
    name: 'a name with 10,000 addresses',
    dns: txt(
      'v=spf1 a -all',
      many(10_000, (i) => `10.0.${i >> 8}.${i & 255}`),
    ),
    is: 'fail',
    asks: 2,
  },
  {
    name: 'an address with 10,000 names',
    dns: (_, type) =>
      type === 'TXT'
        ? ['v=spf1 ptr:a.example -all']
        : type === 'PTR'
          ? many(10_000, (i) => `h${i}.a.example`)
          : ['192.0.2.1'],
    is: 'fail',
    asks: 12,
  },
  {
    name: '10,000 TXT records',
    dns: (_, type) => (type === 'TXT' ? many(10_000, () => 'v=spf1 -all') : []),
    is: 'permerror',
    asks: 1,
  },
  { name: 'an alias loop', dns: () => ({ status: 'failed', failure: 'alias loop' }), is: 'temperror', asks: 1 },
  {
    name: '10,000 terms that ask nothing',
    dns: txt(`v=spf1 ${'ip4:192.0.2.1 '.repeat(10_000)}-all`),
    is: 'fail',
    asks: 1,
  },
  {
    name: '10,000 terms that ask',
    dns: txt(`v=spf1 ${'a '.repeat(10_000)}-all`, ['192.0.2.1']),
    is: 'permerror',
    asks: 11,
  },
  { name: '10,000 modifiers', dns: txt(`v=spf1 ${'x=%{s} '.repeat(10_000)}-all`), is: 'fail', asks: 1 },
  { name: '64 KB of spaces', dns: txt(`v=spf1${' '.repeat(KB64)}-all`), is: 'fail', asks: 1 },
  { name: '64 KB of one letter', dns: txt(`v=spf1 ${'a'.repeat(KB64)}`), is: 'permerror', asks: 1 },
  { name: '64 KB of prefix lengths', dns: txt(`v=spf1 a${'/1'.repeat(KB64 / 2)}x`), is: 'permerror', asks: 1 },
  { name: '64 KB of slashes', dns: txt(`v=spf1 a${'/'.repeat(KB64)}x`), is: 'permerror', asks: 1 },
  { name: '64 KB of digits', dns: txt(`v=spf1 a/${'1'.repeat(KB64)}x`), is: 'permerror', asks: 1 },
  { name: '64 KB of colons', dns: txt(`v=spf1 ip6:${':'.repeat(KB64)}`), is: 'permerror', asks: 1 },
  { name: '64 KB of one label', dns: txt(`v=spf1 a:${'a'.repeat(KB64)}.example -all`), is: 'fail', asks: 1 },
  { name: '64 KB of top-level label', dns: txt(`v=spf1 a:a.${'a'.repeat(KB64)}! -all`), is: 'permerror', asks: 1 },
  { name: '64 KB of labels', dns: txt(`v=spf1 a:${'a.'.repeat(KB64 / 2)}example -all`), is: 'fail', asks: 2 },
  { name: '64 KB of open braces', dns: txt(`v=spf1 a:${'%{'.repeat(KB64 / 2)} -all`), is: 'permerror', asks: 1 },
  { name: '64 KB of delimiters', dns: txt(`v=spf1 a:%{s${'.-+,/_='.repeat(9_000)}} -all`), is: 'fail', asks: 2 },
  { name: '64 KB of macro digits', dns: txt(`v=spf1 a:%{d${'9'.repeat(KB64)}} -all`), is: 'fail', asks: 2 },
  {
    name: 'a macro bomb',
    dns: txt(`v=spf1 ${`a:${'%{s1r.-+,/_=}'.repeat(500)}.example `.repeat(10)}-all`),
    mailFrom: `${'a.'.repeat(500_000)}b@example.com`,
    is: 'fail',
    asks: 1,
  },
  {
    name: 'a macro bomb that expands to nothing',
    dns: txt(`v=spf1 a:${'%{h}'.repeat(16_000)}.example -all`),
    helo: '',
    is: 'fail',
    asks: 1,
  },
  {
    name: 'a macro bomb in the explanation',
    dns: (_, type) => (type === 'TXT' ? [`v=spf1 -all exp=%{d}`] : []),
    is: 'fail',
    asks: 2,
  },
  {
    name: 'a sender of a million characters',
    dns: txt('v=spf1 exists:%{l}.%{o} -all'),
    mailFrom: `${'x'.repeat(1_000_000)}@example.com`,
    is: 'fail',
    asks: 2,
  },
  {
    name: 'a domain of a million labels',
    dns: txt('v=spf1 +all'),
    mailFrom: `a@${'x.'.repeat(1_000_000)}com`,
    is: 'none',
    asks: 0,
  },
  {
    name: 'a million signs @',
    dns: txt('v=spf1 -all'),
    mailFrom: `${'@'.repeat(1_000_000)}example.com`,
    is: 'fail',
    asks: 1,
  },
  {
    name: 'a HELO of a million characters',
    dns: txt('v=spf1 a:%{H} -all'),
    helo: '\u0000'.repeat(1_000_000),
    is: 'fail',
    asks: 1,
  },
  {
    name: 'a client address of a million characters',
    dns: txt('v=spf1 -all'),
    ip: ':'.repeat(1_000_000),
    is: 'none',
    asks: 0,
  },
  {
    name: 'a name of 300 characters',
    dns: txt(`v=spf1 exists:${'abcd.'.repeat(60)}example.com -all`),
    is: 'fail',
    asks: 2,
  },
];

function counting(dns: Dns): Resolver & { asked: number } {
  return {
    asked: 0,
    async query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      this.asked++;
      const answer = dns(name, type);
      return 'status' in answer ? answer : ({ status: 'found', records: answer } as DnsAnswer<T>);
    },
  };
}

const MILLISECONDS = 50;

for (const { name, dns, is, asks, ...query } of ATTACKS) {
  test(`RFC 7208 11.1: ${name}: ${is}, ${asks} questions, under ${MILLISECONDS} ms`, async () => {
    await inTime(MILLISECONDS, async () => {
      const resolver = counting(dns);
      const { result, reason, explanation = '' } = await checkSpf({ ...QUERY, ...query }, resolver);
      assert.equal(result, is, reason);
      assert.equal(resolver.asked, asks, reason);
      assert.ok(reason.length < 1_000 && explanation.length <= 500);
    });
  });
}

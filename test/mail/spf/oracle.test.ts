/** Another implementation of RFC 7208 is asked the same: mailauth in strict mode. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkSpf } from '../../../src/mail/spf/check-spf.ts';
import type { SpfQuery, SpfWord } from '../../../src/mail/spf/result.ts';
import { queries, zones } from './worlds.ts';
import { QUERY, type Zone, zoneResolver } from './zone.ts';

interface Mailauth {
  spf(options: object): Promise<{ status: { result: string }; explanation?: string }>;
}
const mailauth = createRequire(import.meta.url)('mailauth/lib/spf') as Mailauth;

const CODES = { 'no-name': 'ENOTFOUND', 'no-record': 'ENODATA', failed: 'ETIMEOUT' } as const;

/** A zone with the manners of `dns.promises.resolve`. */
function promisesOf(zone: Zone) {
  const resolver = zoneResolver(zone);
  return async (name: string, type: 'A' | 'AAAA' | 'MX' | 'TXT' | 'PTR') => {
    const answer = await resolver.query(name.toLowerCase().replace(/\.$/, ''), type);
    if (answer.status !== 'found') throw Object.assign(new Error(name), { code: CODES[answer.status] });
    return answer.records.map((record) => {
      if (typeof record === 'string') return type === 'TXT' ? [record] : record;
      return { priority: record.preference, exchange: record.exchange };
    });
  };
}

async function both(zone: Zone, query: SpfQuery) {
  const { ip, helo, mailFrom: sender, receiver: mta } = query;
  const ours = await checkSpf(query, zoneResolver(zone));
  const theirs = await mailauth.spf({ sender, ip, helo, mta, resolver: promisesOf(zone), strict: true });
  return { ours, theirs: { result: theirs.status.result, explanation: theirs.explanation } };
}

test('mailauth says the same of generated zones, records and clients, and explains it the same', async () => {
  const seen = new Map<string, number>();
  const sameAsTheirs = fc.asyncProperty(zones, queries, async (zone, query) => {
    const { ours, theirs } = await both(zone, query);
    assert.equal(ours.result, theirs.result, ours.reason);
    // The case of an IPv6 client's nibbles is nobody's rule (RFC 7208 section 7.3).
    assert.equal(ours.explanation?.toLowerCase(), theirs.explanation?.toLowerCase());
    seen.set(ours.result, (seen.get(ours.result) ?? 0) + 1);
    if (ours.explanation !== undefined) seen.set('explained', (seen.get('explained') ?? 0) + 1);
  });
  await fc.assert(sameAsTheirs, { numRuns: Number(process.env.SPF_RUNS ?? 2_000) });
  const words: SpfWord[] = ['none', 'neutral', 'pass', 'fail', 'softfail', 'temperror', 'permerror'];
  for (const word of [...words, 'explained']) assert.ok((seen.get(word) ?? 0) > 3, `${word}: ${seen.get(word)}`);
  if (process.env.SPF_RUNS !== undefined) console.log(Object.fromEntries(seen));
});

interface Difference extends Partial<SpfQuery> {
  readonly why: string;
  readonly zone: Zone;
  readonly ours: SpfWord;
  readonly theirs: SpfWord;
}

/** Where we differ, each with the section that we go by. */
const DIFFERENCES: readonly Difference[] = [
  {
    why: 'RFC 7208 4.3: a zero-length label at the end of a domain is well formed',
    zone: { 'example.com': { TXT: ['v=spf1 -all'] } },
    mailFrom: 'ann@example.com.',
    ours: 'fail',
    theirs: 'none',
  },
  {
    why: 'RFC 7208 5.5 and 7.1: %_ is a space, and no name with one lies at or below the name without',
    zone: {
      'example.com': { TXT: ['v=spf1 ptr:%_a.example -all'] },
      '7.113.0.203.in-addr.arpa': { PTR: ['x.a.example'] },
      'x.a.example': { A: ['203.0.113.7'] },
    },
    ours: 'fail',
    theirs: 'pass',
  },
  {
    why: 'RFC 7208 4.8: the grammar of a top-level label binds the record, not what a macro expands to; the name is asked for',
    zone: { 'example.com': { TXT: ['v=spf1 a:%{h} a:x.%{h} a:y.%{h} -all'] } },
    helo: '[203.0.113.7]',
    ours: 'permerror',
    theirs: 'fail',
  },
  {
    why: 'RFC 7208 7.1: delimiters stand in any order, they are no range of characters',
    zone: {
      'example.com': { TXT: ['v=spf1 exists:%{l.-+}.a.example -all'] },
      'ann.bob.a.example': { A: ['127.0.0.2'] },
    },
    mailFrom: 'ann-bob@example.com',
    ours: 'pass',
    theirs: 'temperror',
  },
];

for (const { why, zone, ours, theirs, ...query } of DIFFERENCES) {
  test(`mailauth differs. ${why}`, async () => {
    const said = await both(zone, { ...QUERY, ...query });
    assert.deepEqual([said.ours.result, said.theirs.result], [ours, theirs], said.ours.reason);
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkDmarc } from '../../../src/mail/dmarc/check-dmarc.ts';
import type { DmarcMode } from '../../../src/mail/dmarc/result.ts';
import { resolverOf } from './zone.ts';

const domain: fc.Arbitrary<string> = fc.constantFrom(
  'example.com',
  'a.example.com',
  'b.a.example.com',
  'c.example.com',
  'com',
  'example.net',
  'a.example.net',
  'other.com',
);
const tags = fc
  .record({
    p: fc.constantFrom('p=none; ', 'p=quarantine; ', 'p=reject; ', 'p=x; ', ''),
    sp: fc.constantFrom('', 'sp=reject; ', 'sp=none; '),
    np: fc.constantFrom('', 'np=reject; ', 'np=none; '),
    more: fc.constantFrom('', 'psd=y; ', 'psd=n; ', 't=y; ', 'pct=0; '),
    rua: fc.constantFrom('', 'rua=mailto:d@example.com; '),
  })
  .map(({ p, sp, np, more, rua }) => `${p}${sp}${np}${more}${rua}`);
const zone = fc.dictionary(
  domain,
  fc.oneof({ weight: 5, arbitrary: tags }, { weight: 1, arbitrary: fc.constant('!timeout') }),
  { maxKeys: 5 },
);
const word = fc.constantFrom('pass', 'pass', 'none', 'fail', 'temperror') as fc.Arbitrary<
  'pass' | 'none' | 'fail' | 'temperror'
>;
const signature = fc
  .record({ result: word, domain, covers: fc.boolean() })
  .map(({ covers, ...one }) => ({ ...one, mayAlign: covers && one.result === 'pass' }));
const spf = fc.record({
  result: word,
  domain,
  identity: fc.constantFrom('mailfrom', 'helo') as fc.Arbitrary<'mailfrom' | 'helo'>,
});
const message = fc.record({
  zone,
  from: fc.uniqueArray(domain, { minLength: 1, maxLength: 3 }),
  spf,
  dkim: fc.array(signature, { maxLength: 4 }),
  mode: fc.constantFrom('rfc9989', 'rfc7489') as fc.Arbitrary<DmarcMode>,
});
type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

const runs = { numRuns: 200 };

const judge = ({ zone: records, from, ...rest }: Message) =>
  checkDmarc({
    ...rest,
    authors: {
      mailboxes: from.map((name) => ({ name: '', address: `a@${name}`, domain: name })),
      domains: from,
      problems: [],
    },
    resolver: resolverOf(records),
  });

const law = (title: string, holds: (one: Message) => Promise<void>): void => {
  test(title, () => fc.assert(fc.asyncProperty(message, holds), runs));
};

law('RFC 9989 section 4.4.1: a signature that fails never changes anything', async (one) => {
  const failing = { result: 'fail' as const, domain: 'example.com', mayAlign: false };
  assert.deepEqual(await judge({ ...one, dkim: [failing, ...one.dkim, failing] }), await judge(one));
});

law(
  'a signature of another organization never changes result or disposition, whether it passes or its key is out of reach',
  async (one) => {
    const before = await judge(one);
    for (const result of ['pass', 'temperror'] as const) {
      const stranger = { result, domain: 'stranger.test', mayAlign: result === 'pass' };
      const after = await judge({ ...one, dkim: [...one.dkim, stranger] });
      assert.deepEqual([after.result, after.disposition], [before.result, before.disposition]);
    }
  },
);

law('one more aligned identifier never makes it worse', async (one) => {
  const before = await judge(one);
  const after = await judge({ ...one, dkim: [...one.dkim, { result: 'pass', domain: one.from[0]!, mayAlign: true }] });
  if (before.result === 'pass') assert.equal(after.result, 'pass');
});

law('RFC 9989 section 3.2.10.2: asking for strict alignment never turns a fail into a pass', async (one) => {
  const strict = Object.fromEntries(
    Object.entries(one.zone).map(([name, value]) => [name, value.startsWith('!') ? value : `${value}aspf=s; adkim=s`]),
  );
  if ((await judge({ ...one, zone: strict })).result === 'pass') assert.equal((await judge(one)).result, 'pass');
});

law('RFC 9989 section 4.4: upper and lower case, and a dot at the end, never matter', async (one) => {
  const loud = (name: string): string => `${name.toUpperCase()}.`;
  const shouted = {
    ...one,
    from: one.from.map(loud),
    spf: { ...one.spf, domain: loud(one.spf.domain) },
    dkim: one.dkim.map((each) => ({ ...each, domain: loud(each.domain) })),
  };
  assert.deepEqual(await judge(shouted), await judge(one));
});

law('RFC 9989 section 5.3.5: a pass has an identifier that counts, for every author domain', async (one) => {
  for (const verdict of [await judge(one)].flatMap((all) => [all, ...all.domains])) {
    const counts = verdict.alignments.some((alignment) => alignment.counts);
    if (verdict.result === 'pass') assert.ok(counts && verdict.policy !== undefined);
    if (verdict.result === 'fail') assert.ok(!counts && verdict.policy !== undefined);
  }
});

law('the disposition is none unless it fails, and never stricter than the policy', async (one) => {
  const order = ['none', 'quarantine', 'reject'];
  for (const { result, policy, disposition } of (await judge(one)).domains) {
    if (result !== 'fail') assert.equal(disposition, 'none');
    else assert.ok(order.indexOf(disposition) <= order.indexOf(policy!));
  }
});

law('RFC 9989 section 5.3.6: a temperror comes from DNS, of a record, of SPF or of DKIM', async (one) => {
  const isSilent =
    Object.values(one.zone).includes('!timeout') || [one.spf, ...one.dkim].some(({ result }) => result === 'temperror');
  if (!isSilent) assert.notEqual((await judge(one)).result, 'temperror');
});

law(
  'RFC 9989 section 4.10: each domain takes at most eight questions, one for its existence, and eight an identifier',
  async (one) => {
    const { domains, queries } = await judge(one);
    for (const verdict of domains) assert.ok(verdict.queries <= 9 + 8 * (1 + one.dkim.length));
    assert.equal(
      domains.reduce((sum, verdict) => sum + verdict.queries, 0),
      queries,
    );
  },
);

law('the worst author domain decides, whatever their order', async (one) => {
  const { result, disposition } = await judge(one);
  const backwards = await judge({ ...one, from: one.from.toReversed() });
  assert.deepEqual([backwards.result, backwards.disposition], [result, disposition]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadScenarios } from '../../../src/lab/index.ts';
import { decide, type MailItem, type Policy, readPolicy } from '../../../src/policy/index.ts';
import { policyLints } from '../../../src/policy/lint/index.ts';
import { excludes } from '../../../src/policy/lint/never.ts';
import { labItems } from '../lab-item.ts';
import { madeItem } from '../made-item.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');

const some = (...words: readonly string[]) =>
  fc.subarray([...words], { minLength: 1, maxLength: Math.min(3, words.length) });
const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** What a rule can ask, with few values, so that rules often have to do with each other. */
const tests: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  DMARC: some('none', 'pass', 'fail', 'bestguesspass', 'temperror', 'permerror'),
  DMARCPolicy: some('none', 'quarantine', 'reject', 'unknown'),
  SPF: some('none', 'pass', 'fail'),
  DKIM: some('none', 'pass', 'fail'),
  Aligned: some('spf', 'dkim', 'none'),
  CompAuth: some('pass', 'fail', 'softpass', 'none'),
  CompAuthReason: some('100', '703', '000', '601', '201', '300'),
  ARC: some('none', 'pass', 'fail'),
  FirstContact: fc.boolean(),
  Carrier: some('list', 'forwarder', 'claimed', 'none'),
  PassedBefore: one(1, 5, 50),
  SCLOver: one(-1, 5, 7),
  FromScope: one('InOrganization', 'NotInOrganization'),
  SenderDomainIs: some('example', 'bank.example', 'mail.bank.example', 'receiver.example'),
  SentTo: some('anna.berg@receiver.example', 'ben@receiver.example'),
  SentToScope: one('InOrganization', 'NotInOrganization'),
  SubjectContainsWords: some('invoice', 'seen'),
  HeaderContains: some('a', 'b').map((Words) => ({ MessageHeader: 'X-A', Words })),
  SenderIpRanges: some('192.0.2.7', '192.0.2.8', '192.0.2.0/24'),
  KQL: one('AttachmentCount > 3', 'AttachmentCount > 3 and 1 == 2'),
};

const clauseOf = (names: readonly string[]) =>
  fc
    .subarray([...names], { minLength: 1, maxLength: 2 })
    .chain((asked) => fc.record(Object.fromEntries(asked.map((name) => [name, tests[name]!]))));

const exceptionOf = (names: readonly string[]) =>
  fc
    .tuple(clauseOf(names), one({}, {}, { expires: '2026-07-18' }, { expires: '2027-01-01' }))
    .map(([asked, more]) => ({ ...asked, ...more }));

const rulesOf = (names: readonly string[]) =>
  fc
    .array(
      fc.record(
        {
          when: fc.array(clauseOf(names), { maxLength: 2 }),
          unless: fc.array(exceptionOf(names), { maxLength: 2 }),
          do: one<readonly unknown[]>(
            ['Quarantine'],
            ['Deliver'],
            ['Quarantine'],
            [{ PrependSubject: 'seen ' }],
            [{ SetHeader: { name: 'X-A', value: 'a' } }],
          ),
          stop: fc.boolean(),
          mode: one('Enforce', 'Enforce', 'Enforce', 'Audit'),
          errorAction: one('Ignore', 'Ignore', 'Ignore', 'Defer'),
          senderAddressLocation: one('Header', 'Header', 'Envelope', 'HeaderOrEnvelope'),
          enabled: one(true, true, true, false),
          activation: one('2026-07-17', '2026-07-17', '2026-07-19'),
          expiry: one('2026-07-20', '2026-07-25', '2026-07-18'),
        },
        { requiredKeys: ['do'] },
      ),
      { minLength: 2, maxLength: 6 },
    )
    .map((found) => found.map((rule, at) => ({ name: `rule ${at}`, ...rule })));

/** The rules of one policy ask for the same few things. */
const policies = fc
  .subarray(Object.keys(tests), { minLength: 3, maxLength: 3 })
  .chain(rulesOf)
  .map((found): Policy => {
    const text = JSON.stringify({ name: 'made', mode: 'Enforce', rules: found });
    return readPolicy(text, 'made.yaml');
  });

/** Verdicts as checks give them: what goes together. */
const dmarcs = fc.oneof(
  fc.record({
    dmarc: one('pass'),
    policy: one('none', 'reject', undefined),
    aligned: one(['spf'], ['dkim'], undefined),
  }),
  fc.record({
    dmarc: one('fail'),
    policy: one('none', 'quarantine', 'reject', undefined),
    aligned: one([], undefined),
  }),
  fc.record({ dmarc: one('none', 'permerror'), policy: one('none'), aligned: one([], undefined) }),
  fc.record({ dmarc: one('bestguesspass'), policy: one('none'), aligned: one(['spf'], undefined) }),
  fc.record({ dmarc: one('temperror'), policy: one('none', 'reject', 'unknown'), aligned: one([], undefined) }),
  fc.record({ dmarc: one(undefined), policy: one(undefined), aligned: one(undefined) }),
);
const composites = one(
  { compauth: 'pass', reason: '100' },
  { compauth: 'pass', reason: '703' },
  { compauth: 'fail', reason: '000' },
  { compauth: 'fail', reason: '601' },
  { compauth: 'softpass', reason: '201' },
  { compauth: 'none', reason: '300' },
  { compauth: undefined, reason: undefined },
);

const items = fc
  .record({
    dmarc: dmarcs,
    composite: composites,
    spf: one('none', 'pass', 'fail', undefined),
    dkim: one(['none'], ['pass', 'fail'], ['fail'], []),
    arc: one('none', 'pass', 'fail', undefined),
    isFirstContact: one(true, false, undefined),
    passedBefore: one(0, 7, 100, undefined),
    carrier: one('list', 'forwarder', 'claimed', 'none', undefined),
    scl: one<MailItem['scl']>('none', 5, 9, undefined),
    domain: one('bank.example', 'mail.bank.example', 'receiver.example', 'other.example'),
    mailFrom: one('', 'x@bank.example', 'x@other.example', undefined),
    recipients: fc.subarray(['anna.berg@receiver.example', 'ben@receiver.example', 'c@other.example']),
    subject: one('Invoice 4711', 'Seen', 'Hello'),
    fields: one({ 'x-a': ['a'] }, { 'x-a': ['b'] }, {}),
    ip: one('192.0.2.7', '192.0.2.99', '198.51.100.1', undefined),
    isAuthenticated: fc.boolean(),
  })
  .map(({ dmarc, composite, ...made }): MailItem => {
    const { spf, dkim, arc, isFirstContact, passedBefore, carrier, domain, ip, isAuthenticated, ...others } = made;
    return madeItem({
      ...others,
      client: { ip, isAuthenticated },
      authors: [{ address: `a@${domain}`, domain }],
      verdict: { ...dmarc, ...composite, spf, dkim, arc } as Partial<MailItem['verdict']>,
      evidence: { isFirstContact, passedBefore, carrier } as Partial<MailItem['evidence']>,
    });
  });

/** Lints that say of a rule that it does nothing. */
const idleLints = policyLints.filter(({ id }) => id === 'PL005' || id === 'PL006');

test('a rule that never matches or is shadowed, as the lint says, decides nothing', () => {
  const tried = new Map<string, number>();
  fc.assert(
    fc.property(policies, fc.array(items, { minLength: 20, maxLength: 20 }), (policy, mail) => {
      for (const { id, find } of idleLints) {
        const idle = find(policy, NOW).map((found) => found.rule);
        tried.set(id, (tried.get(id) ?? 0) + idle.length);
        for (const item of idle.length === 0 ? [] : mail) {
          const { rule, trace } = decide(policy, item, NOW);
          assert.ok(rule === undefined || !idle.includes(rule), `${rule} decided`);
          for (const { rule: name, outcome } of trace.filter((each) => idle.includes(each.rule)))
            assert.ok(outcome !== 'matched' && outcome !== 'audited', `${name}: ${outcome}`);
        }
      }
    }),
    { numRuns: 1000, seed: 4711 },
  );
  assert.deepEqual([...tried.keys()], ['PL005', 'PL006']);
  for (const [id, rules] of tried) assert.ok(rules > 100, `${id}: ${rules} rules`);
});

test('no letter of the lab has what the lint takes to exclude each other', async () => {
  const asked = (predicate: string, value: string | undefined) => ({
    predicate,
    location: undefined,
    values: [String(value)],
  });
  let letters = 0;
  for (const { harmless, attack } of (await loadScenarios()).scenarios) {
    for (const { item } of [...(await labItems(harmless)), ...(await labItems(attack))]) {
      const { dmarc, policy, compauth, reason, aligned } = item.verdict;
      if (dmarc === undefined) continue;
      letters += 1;
      assert.ok(!excludes(asked('CompAuth', compauth), asked('CompAuthReason', reason)), `${compauth} ${reason}`);
      assert.ok(!excludes(asked('DMARC', dmarc), asked('DMARCPolicy', policy)), `${dmarc} ${policy}`);
      assert.ok(!excludes(asked('DMARC', dmarc), asked('Aligned', aligned?.[0] ?? 'none')), `${dmarc} ${aligned}`);
    }
  }
  assert.ok(letters > 100, `${letters} letters`);
});

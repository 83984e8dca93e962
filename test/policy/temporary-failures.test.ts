/** A temporary failure must never become a refusal, and nobody gets out of one by making his own name servers fail. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultJudgeOptions, judge } from '../../src/ingest/index.ts';
import { internetOf } from '../../src/lab/kernel/internet.ts';
import { post } from '../../src/lab/kernel/post.ts';
import type { FailingLookup } from '../../src/lab/kernel/zone.ts';
import {
  decide,
  defaultPolicy,
  enforced,
  explain,
  judgedItem,
  type MailItem,
  readPolicy,
} from '../../src/policy/index.ts';
import { authorRows } from './silent/author-rows.ts';
import { BANK, internet, key, LIST, listed, type Row, TRUSTED } from './silent/internet.ts';
import { sealRows } from './silent/seal-rows.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');

const failingOf = (silent: readonly string[]): readonly FailingLookup[] =>
  silent.map((text): FailingLookup => {
    const [name = '', type] = text.split(' ').toReversed();
    return { name, failure: 'servfail', ...(type === undefined ? {} : { type: type as 'TXT' }) };
  });

/** A letter whose checks ask a DNS that is silent here and there. It was sent while all of it answered. */
async function itemOf([what, from, handOver, journey]: Row, silent: readonly string[]): Promise<MailItem> {
  const to = ['anna@receiver.example'];
  const sent = internetOf(internet, { seed: 1 });
  const letter = { from, to, subject: what, text: 'Good morning\n', handOver, journey };
  const { bytes } = await post(letter, { internet: sent, name: what, at: NOW });
  const { resolver } = internetOf(internet, { seed: 1, failing: failingOf(silent) });
  const seen = { ...handOver, recipients: to, at: NOW, isOwn: false };
  const judged = await judge(
    { place: 'gate', bytes, position: 0, seen },
    {
      ...defaultJudgeOptions,
      verdicts: 'verify',
      now: NOW,
      retrospective: false,
      qrCodes: false,
      acceptedDomains: ['receiver.example'],
      composite: { trustedSealers: TRUSTED },
    },
    resolver,
  );
  return judgedItem(judged, { acceptedDomains: ['receiver.example'], trustedSealers: TRUSTED });
}

const byDefault = (item: MailItem): string => decide(enforced(defaultPolicy(NOW)), item, NOW).action.kind;

for (const row of [...authorRows, ...sealRows]) {
  const [what, , , , silent, answered, unanswered] = row;
  test(`no answer for ${what}: ${unanswered}, with one ${answered}`, async () => {
    assert.deepEqual([byDefault(await itemOf(row, [])), byDefault(await itemOf(row, silent))], [answered, unanswered]);
  });
}

/** Mail of a list under p=reject, whose trusted seal has no key now. */
const sealed: Row = ['sealed', BANK, LIST, listed('bank.example'), [key('lists.example')], 'Deliver', 'Defer'];

const policies: readonly (readonly [what: string, rules: string, action: string, rule?: string])[] = [
  [
    'an exception by a name',
    '{name: a, when: [{DMARC: fail}], unless: [{ARCSealer: lists.example}], do: [Reject]}',
    'Defer',
    'a',
  ],
  [
    'an exception by another name',
    '{name: a, when: [{DMARC: fail}], unless: [{ARCSealer: x.example}], do: [Reject]}',
    'Reject',
    'a',
  ],
  ['a rule without exceptions', '{name: a, when: [{DMARC: fail}], do: [Reject]}', 'Reject', 'a'],
  [
    'an exception that holds anyway',
    '{name: a, when: [{DMARC: fail}], unless: [{ARCSealer: trusted}, {SPF: pass}], do: [Reject]}',
    'Deliver',
  ],
  [
    'a message that is to be lost',
    '{name: a, when: [{DMARC: fail}], unless: [{ARCSealer: trusted}], do: [DeleteMessage]}',
    'Defer',
    'a',
  ],
  [
    'a rule that lets it through first',
    '{name: a, when: [{ARCSealer: trusted}], do: [Deliver]}, {name: b, when: [{DMARC: fail}], do: [Reject]}',
    'Defer',
    'a',
  ],
  [
    'a rule that lets it through, and nothing behind it',
    '{name: a, when: [{ARCSealer: trusted}], do: [Deliver]}',
    'Deliver',
  ],
  [
    'composite authentication, which the seal would lift',
    '{name: a, when: [{CompAuth: fail}], do: [Reject]}',
    'Defer',
    'a',
  ],
  ['its reason', "{name: a, when: [{CompAuthReason: '000'}], do: [Reject]}", 'Defer', 'a'],
  [
    'its word in the stamp',
    '{name: a, when: [{HeaderContains: {MessageHeader: Authentication-Results, Words: [compauth=fail]}}], do: [Reject]}',
    'Defer',
    'a',
  ],
  [
    'its word in the row',
    '{name: a, when: [{KQL: \'AuthenticationDetails has "compauth=fail"\'}], do: [Reject]}',
    'Defer',
    'a',
  ],
  [
    'another word in the row',
    '{name: a, when: [{KQL: \'AuthenticationDetails has "dmarc=fail"\'}], do: [Reject]}',
    'Reject',
    'a',
  ],
  ['a rule for fail', '{name: a, when: [{ARC: fail}], do: [Reject]}', 'Deliver'],
  [
    'a rule that names temperror, and what it wants',
    '{name: a, when: [{ARC: temperror}], do: [Quarantine]}',
    'Quarantine',
    'a',
  ],
  [
    'a rule that defers by itself',
    '{name: a, when: [{DMARC: fail, ARC: temperror}], do: [Defer: {text: Later}]}, {name: b, when: [{DMARC: fail}], unless: [{ARCSealer: trusted}], do: [Reject]}',
    'Defer',
    'a',
  ],
  ['a rule that only changes it', '{name: a, unless: [{ARCSealer: trusted}], do: [PrependSubject: "[x] "]}', 'Deliver'],
  [
    'a rule in Audit',
    '{name: a, mode: Audit, when: [{DMARC: fail}], unless: [{ARCSealer: trusted}], do: [Reject]}',
    'Deliver',
  ],
];

for (const [what, rules, action, rule] of policies) {
  test(`a trusted seal without a key, ${what}: ${action}`, async () => {
    const policy = readPolicy(`name: test\nmode: Enforce\nrules: [${rules}]\n`, 'test.yaml');
    const found = decide(policy, await itemOf(sealed, [key('lists.example')]), NOW);
    assert.deepEqual([found.action.kind, found.rule], [action, rule]);
  });
}

test('what cannot be told now is said so: the rule, the reply, and a ? in explain', async () => {
  const item = await itemOf(sealed, [key('lists.example')]);
  const policy = enforced(defaultPolicy(NOW));
  const { action, changes, trace } = decide(policy, item, NOW);
  assert.deepEqual(action.kind === 'Defer' && [action.reply.code, action.reply.enhanced], [451, '4.7.0']);
  assert.deepEqual(changes, []);
  assert.deepEqual(
    trace.map(({ outcome }) => outcome),
    ['missed', 'unknown', 'not reached'],
  );
  assert.deepEqual(trace[1]?.by, { list: 'unless', at: 0 });
  const tests = explain(policy, item, NOW).rules[1]!.tests.map(({ written, holds }) => [written, holds]);
  assert.deepEqual(tests.at(-1), ['ARCSealer: trusted', undefined]);
  assert.deepEqual([item.verdict.arc, item.verdict.sealers, item.evidence.trustedSealer], ['temperror', [], undefined]);
  assert.match(
    String(item.headers('authentication-results')),
    /arc=temperror \(ARC-Message-Signature of instance 1: key query failed/,
  );
});

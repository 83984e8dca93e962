import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Decision, decide, enforced, readPolicy } from '../../src/policy/index.ts';
import { madeItem } from './made-item.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');
const item = madeItem({ verdict: { dmarc: 'fail', compauth: 'fail' }, fields: { 'x-b': ['c'] } });

const said = (rules: string, mode = 'Enforce', what = item): Decision =>
  decide(readPolicy(`name: test\nmode: ${mode}\nrules:\n${rules}`, 'test.yaml'), what, NOW);
const outcomes = ({ trace }: Decision): string => trace.map(({ outcome }) => outcome).join(', ');

/** What is done, and the outcome of each rule, for a message that fails DMARC. */
const rows: readonly [what: string, rules: string, action: string, outcomes: string][] = [
  [
    'the first action that ends a message counts',
    '- {name: a, do: [Reject]}\n- {name: b, do: [Quarantine]}',
    'Reject',
    'matched, not reached',
  ],
  [
    'a later rule sees the subject as it was changed',
    '- {name: a, do: [{PrependSubject: "[x] "}]}\n- {name: b, when: [{SubjectContainsWords: x}], do: [Reject]}',
    'Reject',
    'matched, matched',
  ],
  [
    'a later rule sees the header as it was changed',
    '- {name: a, do: [{SetHeader: {name: X-A, value: b}}, {RemoveHeader: X-B}]}\n- {name: b, when: [{HeaderContains: {MessageHeader: x-a, Words: b}}], unless: [{HeaderContains: {MessageHeader: x-b, Words: c}}], do: [Reject]}',
    'Reject',
    'matched, matched',
  ],
  [
    'a change in Audit is seen by nobody',
    '- {name: a, mode: Audit, do: [{PrependSubject: "[x] "}]}\n- {name: b, when: [{SubjectContainsWords: x}], do: [Reject]}',
    'Deliver',
    'audited, missed',
  ],
  [
    'a rule that does not match is passed over',
    '- {name: a, when: [{SPF: fail}], do: [Reject]}\n- {name: b, do: [Quarantine]}',
    'Quarantine',
    'missed, matched',
  ],
  [
    'conditions of one type add up',
    '- {name: a, when: [{DMARC: fail}, {DMARC: pass}], do: [Reject]}',
    'Deliver',
    'missed',
  ],
  [
    'values of one condition are alternatives',
    '- {name: a, when: [{DMARC: [pass, fail]}], do: [Reject]}',
    'Reject',
    'matched',
  ],
  [
    'lines of one clause all have to hold',
    '- {name: a, when: [{DMARC: fail, SPF: fail}], do: [Reject]}',
    'Deliver',
    'missed',
  ],
  ['one exception is enough', '- {name: a, unless: [{SPF: fail}, {SPF: pass}], do: [Reject]}', 'Deliver', 'excepted'],
  [
    'lines of one exception all have to hold',
    '- {name: a, unless: [{SPF: pass, DMARC: pass}], do: [Reject]}',
    'Reject',
    'matched',
  ],
  [
    'an exception counts until it expires',
    '- {name: a, unless: [{SPF: pass, expires: 2026-07-19}], do: [Reject]}',
    'Deliver',
    'excepted',
  ],
  [
    'an exception that has expired counts no more',
    '- {name: a, unless: [{SPF: pass, expires: 2026-07-18T12:00:00Z}], do: [Reject]}',
    'Reject',
    'matched',
  ],
  ['a rule before its time is not asked', '- {name: a, activation: 2026-07-19, do: [Reject]}', 'Deliver', 'inactive'],
  ['a rule after its time is not asked', '- {name: a, expiry: 2026-07-18, do: [Reject]}', 'Deliver', 'inactive'],
  ['a rule that is switched off is not asked', '- {name: a, enabled: false, do: [Reject]}', 'Deliver', 'inactive'],
  [
    'a rule in Audit is only recorded, and the asking goes on',
    '- {name: a, mode: Audit, do: [Reject]}\n- {name: b, do: [Quarantine]}',
    'Quarantine',
    'audited, matched',
  ],
  [
    'stop ends the asking without an end of the message',
    '- {name: a, stop: true, do: [{PrependSubject: "[x] "}]}\n- {name: b, do: [Reject]}',
    'Deliver',
    'matched, not reached',
  ],
  [
    'Deliver ends the asking',
    '- {name: a, do: [Deliver]}\n- {name: b, do: [Reject]}',
    'Deliver',
    'matched, not reached',
  ],
  [
    'what cannot be told is no match',
    '- {name: a, when: [{SenderIpRanges: 192.0.2.1}], do: [Reject]}',
    'Deliver',
    'unknown',
  ],
  [
    'an exception that cannot be told is no match',
    '- {name: a, unless: [{SenderIpRanges: 192.0.2.1}], do: [Reject]}',
    'Deliver',
    'unknown',
  ],
  [
    'a miss goes before what cannot be told',
    '- {name: a, when: [{SenderIpRanges: 192.0.2.1}, {SPF: fail}], do: [Reject]}',
    'Deliver',
    'missed',
  ],
  [
    'what cannot be told defers where the rule says so',
    '- {name: a, errorAction: Defer, when: [{SenderIpRanges: 192.0.2.1}], do: [Reject]}',
    'Defer',
    'unknown',
  ],
  [
    'in Audit nothing is deferred for that',
    '- {name: a, mode: Audit, errorAction: Defer, when: [{SenderIpRanges: 192.0.2.1}], do: [Reject]}',
    'Deliver',
    'unknown',
  ],
];

for (const [what, rules, action, expected] of rows) {
  test(what, () => {
    const decision = said(rules, 'Enforce', { ...item, client: { ...item.client, ip: undefined } });
    assert.deepEqual([decision.action.kind, outcomes(decision)], [action, expected]);
  });
}

test('changes of several rules add up, in order', () => {
  const { changes } = said(
    '- {name: a, do: [{PrependSubject: "[a] "}, {SetHeader: {name: X-A, value: b}}]}\n- {name: b, do: [{RemoveHeader: X-B}, Quarantine: {days: 7}]}',
  );
  assert.deepEqual(
    changes.map(({ kind }) => kind),
    ['PrependSubject', 'SetHeader', 'RemoveHeader'],
  );
});

test('a policy in Audit does nothing, and Enforce is one word away', () => {
  const policy = readPolicy('name: t\nmode: Audit\nrules:\n- {name: a, do: [Reject]}', 't.yaml');
  assert.equal(decide(policy, item, NOW).action.kind, 'Deliver');
  assert.equal(decide(enforced(policy), item, NOW).action.kind, 'Reject');
});

test('the rule and the clause that decided are named', () => {
  const { trace } = said(
    '- {name: a, when: [{DMARC: fail}, {SPF: fail}], do: [Reject]}\n- {name: b, unless: [{SPF: pass}], do: [Reject]}',
  );
  assert.deepEqual(trace, [
    { rule: 'a', outcome: 'missed', by: { list: 'when', at: 1 } },
    { rule: 'b', outcome: 'excepted', by: { list: 'unless', at: 0 } },
  ]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultPolicy, type Policy, predicateTable, readPolicy, writePolicy } from '../../../src/policy/index.ts';
import { actionTable } from '../../../src/policy/read/read-actions.ts';

/** A policy without places, and what only compares by identity as its text. */
const comparable = (policy: Policy): unknown =>
  JSON.parse(
    JSON.stringify({ ...policy, file: '' }, (key, value) =>
      key === 'place' || key === 'written' || key === 'list' ? undefined : value,
    ),
  );

const again = (policy: Policy): Policy => readPolicy(writePolicy(policy), 'again.yaml');

function same(text: string): void {
  const policy = readPolicy(text, 'x.yaml');
  assert.deepEqual(comparable(again(policy)), comparable(policy));
}

for (const { name, example } of predicateTable) {
  test(`${name} is written as it is read`, () =>
    same(
      `name: x\nmode: Audit\nrules:\n- name: a\n  when: [{ ${name}: ${example} }]\n  unless: [{ ${name}: ${example} }]\n  do: [Reject]\n`,
    ));
}

for (const [kind, { example }] of Object.entries(actionTable)) {
  test(`${kind} is written as it is read`, () =>
    same(
      `name: x\nmode: Enforce\nrules:\n- name: a\n  do:\n  - ${example}\n- name: b\n  do:\n  - ${kind === example || ['Reject', 'Defer', 'Quarantine', 'Deliver', 'DeleteMessage'].includes(kind) ? kind : example}\n`,
    ));
}

test('every property of a rule is written', () => {
  same(`name: "it's: #1"
mode: Enforce
rules:
- name: "true"
  comments: "two\\nlines – ‘quoted’ \\t: # &x *y !z"
  mode: Audit
  enabled: false
  activation: 2026-01-01
  expiry: 2027-01-01T12:30:00Z
  senderAddressLocation: Envelope
  errorAction: Defer
  stop: true
  when:
  - { DMARC: fail, SPF: [none, fail] }
  - DMARC: [pass]
  unless:
  - { SenderDomainIs: contoso.com, because: "a, b", expires: 2027-01-01 }
  - HeaderMatches: { MessageHeader: X-A, Patterns: ["^a: b$", '\\d#'] }
  do: [Quarantine: { days: 7 }]
`);
});

test('any text is read back as it was', () => {
  const policy = defaultPolicy(0);
  const texts = fc.string({ unit: fc.constantFrom(...' \n\t#:-"\'|>a\u00a0é\u2028'), maxLength: 20 });
  fc.assert(
    fc.property(texts, (comments) => {
      const rules = [{ ...policy.rules[0]!, comments }];
      assert.equal(again({ ...policy, rules }).rules[0]!.comments, comments);
    }),
    { numRuns: 300 },
  );
});

test('the default policy is written as it is read', () => {
  const policy = defaultPolicy(0);
  assert.deepEqual(comparable(again(policy)), comparable(policy));
});

test('a change is seen', () => {
  const policy = defaultPolicy(0);
  assert.notDeepEqual(comparable(again({ ...policy, mode: 'Enforce' })), comparable(policy));
});

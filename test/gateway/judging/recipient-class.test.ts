import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areOneClass, recipientClass } from '../../../src/gateway/judging/recipient-class.ts';
import { defaultPolicy, readPolicy } from '../../../src/policy/index.ts';
import { AT, never, offered, told, triedGate } from '../gate-rig.ts';

const policy = readPolicy(
  `name: Test
mode: Enforce
rules:
  - name: One
    when:
      - { SentTo: [ceo@contoso.com], DMARC: fail }
    unless:
      - RecipientDomainIs: [fabrikam.com]
        because: a test
    do: [Reject]
  - name: Two
    when:
      - RecipientAddressMatchesPatterns: ['^vip-']
    do: [Quarantine]
  - name: Three
    when:
      - SentToScope: InOrganization
    do: [Deliver]
`,
  'test',
);

const classes = [
  ['ceo@contoso.com', '1001'],
  ['CEO@Contoso.com', '1001'],
  ['anna@contoso.com', '0001'],
  ['ben@contoso.com', '0001'],
  ['vip-1@contoso.com', '0011'],
  ['anna@sub.fabrikam.com', '0100'],
  ['', '0000'],
] as const;
for (const [address, name] of classes) {
  test(`${address || 'no address'} is of class ${name}`, () => {
    assert.equal(recipientClass(policy, address, ['contoso.com']), name);
  });
}

test('all are of one class where the policy asks for no recipient', () => {
  const by = defaultPolicy(AT);
  assert.equal(recipientClass(by, 'a@contoso.com', []), recipientClass(by, 'b@fabrikam.com', []));
});

test('a policy that reads the recipient in KQL may tell any two apart; one that reads another column may not', () => {
  const asking = (column: string) =>
    readPolicy(
      `name: Test\nmode: Enforce\nrules:\n  - name: One\n    when:\n      - KQL: '${column} has "ceo"'\n    do: [Reject]\n`,
      'test',
    );
  const classesBy = (column: string) =>
    ['ceo@contoso.com', 'CEO@contoso.com', 'anna@contoso.com'].map((address) =>
      recipientClass(asking(column), address, []),
    );
  assert.deepEqual(classesBy('RecipientEmailAddress'), ['ceo@contoso.com', 'ceo@contoso.com', 'anna@contoso.com']);
  assert.equal(new Set(classesBy('Subject')).size, 1);
});

test('a message is of one class where all its recipients are', () => {
  const isOne = (...recipients: string[]) => areOneClass(policy, recipients, ['contoso.com']);
  assert.deepEqual(
    [isOne(), isOne('ceo@contoso.com'), isOne('ceo@contoso.com', 'CEO@contoso.com', 'ceo@contoso.com')],
    [true, true, true],
  );
  assert.equal(isOne('anna@contoso.com', 'ben@contoso.com', 'ceo@contoso.com'), false);
});

test('a policy that comes between RCPT and the end of data, and tells recipients apart, rules none of them by another', async () => {
  const rules = (text: string) => readPolicy(`name: Test\nmode: Enforce\nrules: ${text}\n`, 'test');
  const before = rules('[{ name: One, when: [{ SubjectMatchesPatterns: [bait] }], do: [Reject] }]');
  const after = rules('[{ name: One, when: [{ SentTo: [ceo@contoso.com] }], do: [Reject] }]');
  let now = before;
  const { gate, entries } = triedGate({ policy: () => now });
  const both = ['anna@contoso.com', 'ceo@contoso.com'];
  assert.equal(new Set(both.map((address) => gate.recipientClass(address))).size, 1);
  now = after;
  const letter = 'From: Jane <jane@bank.example>\nSubject: Hi\n\nHello.\n';
  const said = async (...recipients: string[]) => told(await gate.rule(offered(letter, { recipients }), never));
  assert.equal(await said(...both), '451 4.3.0');
  assert.deepEqual([await said(both[0]!), await said(both[1]!)], ['250', '550 5.7.26']);
  assert.equal(await said('anna@contoso.com', 'ben@contoso.com'), '250');
  now = before;
  assert.equal(await said(...both), '250');
  assert.deepEqual(entries, []);
});

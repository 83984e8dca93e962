import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide, readPolicy } from '../../src/policy/index.ts';
import { predicateTable } from '../../src/policy/predicates/index.ts';
import { madeItem, ruleOf } from './made-item.ts';

const fails = {
  verdict: { spf: 'fail', dkim: ['none'], dmarc: 'fail', aligned: [], compauth: 'fail', reason: '000' },
} as const;
const stamp = (value: string) => ({ fields: { 'authentication-results': [value] } });
const unasked = { evidence: { isFirstContact: undefined, passedBefore: undefined, carrier: undefined } } as const;

/** `yes`: it holds; `no`: it does not; `?`: nobody can tell. */
const rows: readonly [test: string, what: Parameters<typeof madeItem>[0], holds: 'yes' | 'no' | '?'][] = [
  ['DMARC: fail', fails, 'yes'],
  ['DMARC: fail', {}, 'no'],
  ['DMARC: fail', { verdict: { dmarc: 'temperror' } }, 'no'],
  ['DMARC: [fail, temperror]', { verdict: { dmarc: 'temperror' } }, 'yes'],
  ['DMARC: fail', { verdict: { dmarc: undefined } }, '?'],
  ['DMARCPolicy: reject', {}, 'yes'],
  ['DMARCPolicy: reject', { verdict: { policy: 'unknown' } }, 'no'],
  ['SPF: [fail, softfail]', fails, 'yes'],
  ['SPF: [fail, softfail]', { verdict: { spf: 'neutral' } }, 'no'],
  ['DKIM: pass', { verdict: { dkim: ['fail', 'pass'] } }, 'yes'],
  ['DKIM: none', { verdict: { dkim: ['fail'] } }, 'no'],
  ['DKIM: none', { verdict: { dkim: [] } }, '?'],
  ['Aligned: none', fails, 'yes'],
  ['Aligned: none', {}, 'no'],
  ['Aligned: dkim', { verdict: { aligned: ['spf'] } }, 'no'],
  ['CompAuth: fail', fails, 'yes'],
  ['CompAuth: fail', {}, 'no'],
  ["CompAuthReason: ['000', '002', '010']", fails, 'yes'],
  ['CompAuthReason: 000', fails, 'yes'],
  ['CompAuthReason: 010', fails, 'no'],
  ['ARC: pass', { verdict: { arc: 'pass' } }, 'yes'],
  ['ARC: pass', {}, 'no'],
  ['ARCSealer: trusted', { evidence: { trustedSealer: 'lists.example' } }, 'yes'],
  ['ARCSealer: trusted', { verdict: { arc: 'pass', sealers: ['lists.example'] } }, 'no'],
  ['ARCSealer: [lists.example]', { verdict: { arc: 'pass', sealers: ['lists.example'] } }, 'yes'],
  ['ARCSealer: [lists.example]', { verdict: { arc: 'pass', sealers: ['evil-lists.example'] } }, 'no'],
  ['FirstContact: true', { evidence: { isFirstContact: true } }, 'yes'],
  ['FirstContact: true', {}, 'no'],
  ['FirstContact: true', unasked, '?'],
  ['PassedBefore: 12', {}, 'yes'],
  ['PassedBefore: 13', {}, 'no'],
  ['PassedBefore: 1', unasked, '?'],
  ['Carrier: [list, forwarder]', { evidence: { carrier: 'list' } }, 'yes'],
  ['Carrier: [list, forwarder]', { evidence: { carrier: 'claimed' } }, 'no'],
  ['Carrier: none', unasked, '?'],
  ['CarrierDomain: [alumni.example]', { carriers: ['other.example', 'mail.alumni.example'] }, 'yes'],
  ['CarrierDomain: [alumni.example]', { carriers: ['alumni.example'], evidence: { carrier: 'claimed' } }, 'yes'],
  ['CarrierDomain: [alumni.example]', { carriers: ['notalumni.example'] }, 'no'],
  ['CarrierDomain: [alumni.example]', {}, 'no'],
  ['CarrierDomain: [alumni.example]', { verdict: { arc: undefined } }, '?'],
  [
    'HeaderContains: { MessageHeader: authentication-Results, Words: dmarc=fail action=oreject }',
    stamp('spf=fail; dmarc=fail action=oreject'),
    'yes',
  ],
  [
    'HeaderContains: { MessageHeader: Authentication-Results, Words: dmarc=fail action=oreject }',
    stamp('dmarc=fail header.from=a action=oreject'),
    'no',
  ],
  ['HeaderContains: { MessageHeader: X-None, Words: x }', {}, 'no'],
  ['HeaderContains: { MessageHeader: X-None, Words: x }', { headers: () => undefined } as never, '?'],
  [
    "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: 'dmarc=fail[^;]*action=oreject' }",
    stamp('DMARC=fail header.from=a action=oreject'),
    'yes',
  ],
  ["HeaderMatches: { MessageHeader: Authentication-Results, Patterns: '^dmarc' }", stamp('spf=fail;dmarc=fail'), 'no'],
  ['From: [ACCOUNTS@bank.example]', {}, 'yes'],
  [
    'From: [accounts@bank.example]',
    { authors: [{ address: 'accounts@bank.example.evil.test', domain: 'bank.example.evil.test' }] },
    'no',
  ],
  ['FromAddressContainsWords: [accounts]', {}, 'yes'],
  ['FromAddressContainsWords: [account]', {}, 'no'],
  ["FromAddressMatchesPatterns: ['^acc\\w+@bank']", {}, 'yes'],
  ["FromAddressMatchesPatterns: ['^bank']", {}, 'no'],
  [
    'SenderDomainIs: [bank.example]',
    { authors: [{ address: 'a@mail.bank.example', domain: 'mail.bank.example' }] },
    'yes',
  ],
  ['SenderDomainIs: [bank.example]', { authors: [{ address: 'a@notbank.example', domain: 'notbank.example' }] }, 'no'],
  ['FromScope: NotInOrganization', {}, 'yes'],
  // A forgery of one's own domain comes from outside, whatever it says.
  [
    'FromScope: NotInOrganization',
    { authors: [{ address: 'ceo@receiver.example', domain: 'receiver.example' }] },
    'yes',
  ],
  ['FromScope: InOrganization', { authors: [{ address: 'ceo@receiver.example', domain: 'receiver.example' }] }, 'no'],
  [
    'FromScope: InOrganization',
    { authors: [{ address: 'ceo@receiver.example', domain: 'receiver.example' }], client: { isAuthenticated: true } },
    'yes',
  ],
  ['SenderIpRanges: [192.0.2.0/24]', {}, 'yes'],
  ['SenderIpRanges: [192.0.2.8-192.0.2.20]', {}, 'no'],
  ["SenderIpRanges: ['2001:db8::/32']", { client: { ip: '2001:db8::7' } }, 'yes'],
  ['SenderIpRanges: [192.0.2.7]', { client: { ip: undefined } }, '?'],
  [
    'AuthorsOver: 1',
    {
      authors: [
        { address: 'a@a.example', domain: 'a.example' },
        { address: 'b@b.example', domain: 'b.example' },
      ],
    },
    'yes',
  ],
  [
    'AuthorsOver: 1',
    {
      authors: [
        { address: 'a@a.example', domain: 'a.example' },
        { address: 'b@a.example', domain: 'a.example' },
      ],
    },
    'no',
  ],
  [
    'SentTo: [anna.berg@receiver.example]',
    { recipients: ['bo@receiver.example', 'Anna.Berg@receiver.example'] },
    'yes',
  ],
  ['SentTo: [anna.berg@receiver.example]', { recipients: ['bo@receiver.example'] }, 'no'],
  ['SentToScope: InOrganization', {}, 'yes'],
  ['SentToScope: NotInOrganization', {}, 'no'],
  ['RecipientDomainIs: [receiver.example]', { recipients: ['a@sub.receiver.example'] }, 'yes'],
  ['RecipientDomainIs: [receiver.example]', { recipients: ['a@other.example'] }, 'no'],
  ['RecipientAddressContainsWords: [berg]', {}, 'yes'],
  ['RecipientAddressContainsWords: [ber]', {}, 'no'],
  ["RecipientAddressMatchesPatterns: ['^anna']", {}, 'yes'],
  ["RecipientAddressMatchesPatterns: ['^berg']", {}, 'no'],
  ['AnyOfToHeader: [anna.berg@receiver.example]', {}, 'yes'],
  ['AnyOfToHeader: [anna.berg@receiver.example]', { to: [] }, 'no'],
  ['AnyOfCcHeader: [anna.berg@receiver.example]', {}, 'no'],
  ['AnyOfCcHeader: [anna.berg@receiver.example]', { cc: ['anna.berg@receiver.example'] }, 'yes'],
  ['AnyOfToCcHeader: [anna.berg@receiver.example]', { to: [], cc: ['anna.berg@receiver.example'] }, 'yes'],
  ['AnyOfToCcHeader: [anna.berg@receiver.example]', { to: [] }, 'no'],
  ['SubjectContainsWords: [invoice]', {}, 'yes'],
  ['SubjectContainsWords: [voice]', {}, 'no'],
  ["SubjectMatchesPatterns: ['invoice\\s+\\d+']", {}, 'yes'],
  ["SubjectMatchesPatterns: ['^\\d']", {}, 'no'],
  ['SubjectOrBodyContainsWords: [gift card]', {}, 'yes'],
  ['SubjectOrBodyContainsWords: [gift cards]', {}, 'no'],
  ['SubjectOrBodyContainsWords: [gift card]', { body: () => undefined }, '?'],
  ['SubjectOrBodyContainsWords: [invoice]', { body: () => undefined }, 'yes'],
  ["SubjectOrBodyMatchesPatterns: ['gift\\W+card']", {}, 'yes'],
  ["SubjectOrBodyMatchesPatterns: ['^card']", {}, 'no'],
  ['SCLOver: 5', { scl: 5 }, 'yes'],
  ['SCLOver: 5', { scl: 4 }, 'no'],
  ['SCLOver: 5', {}, 'no'],
  ['SCLOver: 5', { scl: undefined }, '?'],
  ['MessageSizeOver: 4999', {}, 'yes'],
  ['MessageSizeOver: 5000', {}, 'no'],
  ['MessageSizeOver: 1', { size: undefined }, '?'],
  ['MessageTypeMatches: [OOF]', { fields: { 'auto-submitted': ['auto-replied'] } }, 'yes'],
  ['MessageTypeMatches: [OOF]', {}, 'no'],
  ['KQL: \'AttachmentCount > 3 and Subject has "invoice"\'', {}, 'yes'],
  ["KQL: 'AttachmentCount > 4'", {}, 'no'],
  ["KQL: 'AttachmentCount > 4'", { kql: () => undefined }, '?'],
  ['MessageTypeMatches: [Signed, Encrypted]', { fields: { 'content-type': ['multipart/signed; micalg=x'] } }, 'yes'],
];

const words = { matched: 'yes', missed: 'no', unknown: '?' } as Readonly<Record<string, string>>;

for (const [line, what, holds] of rows) {
  test(`${line}: ${holds} for ${JSON.stringify(what)}`, () => {
    const policy = readPolicy(ruleOf(`when:\n- ${line}`), 'test.yaml');
    const item = { ...madeItem(what), ...('headers' in (what ?? {}) ? { headers: () => undefined } : {}) };
    assert.equal(words[decide(policy, item, 0).trace[0]!.outcome], holds);
    const { predicate, value } = policy.rules[0]!.when[0]!.tests[0]!;
    const saw = predicateTable.find(({ name }) => name === predicate)!.saw(item, value, policy.rules[0]!);
    assert.match(saw, /^[\w“][^\n]+$/);
  });
}

test('every predicate has a case that holds and one that does not', () => {
  const seen = (holds: string): ReadonlySet<string> =>
    new Set(rows.filter(([, , answer]) => answer === holds).map(([line]) => line.split(':')[0]!));
  for (const { name } of predicateTable) assert.ok(seen('yes').has(name) && seen('no').has(name), name);
});

test('every example can be read', () => {
  for (const { name, example } of predicateTable) readPolicy(ruleOf(`when:\n- ${name}: ${example}`), `${name}.yaml`);
});

test('SenderAddressLocation asks the envelope instead of the header, or both', () => {
  const item = madeItem({ mailFrom: 'x@forwarder.example' });
  const outcome = (location: string, domain: string, what = item) =>
    decide(
      readPolicy(ruleOf(`senderAddressLocation: ${location}\nwhen:\n- SenderDomainIs: ${domain}`), 't.yaml'),
      what,
      0,
    ).trace[0]!.outcome;
  assert.equal(outcome('Header', 'bank.example'), 'matched');
  assert.equal(outcome('Envelope', 'bank.example'), 'missed');
  assert.equal(outcome('Envelope', 'forwarder.example'), 'matched');
  assert.equal(outcome('HeaderOrEnvelope', 'bank.example'), 'matched');
  assert.equal(outcome('HeaderOrEnvelope', 'forwarder.example'), 'matched');
  assert.equal(outcome('Envelope', 'forwarder.example', madeItem({ mailFrom: '' })), 'missed');
  assert.equal(outcome('Envelope', 'forwarder.example', madeItem({ mailFrom: undefined })), 'unknown');
});

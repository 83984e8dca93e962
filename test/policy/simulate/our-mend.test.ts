import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MailItem, readPolicy } from '../../../src/policy/index.ts';
import { type AddressUse, ourMend } from '../../../src/policy/simulate/our-mend.ts';
import type { HeldGroup } from '../../../src/policy/simulate/simulation.ts';
import { madeItem, ruleOf } from '../made-item.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');

const group = (changes: Partial<HeldGroup> = {}): HeldGroup => ({
  action: 'Reject',
  rule: 'rule',
  author: 'bank.example',
  authorDomains: ['bank.example'],
  carrier: '192.0.2.7',
  isCarrierProved: false,
  clients: ['192.0.2.7'],
  hasMoreClients: false,
  isClientSure: true,
  messages: 2,
  recipients: 2,
  delivered: 2,
  first: '2026-07-01T00:00:00.000Z',
  last: '2026-07-18T00:00:00.000Z',
  examples: ['00000000-0000-4000-8000-000000000001'],
  passedBefore: 3,
  standing: 'none',
  ...changes,
});

const listed: Partial<HeldGroup> = { carrier: 'lists.example', isCarrierProved: true, standing: 'list' };
const carried = madeItem({
  carriers: ['lists.example'],
  evidence: { carrier: 'list', carrierDomain: 'lists.example' },
});
const own: AddressUse = new Map([['192.0.2.7', ['bank.example', 'mail.bank.example']]]);
const shared: AddressUse = new Map([['192.0.2.7', ['bank.example', 'shop.example']]]);

const [rule] = readPolicy(ruleOf('when: [{ DMARC: fail }]'), '').rules;
const [withTrust] = readPolicy(
  ruleOf('when: [{ DMARC: fail }]\nunless: [{ ARCSealer: trusted, because: x, expires: 2027-01-01 }]'),
  '',
).rules;
const [withOldTrust] = readPolicy(
  ruleOf('when: [{ DMARC: fail }]\nunless: [{ ARCSealer: trusted, because: x, expires: 2026-01-01 }]'),
  '',
).rules;

interface Row {
  readonly what: string;
  readonly word: string;
  readonly group?: Partial<HeldGroup>;
  readonly item?: MailItem;
  readonly use?: AddressUse;
  readonly rule?: typeof rule;
  /** The exception's tests, or undefined where none is safe. */
  readonly tests: string | undefined;
  readonly setting?: string;
}

const sealed: Partial<HeldGroup> = { ...listed, sealer: 'lists.example' };

const rows: readonly Row[] = [
  {
    what: 'a known list that seals',
    word: 'forwarder-or-list',
    group: sealed,
    item: carried,
    tests: 'ARCSealer: trusted',
    setting: 'trusted_sealers: ["lists.example"]',
  },
  {
    what: 'the same where the rule has the exception',
    word: 'forwarder-or-list',
    group: sealed,
    item: carried,
    rule: withTrust!,
    tests: '',
    setting: 'trusted_sealers: ["lists.example"]',
  },
  {
    what: 'the same where it has expired',
    word: 'forwarder-or-list',
    group: sealed,
    item: carried,
    rule: withOldTrust!,
    tests: 'ARCSealer: trusted',
    setting: 'trusted_sealers: ["lists.example"]',
  },
  {
    what: 'a sealer that is not the carrier is not trusted',
    word: 'forwarder-or-list',
    group: { ...listed, sealer: 'stranger.example' },
    item: carried,
    tests: 'SenderDomainIs: ["bank.example"] CarrierDomain: ["lists.example"]',
  },
  {
    what: 'a known list without a seal',
    word: 'forwarder-or-list',
    group: listed,
    item: carried,
    tests: 'SenderDomainIs: ["bank.example"] CarrierDomain: ["lists.example"]',
  },
  {
    what: 'a domain that is none',
    word: 'forwarder-or-list',
    group: { ...listed, authorDomains: ['"]\n- DMARC: fail #'] },
    item: carried,
    tests: undefined,
  },
  {
    what: 'a list that only claims to be one',
    word: 'forwarder-or-list',
    group: { ...listed, standing: 'claimed' },
    item: madeItem({ carriers: ['lists.example'], evidence: { carrier: 'claimed' } }),
    tests: undefined,
  },
  {
    what: 'an exception that does not hold for its messages is none',
    word: 'forwarder-or-list',
    group: listed,
    item: madeItem({ carriers: ['other.example'], evidence: { carrier: 'list', carrierDomain: 'other.example' } }),
    tests: undefined,
  },
  {
    what: 'a platform that proves itself alone',
    word: 'third-party-platform',
    group: listed,
    item: carried,
    tests: undefined,
  },
  {
    what: 'a platform that proves itself alone, from an address that brought nobody else’s mail here',
    word: 'third-party-platform',
    group: listed,
    item: carried,
    use: own,
    tests: undefined,
  },
  {
    what: 'a server that brings nobody else’s mail',
    word: 'misconfigured-sender',
    use: own,
    tests: 'SenderDomainIs: ["bank.example"] SenderIpRanges: ["192.0.2.7"]',
  },
  { what: 'a server that others use too', word: 'misconfigured-sender', use: shared, tests: undefined },
  { what: 'a server of which nothing is known', word: 'misconfigured-sender', tests: undefined },
  {
    what: 'a server that the header alone names',
    word: 'misconfigured-sender',
    use: own,
    group: { isClientSure: false },
    tests: undefined,
  },
  {
    what: 'servers without number',
    word: 'misconfigured-sender',
    use: own,
    group: { hasMoreClients: true },
    tests: undefined,
  },
  {
    what: 'a forwarder that proves nothing, and is known by its address',
    word: 'forwarder-or-list',
    group: { standing: 'forwarder' },
    item: madeItem({ evidence: { carrier: 'forwarder', carrierDomain: '192.0.2.7' } }),
    tests: 'SenderDomainIs: ["bank.example"] SenderIpRanges: ["192.0.2.7"] Carrier: [list, forwarder]',
  },
  { what: 'mail that passes', word: 'legitimate', tests: 'DMARC: pass' },
  {
    what: 'mail that is called legitimate and does not pass',
    word: 'legitimate',
    item: madeItem({ verdict: { dmarc: 'fail' } }),
    tests: undefined,
  },
  { what: 'a name server that was silent', word: 'temporary-failure', tests: undefined },
];

for (const row of rows) {
  test(`the receiver’s side: ${row.what}`, () => {
    const items = [row.item ?? madeItem()];
    const means = { word: row.word, rule: (row.rule ?? rule)!, items, use: row.use ?? new Map(), now: NOW };
    const { isSafe, exception = '', setting, words } = ourMend(group(row.group), means);
    assert.equal(isSafe, row.tests !== undefined);
    assert.equal(setting, row.setting);
    assert.notEqual(words, '');
    if (row.tests === undefined || row.tests === '') return assert.equal(exception, '');
    const [tests, because] = exception.split('\n  because: ');
    assert.equal(tests, `- ${row.tests.replaceAll(/ (?=[A-Z]\w+:)/g, '\n  ')}`);
    assert.match(because!, /^".+"\n {2}expires: 2027-01-14$/);
    // What is offered is a file's own words.
    const indented = exception.replace(/^/gm, '  ');
    readPolicy(ruleOf(`when: [{ DMARC: fail }]\nunless:\n${indented}`), '');
  });
}

test('From alone never makes an exception', () => {
  for (const word of ['misconfigured-sender', 'third-party-platform', 'forwarder-or-list', 'temporary-failure']) {
    const { isSafe } = ourMend(group({ clients: [], carrier: '' }), {
      word,
      rule: rule!,
      items: [madeItem()],
      use: own,
      now: NOW,
    });
    assert.equal(isSafe, false, word);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importExchange } from '../../../src/policy/index.ts';
import { lintPolicy } from '../../../src/policy/lint/index.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');

/** Rules as `Get-TransportRule | ConvertTo-Json` has them, as far as they say something. */
const imported = (...rules: readonly Readonly<Record<string, unknown>>[]) =>
  importExchange(
    Buffer.from(
      JSON.stringify(
        rules.map((rule, at) => ({
          Name: `rule ${at}`,
          Priority: at,
          State: 'Enabled',
          Mode: 'Enforce',
          Conditions: ['a'],
          ...rule,
        })),
      ),
    ),
    'rules.json',
  );

const said = (...rules: readonly Readonly<Record<string, unknown>>[]): readonly string[] =>
  lintPolicy(imported(...rules).policy, NOW).map(({ lint, rule }) => `${lint.id} ${rule}`);

const stamp = (...words: readonly string[]) => ({
  HeaderContainsMessageHeader: 'Authentication-Results',
  HeaderContainsWords: words,
});
const rejects = { RejectMessageReasonText: 'Fails DMARC', RejectMessageEnhancedStatusCode: '5.7.1' };
const stops = { StopRuleProcessing: true };
/** What many organizations have at their end. */
const honours = { ...stamp('dmarc=fail action=oreject', 'dmarc=fail action=o.reject'), ...rejects };

/** Rules that take mail past all others, and whether anybody can make his mail so. */
const allows: readonly [what: string, rule: Readonly<Record<string, unknown>>, isOpen: boolean][] = [
  ['the domain of From', { SenderDomainIs: ['partner.example'] }, true],
  ['an address in From', { From: ['boss@own.example'] }, true],
  ['words of the subject', { SubjectContainsWords: ['Scan from'] }, true],
  ['a secret header field', { HeaderContainsMessageHeader: 'X-Bypass', HeaderContainsWords: ['s3cret'] }, true],
  ['spf=pass', stamp('spf=pass'), true],
  ['dkim=pass', { ...stamp('dkim=pass'), SenderDomainIs: ['partner.example'] }, true],
  [
    'what another receiver stamped',
    { ...stamp('dmarc=pass'), HeaderContainsMessageHeader: 'ARC-Authentication-Results' },
    true,
  ],
  ['the networks of a provider', { SenderIpRanges: ['40.92.0.0/15'] }, true],
  ['dmarc=pass', { ...stamp('dmarc=pass'), SenderDomainIs: ['partner.example'] }, false],
  ['dmarc=bestguesspass', stamp('dmarc=bestguesspass'), false],
  ['dmarc=bestguesspass or none', stamp('dmarc=bestguesspass', 'dmarc=none'), true],
  ['the address of a host', { SenderIpRanges: ['192.0.2.25'] }, false],
];

for (const [what, rule, isOpen] of allows) {
  test(`SetSCL -1 by ${what} ${isOpen ? 'is' : 'is no'} open door`, () => {
    const { rules, text } = imported({ ...rule, SetSCL: '-1' }, honours);
    assert.deepEqual(
      rules.map(({ isOpenDoor }) => isOpenDoor),
      [isOpen, false],
    );
    assert.equal(/^ *# An open door in Exchange/m.test(text), isOpen, text);
  });
}

test('a level that marks, a rule that is off, and one of which not all is known are not said to be doors', () => {
  for (const rule of [
    { SetSCL: '9' },
    { SetSCL: '-1', State: 'Disabled' },
    { SetSCL: '-1', Mode: 'Audit' },
    { SetSCL: '-1', FromMemberOf: ['partners@own.example'] },
  ])
    assert.ok(!imported({ SenderDomainIs: ['partner.example'], ...rule }).rules[0]!.isOpenDoor, JSON.stringify(rule));
});

/** The first of the rules, as far as no other rule stands in the way: one for what the second stops. */
const isLetBy = (rule: Readonly<Record<string, unknown>>): boolean =>
  said({ ...rule, ...stops }, { SubjectContainsWords: ['invoice'], DeleteMessage: true }).includes('PL002 rule 0');

for (const [what, rule, isOpen] of allows)
  test(`to stop the rules by ${what} ${isOpen ? 'is found' : 'is well'}`, () => assert.equal(isLetBy(rule), isOpen));

/** What the rest of an imported policy is told. */
const rows: readonly [what: string, rules: readonly Readonly<Record<string, unknown>>[], said: readonly string[]][] = [
  ['dmarc=fail in the stamp misses temperror', [honours], ['PL007 rule 0']],
  [
    'who refuses temperror with it loses honest mail',
    [{ ...stamp('dmarc=fail', 'dmarc=temperror'), ...rejects }],
    ['PL008 rule 0'],
  ],
  [
    'an exception by From, which never expires either',
    [{ ...stamp('dmarc=fail', 'dmarc=temperror'), Quarantine: true, ExceptIfSenderDomainIs: ['lists.example'] }],
    ['PL001 rule 0', 'PL003 rule 0'],
  ],
  [
    'an exception by the stamp of somebody else',
    [
      {
        ...stamp('dmarc=fail', 'dmarc=temperror'),
        Quarantine: true,
        ExceptIfHeaderContainsMessageHeader: 'ARC-Authentication-Results',
        ExceptIfHeaderContainsWords: ['dmarc=pass'],
      },
    ],
    ['PL001 rule 0', 'PL003 rule 0'],
  ],
  [
    'two rules that leave nothing to a third',
    [
      { From: ['a@spam.example'], DeleteMessage: true },
      { From: ['b@spam.example'], DeleteMessage: true },
      { From: ['a@spam.example', 'b@spam.example'], PrependSubject: '[spam] ' },
    ],
    ['PL006 rule 2'],
  ],
  [
    'mail that stands apart until it is looked at',
    [{ ...stamp('dmarc=fail', 'dmarc=temperror'), Quarantine: true }],
    [],
  ],
];

for (const [what, rules, expected] of rows) test(what, () => assert.deepEqual(said(...rules), expected));

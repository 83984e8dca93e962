import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import { MailhuntError } from '../../../src/errors/index.ts';
import {
  exportExchange,
  type ImportedPolicy,
  importExchange,
  type ParameterValue,
} from '../../../src/policy/exchange/index.ts';
import { enforced, type PolicyRule, readPolicy } from '../../../src/policy/index.ts';

type Raw = Readonly<Record<string, unknown>>;

/** Properties that every rule of Get-TransportRule has, as it writes what is not set. */
const bare: Raw = {
  State: 'Enabled',
  Mode: 'Enforce',
  Comments: null,
  Conditions: null,
  Exceptions: null,
  AttachmentHasExecutableContent: false,
  ExceptIfAttachmentSizeOver: null,
  SentToMemberOf: [],
  ADComparisonOperator: 'Equal',
  ApplyHtmlDisclaimerLocation: 'Append',
  RuleSubType: 'None',
  StopRuleProcessing: false,
  Identity: 'a',
  RunspaceId: 'x',
};
const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const imported = (...rules: readonly Raw[]): ImportedPolicy =>
  importExchange(bytes(rules.map((one, at) => ({ ...bare, Name: `r${at}`, ...one }))), 'rules.json');
const one = (raw: Raw): { readonly rule: PolicyRule; readonly off: readonly string[]; readonly text: string } => {
  const { policy, rules, text } = imported(raw);
  return { rule: policy.rules[0]!, off: rules[0]!.off, text };
};
const quarantines = { Quarantine: true, SubjectContainsWords: ['x'] };

/** A rule of Exchange, and what its policy says. */
const rows: readonly [what: string, raw: Raw, yaml: RegExp][] = [
  ['a single value', { ...quarantines, SenderDomainIs: 'contoso.com' }, /SenderDomainIs:\s+- contoso\.com/],
  ['a list', { ...quarantines, SenderDomainIs: ['a.example', 'b.example'] }, /- a\.example\s+- b\.example/],
  [
    'a list of Windows PowerShell',
    { ...quarantines, SenderIpRanges: { value: ['192.0.2.1'], Count: 1 } },
    /- 192\.0\.2\.1/,
  ],
  ['words as objects', { Quarantine: true, SubjectContainsWords: [{ Value: 'gift card' }] }, /- gift card/],
  [
    'a header and its words',
    { Quarantine: true, HeaderContainsMessageHeader: { Value: 'X-A' }, HeaderContainsWords: ['b'] },
    /MessageHeader: X-A\s+Words:\s+- b/,
  ],
  ['a scope by number', { ...quarantines, FromScope: 1 }, /read literally[\s\S]*FromScope: NotInOrganization/],
  ['a place by number', { ...quarantines, SenderAddressLocation: 2 }, /senderAddressLocation: HeaderOrEnvelope/],
  ['a size', { Quarantine: true, MessageSizeOver: '10 MB (10,485,760 bytes)' }, /MessageSizeOver: 10485760/],
  ['an exception', { Quarantine: true, SubjectContainsWords: ['x'], ExceptIfSCLOver: 5 }, /unless:\s+- SCLOver: 5/],
  ['a date of Windows PowerShell', { ...quarantines, ExpiryDate: '/Date(1798761600000)/' }, /expiry: 2027-01-01/],
  ['a date', { ...quarantines, ActivationDate: '2027-01-01T00:00:00+01:00' }, /activation: 2026-12-31T23:00:00\.000Z/],
  [
    'a date without offset',
    { ...quarantines, ActivationDate: '2027-01-01T00:00:00' },
    /taken for UTC[\s\S]*activation: 2027-01-01/,
  ],
  ['AuditAndNotify', { ...quarantines, Mode: 'AuditAndNotify' }, /mode: Audit/],
  ['a mode by number', { ...quarantines, Mode: 2 }, /In Audit: its Mode is "2"[\s\S]*mode: Audit/],
  ['a rule that is switched off', { ...quarantines, State: 'Disabled' }, /enabled: false/],
  ['the end of the rules alone', { SubjectContainsWords: ['x'], StopRuleProcessing: true }, /- Deliver\s+stop: true/],
  [
    'a reason that SMTP cannot say',
    { ...quarantines, Quarantine: false, RejectMessageReasonText: 'Nein – ä\nb' },
    /printable ASCII[\s\S]*text: Nein \? \? b/,
  ],
  [
    'reports',
    {
      ...quarantines,
      GenerateIncidentReport: 'soc@contoso.com',
      IncidentReportOriginalMail: 'DoNotIncludeOriginalMail',
    },
    /only tells somebody: GenerateIncidentReport/,
  ],
  [
    'a disclaimer',
    { SubjectContainsWords: ['x'], ApplyHtmlDisclaimerText: 'a &amp; b' },
    /text: a & b\s+location: Append/,
  ],
];
for (const [what, raw, yaml] of rows) {
  test(`imported: ${what}`, () => {
    const { text, off } = one(raw);
    assert.match(text, yaml);
    assert.deepEqual(off, []);
  });
}

/** What mailhunt has not: the rule is switched off, and its comments say why. */
const unsupported: readonly [raw: Raw, why: RegExp][] = [
  [{ ...quarantines, AttachmentHasExecutableContent: true }, /AttachmentHasExecutableContent is no condition/],
  [{ ...quarantines, SentToMemberOf: ['vip@contoso.com'] }, /SentToMemberOf is no condition/],
  [
    { ...quarantines, ManagerAddresses: ['a@contoso.com'], ManagerForEvaluatedUser: 'Sender' },
    /ManagerAddresses is no condition/,
  ],
  [{ ...quarantines, ExceptIfFromMemberOf: ['x'] }, /ExceptIfFromMemberOf is no exception/],
  [{ ...quarantines, SomethingOfTomorrow: 'x' }, /SomethingOfTomorrow is no condition/],
  [
    { ...quarantines, Quarantine: false, RedirectMessageTo: ['a@contoso.com'] },
    /RedirectMessageTo is no action[\s\S]*Deliver stands for it/,
  ],
  [{ ...quarantines, ModerateMessageByUser: ['a@contoso.com'] }, /ModerateMessageByUser is no action/],
  [{ ...quarantines, BlindCopyTo: ['a@contoso.com'] }, /BlindCopyTo is no action/],
  [{ ...quarantines, SetSCL: -1 }, /SetSCL is no action/],
  [{ ...quarantines, SubjectMatchesPatterns: ['(?=a)b'] }, /SubjectMatchesPatterns: .*looks ahead/],
  [{ ...quarantines, From: ['Tony Smith'] }, /"tony smith" is no address/],
  [{ ...quarantines, FromScope: 7 }, /FromScope: /],
  [{ ...quarantines, SenderIpRanges: [{ LowerBound: 1 }] }, /SenderIpRanges has a form that is not known/],
  [{ ...quarantines, RejectMessageReasonText: { Text: 'x' } }, /RejectMessageReasonText has a form that is not known/],
  [{ ...quarantines, SubjectMatchesPatterns: ['a'], UseLegacyRegex: true }, /Exchange 2010/],
  [{ ...quarantines, DeleteMessage: true }, /more than one action that ends/],
  [{ ...quarantines, ExpiryDate: 'tomorrow' }, /ExpiryDate "tomorrow" is no moment/],
  [{ ...quarantines, State: 1 }, /-EnumsAsStrings/],
  [{ ...quarantines, Conditions: ['a', 'b'] }, /2 of Conditions, of which 1/],
  [{ ...quarantines, Exceptions: ['a'] }, /1 of Exceptions, of which 0/],
  [{ SubjectContainsWords: ['x'], ApplyHtmlDisclaimerText: '<b>x</b>' }, /has tags/],
  [{ SubjectContainsWords: ['x'], SetHeaderName: 'From', SetHeaderValue: 'x' }, /not a policy’s to write/],
];
for (const [raw, why] of unsupported) {
  test(`switched off: ${why.source}`, () => {
    const { rule, off } = one(raw);
    assert.match(off.join('; '), why);
    assert.match(rule.comments, /^Switched off by the import: /);
    assert.equal(rule.enabled, false);
    // The reason stays where Exchange has it switched off, too: somebody may switch it on here.
    assert.match(
      one({ ...raw, ...(raw.State === undefined ? { State: 'Disabled' } : {}) }).rule.comments,
      /^Switched off/,
    );
  });
}

describe('the file', () => {
  const refused = (content: Uint8Array | string, code: string, text: RegExp) =>
    assert.throws(
      () => importExchange(typeof content === 'string' ? Buffer.from(content) : content, 'rules.json'),
      (error) => error instanceof MailhuntError && error.code === code && text.test(error.message),
    );

  it('may hold one rule, a list, and a list of Windows PowerShell, in UTF-8 or UTF-16', () => {
    const rule = { ...bare, ...quarantines, Name: 'ä' };
    const forms = [rule, [rule], { value: [rule], Count: 1 }];
    for (const form of forms) assert.equal(importExchange(bytes(form), 'x').rules[0]!.name, 'ä');
    const wide = Buffer.from(`\ufeff${JSON.stringify(rule)}`, 'utf16le');
    assert.equal(importExchange(wide, 'x').rules[0]!.name, 'ä');
    assert.equal(importExchange(Buffer.from(`\ufeff${JSON.stringify(rule)}`), 'x').rules[0]!.name, 'ä');
  });

  it('is refused where it is something else', () => {
    refused('no json', 'POLICY0010', /Unexpected token/);
    refused('[]', 'POLICY0010', /no rule in it/);
    refused('[1]', 'POLICY0010', /member 1 is no rule/);
    refused('[{"State":"Enabled"}]', 'POLICY0010', /member 1 has no Name/);
  });

  it('may hold 300 rules with all that Exchange says of each, and the policy is read again', () => {
    const nulls = Object.fromEntries(Array.from({ length: 240 }, (_, at) => [`ExceptIfSomething${at}`, null]));
    const words = Array.from(
      { length: 40 },
      (_, at) => `word ${at} of a sentence that is as long as people write them`,
    );
    const rules = Array.from({ length: 300 }, (_, at) => ({
      ...{ ...bare, ...nulls, Name: `r${at}`, Priority: at, Quarantine: true, Comments: 'c'.repeat(500) },
      SubjectContainsWords: words,
    }));
    const file = Buffer.from(JSON.stringify(rules, null, 2));
    assert.ok(file.length > 3e6, `${file.length} bytes`);
    const { policy, text, rules: found } = importExchange(file, 'rules.json');
    assert.ok(found.every(({ off }) => off.length === 0));
    assert.ok(text.length > 8 * 64 * 1024, `${text.length} characters`);
    assert.deepEqual(
      readPolicy(text, '').rules.map(({ name }) => name),
      policy.rules.map(({ name }) => name),
    );
  });

  it('is refused where it would cost too much, before anything is made of it', () => {
    const rule = JSON.stringify({ ...bare, ...quarantines, Name: 'a' });
    const deep = `[{"Name":"a","Conditions":${'['.repeat(200)}${']'.repeat(200)}}]`;
    refused(deep, 'POLICY0010', /nested deeper than 128/);
    refused('['.repeat(5_000_000), 'POLICY0010', /nested deeper/);
    refused('{"a":'.repeat(1_000_000), 'POLICY0010', /nested deeper/);
    refused(`[${'[],'.repeat(2_000_000)}1]`, 'POLICY0010', /more than 1,000,000 values/);
    refused(`[${Array(301).fill(rule).join()}]`, 'POLICY0010', /301 members, and a policy at most 300 rules/);
    const wide = JSON.stringify({ Name: 'a', ...Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [at, 1])) });
    refused(wide, 'POLICY0010', /member 1 has 2002 properties/);
    refused(Buffer.alloc(32 * 1024 * 1024 + 1, 32), 'POLICY0010', /larger than 32 MB/);
    // Brackets and commas in texts are no values, whatever quotation marks stand in them.
    const text = `${'[,'.repeat(400_000)}\\"${'\\'.repeat(1001)}"${'{'.repeat(500)}`;
    const { policy } = imported({ ...quarantines, Description: text });
    assert.equal(policy.rules.length, 1);
  });

  it('switches off a rule with more values than are read', () => {
    const many = Array.from({ length: 200_000 }, (_, at) => `w${at}`);
    const { off, text } = one({ Quarantine: true, SubjectContainsWords: many });
    assert.deepEqual(off, ['SubjectContainsWords: it has more than 1000 values']);
    assert.ok(text.length < 2000);
  });

  it('is refused by name where ConvertTo-Json cut values off', () => {
    const cut = (value: unknown) => bytes([{ ...bare, Name: 'a', SenderDomainIs: value }]);
    refused(cut('System.Object[]'), 'POLICY0011', /SenderDomainIs of the rule “a” was cut off: System\.Object\[\]/);
    refused(cut(['Microsoft.Exchange.MessagingPolicies.Rules.Word']), 'POLICY0011', /cut off/);
    refused(cut('@{Value=contoso.com}'), 'POLICY0011', /cut off/);
    // What is not read may be cut off.
    assert.deepEqual(one({ ...quarantines, Conditions: 'System.Object[]' }).off, []);
  });

  it('must name the conditions of a rule', () => {
    const { Conditions: _, ...without } = bare;
    const { rules } = importExchange(bytes({ ...without, Name: 'a', Quarantine: true }), 'x');
    assert.match(rules[0]!.off[0]!, /names no condition/);
  });

  it('is asked in the order of priorities, and is in Audit', () => {
    const { policy } = imported({ ...quarantines, Priority: 1 }, { ...quarantines, Priority: 0 });
    assert.deepEqual(
      policy.rules.map(({ name }) => name),
      ['r1', 'r0'],
    );
    assert.equal(policy.mode, 'Audit');
  });

  it('puts in Audit what would see the mail of a rule that is switched off', () => {
    const allow = { SentToMemberOf: ['vip@contoso.com'], StopRuleProcessing: true, FromScope: 'InOrganization' };
    const { rules, policy } = imported(allow, quarantines, { ...quarantines, FromScope: 'NotInOrganization' });
    assert.deepEqual(
      rules.map(({ behind }) => behind),
      [[], ['r0'], []],
    );
    assert.deepEqual(
      policy.rules.map(({ mode }) => mode),
      ['Enforce', 'Audit', 'Enforce'],
    );
  });
});

const list = (...of: readonly string[]) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1 });
const word = fc.string({ unit: fc.constantFrom(..."abc 0-=’“$`'ä\n"), minLength: 1, maxLength: 12 });
const phrase = word.filter((one) => one.trim() !== '').map((one) => one.replace(/\s+/g, ' ').trim());
const optionally = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const conditions = {
  SenderDomainIs: list('contoso.com', 'fabrikam.com'),
  From: list('a@contoso.com', 'b@contoso.com'),
  SenderIpRanges: list('192.0.2.0/24', '198.51.100.1-198.51.100.9', '2001:db8::1'),
  FromScope: fc.constantFrom('InOrganization', 'NotInOrganization'),
  SentTo: list('c@contoso.com'),
  SubjectContainsWords: fc.array(phrase, { minLength: 1, maxLength: 2 }),
  SubjectMatchesPatterns: list('a+b', '^x\\s', "it's"),
  SCLOver: fc.integer({ min: -1, max: 9 }),
  MessageSizeOver: fc.integer({ min: 0, max: 1e9 }),
  MessageTypeMatches: fc.constantFrom('OOF', 'Signed'),
};
const header = fc.record({
  name: fc.constantFrom('X-A', 'Authentication-Results'),
  words: fc.array(phrase, { minLength: 1 }),
});
const predicates = fc
  .tuple(
    fc.record(
      Object.fromEntries(
        Object.entries(conditions).map(([name, value]) => [name, optionally(value as fc.Arbitrary<unknown>)]),
      ),
    ),
    optionally(header),
  )
  .map(([all, words]) => ({
    ...(all as Raw),
    HeaderContainsMessageHeader: words?.name ?? null,
    HeaderContainsWords: words?.words ?? [],
  }));
const actions = fc.constantFrom<Raw>(
  { Quarantine: true },
  { DeleteMessage: true },
  { RejectMessageEnhancedStatusCode: '5.7.1', RejectMessageReasonText: "It's $no" },
  { RejectMessageEnhancedStatusCode: '5.7.950', RejectMessageReasonText: 'No' },
  { PrependSubject: '[x] ' },
  { SetHeaderName: 'X-B', SetHeaderValue: 'c ’d' },
  { RemoveHeader: 'X-C', PrependSubject: '[y] ' },
  { StopRuleProcessing: true, SetAuditSeverity: 'Low' },
  {
    ApplyHtmlDisclaimerText: 'a &amp; b',
    ApplyHtmlDisclaimerLocation: 'Append',
    ApplyHtmlDisclaimerFallbackAction: 'Ignore',
  },
);
const raws = fc
  .record({
    when: predicates,
    unless: predicates,
    actions,
    stop: fc.boolean(),
    properties: fc.record({
      Name: phrase,
      State: fc.constantFrom('Enabled', 'Disabled'),
      Mode: fc.constantFrom('Enforce', 'Audit'),
      Comments: optionally(word),
      SenderAddressLocation: fc.constantFrom('Header', 'Envelope', 'HeaderOrEnvelope'),
      RuleErrorAction: fc.constantFrom('Ignore', 'Defer'),
      ExpiryDate: fc.constantFrom(null, '2027-01-01T00:00:00Z'),
    }),
  })
  .map(({ when, unless, actions: acts, stop, properties }) => ({
    ...bare,
    ...properties,
    ...when,
    ...Object.fromEntries(Object.entries(unless).map(([name, value]) => [`ExceptIf${name}`, value])),
    StopRuleProcessing: stop,
    ...acts,
  }));

/** A rule as its parameters, without what says nothing. */
function parametersOf(raw: Raw): Raw {
  const said = (name: string, value: unknown): unknown => {
    if (name.endsWith('SCLOver')) return Number(value);
    if (name.endsWith('MessageSizeOver')) return `${value}B`;
    return name.endsWith('ExpiryDate') ? Date.parse(String(value)) : value;
  };
  const { Name: _, State, ADComparisonOperator: __, ...others } = raw;
  const usual: Raw = { SenderAddressLocation: 'Header', RuleErrorAction: 'Ignore' };
  const unread = ['Conditions', 'Exceptions', 'RuleSubType', 'Identity', 'RunspaceId'];
  const isAlone = others.ApplyHtmlDisclaimerText === undefined;
  return Object.fromEntries(
    Object.entries(others)
      .filter(
        ([name, value]) =>
          value !== null &&
          value !== false &&
          !(Array.isArray(value) && value.length === 0) &&
          !unread.includes(name) &&
          usual[name] !== value,
      )
      .filter(([name]) => !(isAlone && name === 'ApplyHtmlDisclaimerLocation'))
      .map(([name, value]) => [name, said(name, value)])
      .concat(State === 'Disabled' ? [['Enabled', false]] : []),
  );
}

const plain = (value: ParameterValue): unknown => {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return 'word' in value ? value.word : (value as { readonly at: number }).at;
};

test('a rule that was imported is exported with the same parameters', () => {
  fc.assert(
    fc.property(raws, (raw) => {
      const { policy, rules } = importExchange(bytes([raw]), 'rules.json');
      assert.deepEqual(rules[0]!.off, []);
      const { rules: found } = exportExchange(enforced(policy), Date.parse('2026-07-18'));
      assert.equal(found[0]!.as, 'said', found[0]!.unsayable.join());
      const [rule, ...more] = found[0]!.rules;
      assert.deepEqual([rule!.name, more], [raw.Name, []]);
      const given = Object.fromEntries(rule!.parameters.map(({ name, value }) => [name, plain(value)]));
      // One value alone is a list of one.
      const listed = (all: Raw) =>
        Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value].flat()]));
      assert.deepEqual(listed(given), listed(parametersOf(raw)));
    }),
    { numRuns: 100 },
  );
});

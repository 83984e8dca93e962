import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import { exchangeScript, exportExchange } from '../../../src/policy/exchange/index.ts';
import { decide, defaultPolicy, readPolicy } from '../../../src/policy/index.ts';
import { madeItem } from '../made-item.ts';
import { readCommand } from './powershell-reader.ts';
import { fateOf } from './transport-agent.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');
const policyOf = (rules: string, mode = 'Enforce') =>
  readPolicy(`name: test\nmode: ${mode}\nrules:\n${rules}`, 'test.yaml');
const exported = (rules: string, mode = 'Enforce') => exportExchange(policyOf(rules, mode), NOW);

/** Parameters of the last command that a rule comes to, on one line. */
function said(rule: string): string {
  const [found] = exported(`- ${rule}`).rules;
  assert.equal(found?.as, 'said', found?.unsayable.join());
  return found.rules
    .at(-1)!
    .parameters.map(({ name, value }) => `${name} ${JSON.stringify(value)}`)
    .join(' ');
}

/** A rule, and what its command has. */
const rows: readonly [rule: string, parameters: RegExp][] = [
  [
    '{name: a, when: [{DMARC: fail, DMARCPolicy: reject}], do: [DeleteMessage]}',
    /^HeaderContainsMessageHeader "Authentication-Results" HeaderContainsWords \["dmarc=fail action=oreject","dmarc=fail action=o.reject"\] DeleteMessage true Mode {"word":"Enforce"}$/,
  ],
  [
    '{name: a, when: [{DMARC: [fail, temperror]}], do: [Quarantine]}',
    /HeaderContainsWords \["dmarc=fail","dmarc=temperror"\] Quarantine true/,
  ],
  [
    '{name: a, when: [{SPF: softfail}], do: [Deliver]}',
    /"spf=softfail"\] StopRuleProcessing true SetAuditSeverity {"word":"Low"}/,
  ],
  [
    '{name: a, when: [{SenderDomainIs: contoso.com}], senderAddressLocation: Envelope, do: [Quarantine]}',
    /SenderDomainIs \["contoso.com"\] .*SenderAddressLocation {"word":"Envelope"}/,
  ],
  [
    '{name: a, mode: Audit, enabled: false, stop: true, errorAction: Defer, comments: why, do: [{PrependSubject: "[x] "}]}',
    /^PrependSubject "\[x\] " StopRuleProcessing true RuleErrorAction {"word":"Defer"} Comments "why" Mode {"word":"Audit"} Enabled false$/,
  ],
  [
    '{name: a, do: [Reject: {enhanced: 5.7.901, text: No}]}',
    /RejectMessageEnhancedStatusCode "5.7.901" RejectMessageReasonText "No"/,
  ],
  [
    '{name: a, when: [{MessageSizeOver: 1000}, {SCLOver: 5}, {FromScope: NotInOrganization}], do: [Quarantine]}',
    /MessageSizeOver {"word":"1000B"} SCLOver 5 FromScope {"word":"NotInOrganization"}/,
  ],
  [
    '{name: a, unless: [{SenderIpRanges: 192.0.2.1}, {SenderIpRanges: 192.0.2.2}], do: [Quarantine]}',
    /ExceptIfSenderIpRanges \["192.0.2.1","192.0.2.2"\]/,
  ],
  ['{name: a, expiry: 2027-01-01, do: [Quarantine]}', new RegExp(`ExpiryDate {"at":${Date.parse('2027-01-01')}}`)],
];
for (const [rule, parameters] of rows) test(`exported: ${rule}`, () => assert.match(said(rule), parameters));

/** What no rule of Exchange can ask or do, and a word of the reason. */
const unsayable: readonly [rule: string, reason: RegExp][] = [
  ['{name: a, when: [{CompAuth: fail}], do: [Quarantine]}', /before composite authentication/],
  ['{name: a, when: [{CompAuthReason: "000"}], do: [Quarantine]}', /reason= is not there/],
  ['{name: a, when: [{Aligned: none}], do: [Quarantine]}', /which method was aligned/],
  ['{name: a, when: [{ARC: pass}], do: [Quarantine]}', /Set-ArcConfig/],
  ['{name: a, when: [{FirstContact: true}], do: [Quarantine]}', /first contact/],
  ['{name: a, when: [{PassedBefore: 3}], do: [Quarantine]}', /SenderIpRanges/],
  ['{name: a, unless: [{Carrier: list}], do: [Quarantine]}', /the exception Carrier: .*List-Id/],
  ['{name: a, when: [{CarrierDomain: lists.example}], do: [Quarantine]}', /spf=pass/],
  ['{name: a, when: [{AuthorsOver: 1}], do: [Quarantine]}', /two @/],
  ['{name: a, when: [{DMARC: temperror, DMARCPolicy: reject}], do: [Quarantine]}', /action=none/],
  ['{name: a, when: [{DMARCPolicy: reject}], do: [Quarantine]}', /only beside dmarc=fail/],
  ['{name: a, when: [{DMARC: fail}], do: [Defer]}', /cannot ask the client/],
  [
    '{name: a, when: [{DMARC: fail}], do: [{SetHeader: {name: X-A, value: b}}, {SetHeader: {name: X-B, value: b}}]}',
    /SetHeader twice/,
  ],
  [
    '{name: a, when: [{SentTo: a@contoso.com}, {SentTo: b@contoso.com}], do: [Quarantine]}',
    /recipients more than once/,
  ],
  ['{name: a, when: [{MessageTypeMatches: [OOF, Signed]}], do: [Quarantine]}', /takes one value/],
];
for (const [rule, reason] of unsayable) {
  test(`not said: ${rule}`, () => {
    const [found] = exported(`- ${rule}`).rules;
    assert.equal(found!.as, 'nearest');
    assert.match(found!.unsayable.join(), reason);
  });
}

/** Commands that would be run: lines that no # stands before. */
const live = (script: string): string =>
  script
    .split('\n')
    .filter((line) => !line.startsWith('#') && line !== '')
    .join('\n');
const scriptOf = (rules: string, mode?: string): string => exchangeScript(exported(rules, mode));

describe('the script', () => {
  it('shows what comes nearest, and does not run it', () => {
    const script = scriptOf('- {name: a, when: [{DMARC: fail}], unless: [{ARCSealer: trusted}], do: [Quarantine]}');
    assert.equal(live(script), '');
    assert.match(script, /# {3}New-TransportRule -Name 'a' `\n# {5}-HeaderContainsMessageHeader/);
  });

  it('has no nearest rule for all mail', () => {
    assert.match(scriptOf('- {name: a, when: [{FirstContact: true}], do: [Reject]}'), /There is no rule near it\./);
  });

  it('honours the owner by the setting that answers in SMTP, with the sealers that are trusted', () => {
    const script = exchangeScript(exportExchange({ ...defaultPolicy(NOW), mode: 'Enforce' }, NOW, ['lists.example']));
    assert.match(
      live(script),
      /^Set-AntiPhishPolicy -Identity 'Office365 AntiPhish Default' -HonorDmarcPolicy \$true -DmarcRejectAction Reject$/m,
    );
    assert.match(live(script), /ArcTrustedSealers\) \+ @\('lists.example'\) \| Select-Object -Unique$/m);
    assert.match(script, /look at it again by 2027-01-14/);
  });

  it('switches no setting on while the policy is in Audit', () => {
    const script = exchangeScript(exportExchange(defaultPolicy(NOW), NOW));
    assert.equal(live(script), '');
    assert.match(script, /names no trusted_sealers; the list that Get-ArcConfig shows counts/);
  });

  it('says whom the reports hit, and offers the setting instead, only where something is refused', () => {
    const refuses = scriptOf('- {name: a, when: [{DMARC: fail, DMARCPolicy: reject}], do: [Reject]}');
    assert.match(refuses, /WHOM THE REPORTS HIT/);
    assert.match(refuses, /BETTER, instead of this rule[\s\S]*# {3}Set-AntiPhishPolicy/);
    assert.doesNotMatch(scriptOf('- {name: a, when: [{DMARC: fail}], do: [Quarantine]}'), /WHOM THE REPORTS HIT/);
  });

  it('puts in Audit what stands behind a rule that cannot be said, unless no mail meets both', () => {
    const before = '- {name: first, when: [{DMARC: pass}, {FirstContact: false}], do: [Deliver]}\n';
    const touched = exported(`${before}- {name: a, when: [{SPF: fail}], do: [Reject]}`).rules[1]!;
    assert.match(JSON.stringify(touched.rules), /"Mode","value":{"word":"Audit"}/);
    const apart = exported(`${before}- {name: a, when: [{DMARC: fail}], do: [Reject]}`).rules[1]!;
    assert.match(JSON.stringify(apart.rules), /"Mode","value":{"word":"Enforce"}/);
  });

  it('leaves out what has expired, and says so', () => {
    const script = scriptOf('- {name: a, expiry: 2026-01-01, do: [Reject]}');
    assert.equal(live(script), '');
    assert.match(script, /It has expired/);
  });

  it('numbers its rules from 0, with the click path of each', () => {
    const script = scriptOf(
      '- {name: a, when: [{SPF: fail}, {DKIM: fail}], do: [Quarantine]}\n- {name: b, when: [{SPF: none}], do: [Quarantine]}',
    );
    const commands = live(script)
      .split(/\n(?=New-TransportRule)/)
      .map(readCommand);
    assert.deepEqual(
      commands.map((one) => one.get('Priority')![0]),
      ['0', '1', '2', '3'],
    );
    assert.match(script, /Do the following: Redirect the message to > hosted quarantine/);
    assert.equal(script.match(/Add a rule > Create a new rule/g)!.length, 4);
  });

  it('warns of what an organization cannot hold', () => {
    const many = Array.from({ length: 200 }, (_, at) => `'${`w${at}`.padEnd(110, 'x')}'`).join(', ');
    const { limits } = exported(`- {name: a, when: [{SubjectContainsWords: [${many}]}], do: [Quarantine]}`);
    assert.equal(limits.length, 2);
    assert.match(limits[0]!, /22000 characters/);
  });

  it('keeps hostile names on their comment line', () => {
    const script = scriptOf('- {name: "a # \\u2028 Remove-TransportRule", when: [{SPF: fail}], do: [Quarantine]}');
    assert.match(script, /^[ -~\n]*$/);
    for (const line of live(script).split('\n')) assert.match(line, /^(?:New-TransportRule| {2}-)/);
  });
});

const words = (name: string, ...of: readonly string[]) => fc.constantFrom(...of).map((one) => `${name}: ${one}`);
const tests = fc.oneof(
  words('DMARC', 'pass', 'fail', '[fail, temperror]'),
  words('SPF', 'pass', 'fail', 'none'),
  words('DKIM', 'pass', 'none'),
  words('SenderDomainIs', 'bank.example', 'other.example'),
  words('SCLOver', '3', '6'),
  words('SenderIpRanges', '192.0.2.0/24', '198.51.100.1'),
  words(
    'HeaderContains',
    '{MessageHeader: X-A, Words: b}',
    '{MessageHeader: X-A, Words: c}',
    '{MessageHeader: X-B, Words: b}',
  ),
  words('HeaderMatches', "{MessageHeader: X-A, Patterns: '^b'}", "{MessageHeader: X-B, Patterns: 'c$'}"),
  words('SubjectContainsWords', 'x', 'invoice'),
);
const clause = fc
  .uniqueArray(tests, { selector: (one) => one.split(':')[0], minLength: 1, maxLength: 3 })
  .map((all) => `{${all.join(', ')}}`);
const exception = fc
  .tuple(clause, fc.constantFrom('', ', expires: 2026-07-01', ', expires: 2026-09-01', ', expires: 2026-10-01'))
  .map(([one, end]) => `${one.slice(0, -1)}${end}}`);
const rule = fc.record({
  when: fc.array(clause, { maxLength: 4 }),
  unless: fc.array(exception, { maxLength: 3 }),
  do: fc.constantFrom('[Reject]', '[Quarantine]', '[Deliver]', '[{PrependSubject: "x "}]', '[DeleteMessage]'),
  more: fc.constantFrom('', ', mode: Audit', ', enabled: false', ', stop: true', ', expiry: 2026-09-15'),
});
const policies = fc
  .array(rule, { minLength: 1, maxLength: 4 })
  .map((all) =>
    all
      .map((one, at) => `- {name: r${at}, when: [${one.when}], unless: [${one.unless}], do: ${one.do}${one.more}}`)
      .join('\n'),
  );
const items = fc
  .record({
    dmarc: fc.constantFrom('pass', 'fail', 'temperror'),
    spf: fc.constantFrom('pass', 'fail', 'none'),
    dkim: fc.constantFrom('pass', 'none'),
    scl: fc.constantFrom(1, 5, 9),
    a: fc.constantFrom('b', 'c', 'b c'),
    ip: fc.constantFrom('192.0.2.7', '198.51.100.1'),
  })
  .map(({ dmarc, spf, dkim, scl, a, ip }) =>
    madeItem({
      scl,
      verdict: { dmarc, spf, dkim: [dkim] },
      client: { ip },
      fields: {
        'authentication-results': [
          `spf=${spf} smtp.mailfrom=bank.example; dkim=${dkim} header.d=none;dmarc=${dmarc} action=none`,
        ],
        'x-a': [a],
        'x-b': ['c'],
        // What a sender might write to slip through.
        'x-mailhunt-unless': ['r1u', 'r2u', 'r3u', 'r1au', 'r2au'],
        'x-mailhunt-when': ['r1w0', 'r1w1', 'r2w0', 'r1aw0'],
      },
    }),
  );

/** Chains of conditions and of exceptions at once. */
test('the marks of an exception do not wipe out those of the conditions', () => {
  const policy = policyOf(
    '- {name: a, when: [{SPF: fail}, {DKIM: none}], unless: [{SPF: none, DKIM: none}], do: [Reject]}',
  );
  const { guards, rules: found } = exportExchange(policy, NOW);
  const item = madeItem({
    verdict: { spf: 'fail', dkim: ['none'] },
    fields: { 'authentication-results': ['spf=fail smtp.mailfrom=bank.example; dkim=none header.d=none'] },
  });
  assert.equal(decide(policy, item, NOW).action.kind, 'Reject');
  assert.equal(fateOf([...guards, ...found.flatMap((one) => one.rules)], item, NOW).action, 'Reject');
});

test('no two rules have one name, and none is too long', () => {
  const long = 'x'.repeat(63);
  const more =
    'when: [{SPF: fail}, {DKIM: none}], unless: [{SenderDomainIs: a.example, expires: 2027-01-01}], do: [Reject]';
  const { rules: found } = exported(`- {name: ${long}1, ${more}}\n- {name: ${long}2, ${more}}`);
  const names = found.flatMap((one) => one.rules.map(({ name }) => name));
  assert.deepEqual([names.length, new Set(names).size], [8, 8]);
  assert.ok(names.every((name) => name.length <= 64));
});

test('rules that are said mean what the policy means, now and after each expiry', () => {
  let chained = 0;
  fc.assert(
    fc.property(policies, items, fc.constantFrom(0, 50, 70, 100), (rules, item, days) => {
      const policy = policyOf(rules);
      const { guards, rules: found } = exportExchange(policy, NOW);
      for (const one of found) assert.notEqual(one.as, 'nearest', one.unsayable.join());
      chained += guards.length;
      const at = NOW + days * 86_400_000;
      const { action, changes } = decide(policy, item, at);
      const fate = fateOf([...guards, ...found.flatMap((one) => one.rules)], item, at);
      assert.equal(fate.action, action.kind);
      assert.equal(fate.subject, `${'x '.repeat(changes.length)}${item.subject}`);
    }),
    { numRuns: 100 },
  );
  assert.ok(chained > 15, 'chains were among them');
});

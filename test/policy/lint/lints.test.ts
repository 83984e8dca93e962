import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPolicy, readPolicy } from '../../../src/policy/index.ts';
import { lintPolicy, policyLints } from '../../../src/policy/lint/index.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');

const found = (rules: string): readonly string[] =>
  lintPolicy(readPolicy(`name: test\nmode: Enforce\nrules:\n${rules}\n`, 'test.yaml'), NOW).map(({ lint }) => lint.id);

const reject = (more: string): string =>
  `- name: a\n  when: [{ DMARC: [fail, temperror] }]\n  do: [Quarantine]\n  ${more}`;
const stop = (more: string): string => `- name: a\n  when: [{ SCLOver: 5 }]\n  do: [Quarantine]\n  ${more}`;
const allow = (more: string): string =>
  `- { name: a, ${more} }\n- { name: b, when: [{ DMARC: [fail, temperror] }], do: [Quarantine] }`;
const two = (one: string, other: string, covered: string): string =>
  `- { name: a, ${one}, do: [Quarantine] }\n- { name: b, ${other}, do: [Quarantine] }\n- { name: c, ${covered}, do: [Defer] }`;
const until = 'because: x, expires: 2027-01-01';

/** The lint, rules that it finds something in, and rules that are alike and well. */
const rows: readonly [id: string, wrong: readonly string[], right: readonly string[]][] = [
  [
    'PL001',
    [
      reject(`unless: [{ SenderDomainIs: partner.example, ${until} }]`),
      reject(`unless: [{ From: boss@own.example, SubjectContainsWords: scan, ${until} }]`),
      reject(`unless: [{ HeaderContains: { MessageHeader: List-Id, Words: lists.example }, ${until} }]`),
      reject(`unless: [{ SPF: pass, ${until} }]`),
      reject(`unless: [{ DKIM: pass, ${until} }]`),
      reject(`unless: [{ ARC: pass, ${until} }]`),
      reject(`unless: [{ Carrier: claimed, ${until} }]`),
      reject(`unless: [{ PassedBefore: 10, ${until} }]`),
      ...[
        // What another wrote, however well it sounds.
        'HeaderContains: { MessageHeader: Authentication-Results-Original, Words: dmarc=pass }',
        'HeaderContains: { MessageHeader: ARC-Authentication-Results, Words: dmarc=pass }',
        'HeaderContains: { MessageHeader: Received-SPF, Words: pass }',
        'HeaderContains: { MessageHeader: X-MS-Exchange-Organization-SCL, Words: "-1" }',
        // What passed for any domain.
        'HeaderContains: { MessageHeader: Authentication-Results, Words: spf=pass }',
        'HeaderContains: { MessageHeader: Authentication-Results, Words: dkim=pass }',
        'HeaderContains: { MessageHeader: Authentication-Results, Words: [dmarc=pass, spf=pass] }',
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: 'dmarc=pass|spf=pass' }",
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: '(dmarc=pass)?.*spf=pass' }",
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: 'header\\.from=partner\\.example' }",
        'SPF: pass, DKIM: pass',
        'SPF: pass, SenderDomainIs: partner.example',
        'DMARC: [pass, none]',
        "CompAuthReason: ['100', '601']",
        // Hosts of anybody.
        'SenderIpRanges: 0.0.0.0/0',
        'SenderIpRanges: [192.0.2.1, 40.92.0.0/15]',
        'SenderIpRanges: 10.0.0.0/7',
        'SenderIpRanges: 192.0.2.0-192.0.3.1',
        'SenderIpRanges: 2a01:111:f400::/48',
        `KQL: 'SenderFromDomain == "partner.example"'`,
        `KQL: 'AuthenticationDetails has "pass"'`,
        `KQL: 'parse_json(AuthenticationDetails).SPF == "pass"'`,
        `KQL: 'parse_json(AuthenticationDetails).DMARC != "fail"'`,
        `KQL: 'SenderIPv4 != "192.0.2.1"'`,
        `KQL: 'SenderIPv4 startswith "54.240."'`,
        `KQL: 'SenderIPv4 matches regex "^54[.]240[.]"'`,
        `KQL: 'ipv4_is_in_range(SenderIPv4, "52.0.0.0/8")'`,
        `KQL: 'ipv4_is_in_any_range(SenderIPv4, dynamic(["192.0.2.0/24", "54.240.0.0/20"]))'`,
        `KQL: 'SenderIPv6 startswith "2600:"'`,
        `KQL: 'SenderFromDomain == "partner.example" or parse_json(AuthenticationDetails).DMARC == "pass"'`,
      ].map((test) => stop(`unless: [{ ${test}, ${until} }]`)),
    ],
    [
      ...[
        'HeaderContains: { MessageHeader: Authentication-Results, Words: [dmarc=pass, "compauth=pass reason=100"] }',
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: '\\bdmarc\\s*=\\s*pass\\b.*header\\.from=partner\\.example' }",
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: '(?:dmarc=(?:x)?pass|compauth=pass)' }",
        'SenderDomainIs: partner.example, DMARC: pass',
        'DMARC: bestguesspass',
        "CompAuthReason: ['100', '130']",
        'SenderIpRanges: [192.0.2.1, 198.51.100.0/24, 10.0.0.0/8, 172.16.0.0/12, 192.0.2.1-192.0.2.9]',
        'SenderIpRanges: 2001:db8:0:1::/64',
        `KQL: 'SenderFromDomain == "partner.example" and parse_json(AuthenticationDetails).DMARC == "pass"'`,
        `KQL: 'AuthenticationDetails has "dmarc=pass"'`,
        `KQL: 'SenderIPv4 in ("192.0.2.1", "192.0.2.2")'`,
        `KQL: 'SenderIPv4 startswith "192.0.2."'`,
        `KQL: 'ipv4_is_in_range(SenderIPv4, "192.0.2.0/24")'`,
        `KQL: 'ipv4_is_in_range(SenderIPv4, "10.0.0.0/8")'`,
        `KQL: 'SenderIPv6 startswith "2001:db8:1:2:"'`,
      ].map((test) => stop(`unless: [{ ${test}, ${until} }]`)),
      stop(`senderAddressLocation: Envelope\n  unless: [{ SPF: pass, SenderDomainIs: partner.example, ${until} }]`),
      reject(`unless: [{ SenderDomainIs: partner.example, SenderIpRanges: 192.0.2.0/24, ${until} }]`),
      reject(`unless: [{ CarrierDomain: lists.example, ${until} }]`),
      reject(`unless: [{ ARCSealer: trusted, ${until} }]`),
      reject(`unless: [{ CompAuth: pass, ${until} }]`),
      reject(`unless: [{ FromScope: InOrganization, ${until} }]`),
    ],
  ],
  [
    'PL002',
    [
      allow('when: [{ SenderDomainIs: partner.example }], do: [Deliver]'),
      allow('when: [{ SenderDomainIs: partner.example }], do: [{ PrependSubject: "[p] " }], stop: true'),
      allow('when: [{ From: boss@own.example }], do: [{ SetHeader: { name: X-Seen, value: y } }, Deliver]'),
      allow('when: [{ SPF: pass }, { SenderDomainIs: partner.example }], do: [Deliver]'),
      allow('when: [{ HeaderContains: { MessageHeader: Authentication-Results, Words: spf=pass } }], do: [Deliver]'),
      allow('when: [{ HeaderContains: { MessageHeader: X-Partner, Words: secret } }], do: [Deliver]'),
      allow('when: [{ DMARC: [pass, fail] }], do: [Deliver]'),
      allow('when: [{ SenderDomainIs: partner.example }], unless: [{ DMARC: fail }], do: [Deliver]'),
      `${allow('when: [{ SenderDomainIs: partner.example }], do: [Deliver]')}\n- { name: c, when: [{ SCLOver: 5 }], do: [Quarantine] }`,
    ],
    [
      allow('when: [{ SenderDomainIs: partner.example, DMARC: pass }], do: [Deliver]'),
      allow(
        'when: [{ SenderDomainIs: partner.example }, { DMARC: pass }], do: [{ PrependSubject: "[p] " }], stop: true',
      ),
      allow('when: [{ SenderDomainIs: partner.example }], do: [{ PrependSubject: "[p] " }]'),
      // Of what it lets pass, none would have been stopped.
      allow('when: [{ SenderDomainIs: partner.example, DMARC: none }], do: [Deliver]'),
      allow('when: [{ SenderDomainIs: partner.example }], unless: [{ DMARC: [fail, temperror] }], do: [Deliver]'),
      '- { name: a, when: [{ SenderDomainIs: partner.example }], do: [Deliver] }',
      // The forgeries have been stopped before.
      '- { name: b, when: [{ DMARC: [fail, temperror] }], do: [Quarantine] }\n- { name: a, when: [{ SenderDomainIs: partner.example }], do: [Deliver] }\n- { name: c, when: [{ CompAuthReason: [000, 010] }], do: [Quarantine] }',
    ],
  ],
  [
    'PL003',
    [reject('unless: [{ ARCSealer: trusted }]')],
    [
      reject(`unless: [{ ARCSealer: trusted, ${until} }]`),
      '- { name: a, unless: [{ ARCSealer: trusted }], do: [{ PrependSubject: "[x] " }] }',
    ],
  ],
  [
    'PL004',
    [reject('unless: [{ ARCSealer: trusted, expires: 2026-07-18 }]')],
    [reject('unless: [{ ARCSealer: trusted, expires: 2026-07-19 }]')],
  ],
  [
    'PL005',
    [
      '- { name: a, when: [{ DMARC: pass }, { DMARC: none }], do: [Quarantine] }',
      '- { name: a, when: [{ CompAuth: pass, CompAuthReason: 000 }], do: [Quarantine] }',
      '- { name: a, when: [{ DMARC: pass, Aligned: none }], do: [Quarantine] }',
      '- { name: a, when: [{ DMARC: bestguesspass, DMARCPolicy: reject }], do: [Quarantine] }',
      `- { name: a, when: [{ DMARC: none, SPF: fail }], unless: [{ SPF: [fail, softfail], ${until} }], do: [Quarantine] }`,
      `- { name: a, when: [{ DMARC: none, SPF: [fail, none] }], unless: [{ SPF: fail, ${until} }, { SPF: none, ${until} }], do: [Quarantine] }`,
      '- { name: a, when: [{ SCLOver: 7, SPF: none }], unless: [{ SCLOver: 5, SPF: none }], do: [Quarantine] }',
      `- { name: a, when: [{ FirstContact: true }, { FirstContact: false }], do: [Quarantine] }`,
      `- { name: a, when: [{ CompAuth: softpass, CompAuthReason: ['703'] }], do: [Quarantine] }`,
      `- { name: a, when: [{ KQL: 'AttachmentCount > 3 and 1 == 2' }], do: [Quarantine] }`,
    ],
    [
      '- { name: a, when: [{ DMARC: [pass, none] }, { DMARC: none }], do: [Quarantine] }',
      // Its reason is asked for to mark the message: one that stops it would have to say what happens to temperror.
      '- { name: a, when: [{ CompAuth: [pass, fail], CompAuthReason: 000 }], do: [{ PrependSubject: "[x] " }] }',
      `- { name: a, when: [{ CompAuth: pass, CompAuthReason: ['703'] }], do: [Quarantine] }`,
      // Who defers in doubt does so where nobody has checked.
      '- { name: a, when: [{ DMARC: pass }, { DMARC: none }], errorAction: Defer, do: [Quarantine] }',
      '- { name: a, when: [{ SCLOver: 5 }, { SCLOver: 7 }], do: [Quarantine] }',
      '- { name: a, when: [{ DKIM: pass }, { DKIM: fail }], do: [Quarantine] }',
      '- { name: a, when: [{ SubjectContainsWords: x }, { SubjectContainsWords: y }], do: [Quarantine] }',
      `- { name: a, when: [{ DMARC: none, SPF: [fail, none] }], unless: [{ SPF: fail, ARCSealer: trusted, ${until} }], do: [Quarantine] }`,
    ],
  ],
  [
    'PL006',
    [
      '- { name: a, when: [{ SPF: [fail, softfail] }], do: [Quarantine] }\n- { name: b, when: [{ SPF: fail, ARC: none }], do: [Defer] }',
      '- { name: a, do: [Quarantine] }\n- { name: b, when: [{ SPF: fail }], do: [Defer] }',
      '- { name: a, do: [Quarantine] }\n- { name: b, when: [{ SPF: fail }], errorAction: Defer, do: [Defer] }',
      // Several together.
      two('when: [{ SPF: fail }]', 'when: [{ SPF: softfail }]', 'when: [{ SPF: [fail, softfail] }, { ARC: none }]'),
      two(
        'when: [{ SPF: fail, ARC: none }]',
        'when: [{ SPF: fail, ARC: fail }]',
        'when: [{ SPF: fail, ARC: [none, fail] }]',
      ),
      two('when: [{ FromScope: InOrganization }]', 'when: [{ FromScope: NotInOrganization }]', 'when: [{ SPF: fail }]'),
      two(
        'when: [{ SentTo: a@own.example }]',
        'when: [{ SentTo: b@own.example }]',
        'when: [{ SentTo: [a@own.example, b@own.example] }]',
      ),
      two(
        'when: [{ SPF: fail }], unless: [{ DMARC: pass }]',
        'when: [{ ARC: fail }]',
        'when: [{ SPF: fail, DMARC: none }]',
      ),
      // What is wider holds what is narrower.
      two(
        'when: [{ SenderDomainIs: spam.example }]',
        'when: [{ ARC: fail }]',
        'when: [{ SenderDomainIs: a.spam.example }]',
      ),
      two('when: [{ SCLOver: 5 }]', 'when: [{ ARC: fail }]', 'when: [{ SCLOver: 7 }]'),
      '- { name: a, expiry: 2027-01-01, do: [Quarantine] }\n- { name: b, when: [{ SPF: fail }], expiry: 2026-12-01, do: [Defer] }',
      '- { name: a, when: [{ SCLOver: 5 }], do: [{ PrependSubject: "x" }], stop: true }\n- { name: b, when: [{ SCLOver: 7 }], do: [{ PrependSubject: "y" }] }',
    ],
    [
      two('when: [{ SPF: fail }]', 'when: [{ SPF: softfail }]', 'when: [{ SPF: [fail, softfail, none] }]'),
      two(
        'when: [{ SPF: fail, ARC: none }]',
        'when: [{ SPF: fail, ARC: fail }]',
        'when: [{ SPF: [fail, none], ARC: [none, fail] }]',
      ),
      // A message that nobody has checked is for neither of the first two.
      two('when: [{ ARC: [none, fail] }]', 'when: [{ ARC: [pass, temperror] }]', 'when: [{ SPF: fail }]'),
      two(
        'when: [{ SentToScope: InOrganization }]',
        'when: [{ SentToScope: NotInOrganization }]',
        'when: [{ SPF: fail }]',
      ),
      two('when: [{ SCLOver: 7 }]', 'when: [{ ARC: fail }]', 'when: [{ SCLOver: 5 }]'),
      two(
        `when: [{ SPF: fail }], unless: [{ ARCSealer: trusted, ${until} }]`,
        'when: [{ ARC: fail }]',
        'when: [{ SPF: fail, DMARC: none }]',
      ),
      two(
        'when: [{ SubjectContainsWords: x }]',
        'when: [{ ARC: fail }], senderAddressLocation: Envelope',
        'when: [{ SubjectContainsWords: y }]',
      ),
      two(
        'when: [{ From: a@spam.example }], senderAddressLocation: Envelope',
        'when: [{ ARC: fail }]',
        'when: [{ From: a@spam.example }]',
      ),
      // Between them the field is changed.
      '- { name: a, when: [{ SubjectContainsWords: x }], do: [Quarantine] }\n- { name: m, do: [{ PrependSubject: "x " }] }\n- { name: b, when: [{ SubjectContainsWords: x }], do: [Defer] }',
      '- { name: a, when: [{ HeaderContains: { MessageHeader: X-A, Words: y } }], do: [Quarantine] }\n- { name: m, do: [{ SetHeader: { name: x-a, value: y } }] }\n- { name: b, when: [{ HeaderContains: { MessageHeader: X-A, Words: y } }], do: [Defer] }',
      // It begins later, or ends earlier.
      '- { name: a, activation: 2027-01-01, do: [Quarantine] }\n- { name: b, when: [{ SPF: fail }], do: [Defer] }',
      '- { name: a, expiry: 2027-01-01, do: [Quarantine] }\n- { name: b, when: [{ SPF: fail }], do: [Defer] }',
      // It acts where nobody has checked SPF, and the first does not.
      '- { name: a, when: [{ SPF: fail }], do: [Quarantine] }\n- { name: b, when: [{ SPF: fail }], errorAction: Defer, do: [Defer] }',
      '- { name: a, when: [{ SPF: fail }], do: [Quarantine] }\n- { name: b, when: [{ SPF: [fail, softfail] }], do: [Defer] }',
      '- { name: a, mode: Audit, do: [Quarantine] }\n- { name: b, when: [{ SPF: fail }], do: [Defer] }',
      '- { name: a, do: [{ PrependSubject: "[x] " }] }\n- { name: b, when: [{ SPF: fail }], do: [Defer] }',
    ],
  ],
  [
    'PL007',
    [
      '- { name: a, when: [{ DMARC: fail }], do: [Reject] }',
      ...[
        'HeaderContains: { MessageHeader: Authentication-Results, Words: dmarc=fail }',
        'HeaderContains: { MessageHeader: authentication-results, Words: [dmarc=fail action=oreject, dmarc=fail action=quarantine] }',
        'HeaderContains: { MessageHeader: Authentication-Results, Words: dmarc=fail action=o.reject }',
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: 'dmarc=fail.*header\\.from=own\\.example' }",
        'HeaderContains: { MessageHeader: ARC-Authentication-Results, Words: dmarc=fail }',
        'HeaderContains: { MessageHeader: X-MS-Exchange-Authentication-Results, Words: dmarc=fail }',
        "CompAuthReason: ['000', '010']",
        `KQL: 'AuthenticationDetails has "dmarc=fail"'`,
        `KQL: 'AuthenticationDetails has "fail"'`,
        `KQL: 'SenderFromDomain == "own.example" and parse_json(AuthenticationDetails).DMARC == "fail"'`,
      ].map((test) => `- { name: a, when: [{ ${test} }], do: [Quarantine] }`),
      // What is known of temperror is not all of it.
      '- { name: a, when: [{ DMARC: fail }], do: [Reject] }\n- { name: b, when: [{ DMARC: temperror, DMARCPolicy: reject }], do: [Defer] }',
      '- { name: a, when: [{ DMARC: fail }], do: [Reject] }\n- { name: b, when: [{ DMARC: temperror, DMARCPolicy: unknown }], do: [Defer] }',
      '- { name: a, when: [{ DMARC: fail }], do: [Reject] }\n- { name: b, when: [{ SPF: temperror }], do: [Defer] }',
      '- { name: a, when: [{ DMARC: fail }], do: [Reject] }\n- { name: b, when: [{ SubjectContainsWords: x }], do: [Quarantine] }',
    ],
    [
      '- { name: a, when: [{ DMARC: fail }], do: [Reject] }\n- { name: b, when: [{ DMARC: temperror }], do: [Defer] }',
      '- { name: a, when: [{ DMARC: fail }], do: [{ PrependSubject: "[x] " }] }',
      ...[
        'HeaderContains: { MessageHeader: Authentication-Results, Words: dmarc=temperror }',
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: 'dmarc=(?:temp|perm)error' }",
        `KQL: 'parse_json(AuthenticationDetails).DMARC == "temperror"'`,
        'DMARC: temperror, DMARCPolicy: [reject, quarantine, unknown]',
      ].map(
        (test) =>
          `- { name: a, when: [{ DMARC: fail, DMARCPolicy: [reject, quarantine] }], do: [Reject] }\n- { name: b, when: [{ ${test} }], do: [Defer] }`,
      ),
      ...[
        'HeaderContains: { MessageHeader: Authentication-Results, Words: [dmarc=fail, dmarc=temperror] }',
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: 'dmarc=(?:fail|temperror)' }",
        `KQL: 'parse_json(AuthenticationDetails).DMARC in ("fail", "temperror")'`,
        `KQL: 'AuthenticationDetails !has "dmarc=pass"'`,
        'CompAuth: fail',
        // A field of the message that happens to hold the word says nothing of the checks.
        'HeaderContains: { MessageHeader: X-Note, Words: dmarc=fail }',
        `KQL: 'Subject has "fail"'`,
        'SPF: fail',
      ].map((test) => `- { name: a, when: [{ ${test} }], do: [Quarantine] }`),
    ],
  ],
  [
    'PL008',
    [
      '- { name: a, when: [{ DMARC: [fail, temperror] }], do: [Reject] }',
      '- { name: a, when: [{ SPF: temperror }], do: [DeleteMessage] }',
      ...[
        'DKIM: temperror',
        'DMARC: temperror, SenderDomainIs: partner.example',
        'DMARCPolicy: unknown',
        'Aligned: none',
        'HeaderContains: { MessageHeader: Authentication-Results, Words: [dmarc=temperror, dmarc=permerror] }',
        "HeaderMatches: { MessageHeader: Authentication-Results, Patterns: 'dmarc=(fail|temperror)' }",
        'HeaderContains: { MessageHeader: Received-SPF, Words: temperror }',
        `KQL: 'AuthenticationDetails !has "dmarc=pass"'`,
        `KQL: 'AuthenticationDetails contains "error"'`,
        `KQL: 'AuthenticationDetails has "temperror" and AttachmentCount > 0'`,
        'CompAuth: fail',
        "CompAuthReason: ['000', '001']",
      ].map((test) => `- { name: a, when: [{ ${test} }], do: [Reject] }`),
      // Mail of p=none, too, is put off by nobody.
      '- { name: a, when: [{ DMARC: temperror, DMARCPolicy: [reject, unknown] }], do: [Defer] }\n- { name: b, when: [{ CompAuth: fail }], do: [Reject] }',
      '- { name: a, when: [{ DMARC: temperror }], mode: Audit, do: [Defer] }\n- { name: b, when: [{ CompAuth: fail }], do: [Reject] }',
    ],
    [
      '- { name: a, when: [{ DMARC: [fail, temperror] }], do: [Defer] }',
      '- { name: a, when: [{ DMARC: temperror }], do: [Defer] }\n- { name: b, when: [{ CompAuth: fail, DMARC: [fail, temperror] }], do: [Reject] }',
      // It refuses what SPF said, whatever DMARC says later.
      '- { name: a, when: [{ SPF: fail }], do: [Reject] }',
      '- { name: a, when: [{ SenderDomainIs: spam.example }], do: [Reject] }',
      `- { name: a, when: [{ KQL: 'AttachmentCount > 3' }], do: [DeleteMessage] }`,
    ],
  ],
];

for (const [id, wrong, right] of rows) {
  for (const rules of wrong)
    test(`${id} finds ${rules}`, () => assert.ok(found(rules).includes(id), found(rules).join()));
  for (const rules of right) test(`${id} is content with ${rules}`, () => assert.deepEqual(found(rules), []));
}

test('an exception that has expired holds for nothing', () => {
  const expired = (day: string) =>
    found(`- { name: a, when: [{ SPF: fail }], unless: [{ SPF: fail, expires: ${day} }], do: [Quarantine] }`);
  assert.deepEqual(expired('2026-07-18'), ['PL004']);
  assert.ok(expired('2026-07-19').includes('PL005'));
});

test('every lint has its rows', () => {
  assert.deepEqual(
    policyLints.map(({ id }) => id),
    rows.map(([id]) => id),
  );
});

test('the default policy has nothing wrong with it', () => {
  assert.deepEqual(lintPolicy(defaultPolicy(NOW), NOW), []);
});

test('a finding names its rule and its place', () => {
  const [finding] = lintPolicy(
    readPolicy(
      'name: x\nmode: Audit\nrules:\n- name: r\n  unless:\n  - SPF: pass\n    expires: 2027-01-01\n  do: [Quarantine]\n',
      'x',
    ),
    NOW,
  );
  assert.deepEqual([finding?.rule, finding?.place, finding?.lint.id], ['r', { line: 6, column: 5 }, 'PL001']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPolicy, readPolicy } from '../../../src/policy/index.ts';
import { lintPolicy, policyLints } from '../../../src/policy/lint/index.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');

const found = (rules: string): readonly string[] =>
  lintPolicy(readPolicy(`name: test\nmode: Enforce\nrules:\n${rules}\n`, 'test.yaml'), NOW).map(({ lint }) => lint.id);

const reject = (more: string): string =>
  `- name: a\n  when: [{ DMARC: [fail, temperror] }]\n  do: [Quarantine]\n  ${more}`;
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
    ],
    [
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
      '- { name: a, when: [{ SenderDomainIs: partner.example }], do: [Deliver] }\n- { name: b, when: [{ DMARC: [fail, temperror] }], do: [Quarantine] }',
    ],
    [
      '- { name: a, when: [{ SenderDomainIs: partner.example, DMARC: pass }], do: [Deliver] }\n- { name: b, when: [{ DMARC: [fail, temperror] }], do: [Quarantine] }',
      '- { name: a, when: [{ SenderDomainIs: partner.example }], do: [Deliver] }',
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
    ],
    [
      '- { name: a, when: [{ DMARC: [pass, none] }, { DMARC: none }], do: [Quarantine] }',
      '- { name: a, when: [{ CompAuth: [pass, fail], CompAuthReason: 000 }], do: [Quarantine] }',
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
    ],
    [
      '- { name: a, when: [{ SPF: fail }], do: [Quarantine] }\n- { name: b, when: [{ SPF: [fail, softfail] }], do: [Defer] }',
      '- { name: a, mode: Audit, do: [Quarantine] }\n- { name: b, when: [{ SPF: fail }], do: [Defer] }',
      '- { name: a, do: [{ PrependSubject: "[x] " }] }\n- { name: b, when: [{ SPF: fail }], do: [Defer] }',
    ],
  ],
  [
    'PL007',
    ['- { name: a, when: [{ DMARC: fail }], do: [Reject] }'],
    [
      '- { name: a, when: [{ DMARC: fail }], do: [Reject] }\n- { name: b, when: [{ DMARC: temperror }], do: [Defer] }',
      '- { name: a, when: [{ DMARC: fail }], do: [{ PrependSubject: "[x] " }] }',
    ],
  ],
  [
    'PL008',
    [
      '- { name: a, when: [{ DMARC: [fail, temperror] }], do: [Reject] }',
      '- { name: a, when: [{ SPF: temperror }], do: [DeleteMessage] }',
    ],
    ['- { name: a, when: [{ DMARC: [fail, temperror] }], do: [Defer] }'],
  ],
];

for (const [id, wrong, right] of rows) {
  for (const rules of wrong)
    test(`${id} finds ${rules}`, () => assert.ok(found(rules).includes(id), found(rules).join()));
  for (const rules of right) test(`${id} is content with ${rules}`, () => assert.deepEqual(found(rules), []));
}

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

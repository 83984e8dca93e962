/** Each format with the shapes that its files have out there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rule } from '../../../src/rules/index.ts';
import { testFolder } from './folder.ts';

const { read } = testFolder();

/** What a rule says, without what stands around it. */
function said({ document, placeOf, placeOfField, provenance, ...rest }: Rule) {
  return rest;
}

async function only(name: string, text: string): Promise<Rule> {
  const { rules, problems, others } = await read({ [name]: text });
  assert.deepEqual(problems, []);
  assert.deepEqual(others, []);
  assert.equal(rules.length, 1);
  return rules[0]!;
}

const nothing = {
  tactics: [],
  techniques: [],
  connectors: [],
  entityMappings: [],
  customDetails: {},
  tags: [],
  story: {},
} as const;

test('a hunt of Sentinel', async () => {
  const rule = await only(
    'hunt.yaml',
    `id: 2a3f7d0e-5b1c-4f6e-9c55-0d2f1b7c9a11
name: Bounced invoices
description-detailed: |
  Looks for it.
requiredDataConnectors:
  - connectorId: MicrosoftThreatProtection
    dataTypes:
      - EmailEvents
tactics:
  - InitialAccess
relevantTechniques:
  - T1566
tags:
  - BEC
  - Schema: _ASim
query: |
  EmailEvents
  | where Subject has "invoice" // ours
entityMappings:
  - entityType: Mailbox
    fieldMappings:
      - identifier: MailboxPrimaryAddress
        columnName: RecipientEmailAddress
version: 1.0
`,
  );
  assert.deepEqual(said(rule), {
    ...nothing,
    format: 'sentinel',
    kind: 'hunting',
    id: '2a3f7d0e-5b1c-4f6e-9c55-0d2f1b7c9a11',
    name: 'Bounced invoices',
    description: 'Looks for it.\n',
    query: 'EmailEvents\n| where Subject has "invoice" // ours\n',
    version: '1.0',
    tactics: ['InitialAccess'],
    techniques: ['T1566'],
    connectors: [{ connectorId: 'MicrosoftThreatProtection', dataTypes: ['EmailEvents'] }],
    entityMappings: [
      {
        entityType: 'Mailbox',
        fieldMappings: [{ identifier: 'MailboxPrimaryAddress', columnName: 'RecipientEmailAddress' }],
      },
    ],
    tags: ['BEC', 'Schema: _ASim'],
  });
  assert.deepEqual(rule.provenance, { path: 'hunt.yaml' });
  assert.deepEqual(rule.placeOfField(['entityMappings', 0, 'fieldMappings', 0, 'columnName']), { line: 23, column: 9 });
  assert.deepEqual(rule.placeOfField(['requiredDataConnectors', 0]), { line: 6, column: 5 });
  assert.equal(rule.placeOfField(['severity']), undefined);
});

test('an analytics rule with a schedule, and one that is NRT', async () => {
  const scheduled = await only(
    'rule.yml',
    `kind: Scheduled
name: "R"
severity: High
queryFrequency: 1h
queryPeriod: P1D
triggerOperator: GreaterThan
triggerThreshold: 0
tactics: [ InitialAccess , Impact ]
query: 'EmailEvents | where Subject == ''x'''
customDetails:
  Host: DeviceName
alertDetailsOverride:
  alertDisplayNameFormat: '{{Subject}}'
eventGroupingSettings: { aggregationKind: SingleAlert }
`,
  );
  assert.deepEqual(said(scheduled), {
    ...nothing,
    format: 'sentinel',
    kind: 'scheduled',
    name: 'R',
    query: "EmailEvents | where Subject == 'x'",
    severity: 'High',
    tactics: ['InitialAccess', 'Impact'],
    schedule: { frequency: 3_600_000, period: 86_400_000, triggerOperator: 'gt', triggerThreshold: 0 },
    customDetails: { Host: 'DeviceName' },
    alertDetailsOverride: { alertDisplayNameFormat: '{{Subject}}' },
  });
  assert.deepEqual((scheduled.document as { eventGroupingSettings: unknown }).eventGroupingSettings, {
    aggregationKind: 'SingleAlert',
  });
  assert.equal((await only('nrt.yaml', 'kind: NRT\nname: R\nquery: T\n')).kind, 'nrt');
});

test('a rule of our own pack: the map mailhunt is its story', async () => {
  const rule = await only(
    'own.yaml',
    `name: R
query: T
mailhunt:
  hypothesis: They do.
  confidence: high
  falsePositives:
    - { description: Newsletters, watchlist: BulkProviders }
    - description: Ours
  response:
    - { action: purge, when: delivered, how: soft delete }
  investigation: [Who?]
  companions: [Other]
  atomicTest: { scenario: exact-domain, steps: [mailhunt lab build out] }
`,
  );
  assert.deepEqual(rule.story, {
    hypothesis: 'They do.',
    confidence: 'high',
    falsePositives: [{ description: 'Newsletters', watchlist: 'BulkProviders' }, { description: 'Ours' }],
    response: [{ action: 'purge', when: 'delivered', how: 'soft delete' }],
    investigation: ['Who?'],
    companions: ['Other'],
    atomicTest: { scenario: 'exact-domain', steps: ['mailhunt lab build out'] },
  });
});

const detection = (schedule: unknown, more: Record<string, unknown> = {}) => ({
  id: '7506',
  detectorId: '67895317-b2a8-4ac3-8f8b-fa6b7765f2fe',
  displayName: 'D',
  isEnabled: true,
  queryCondition: { queryText: 'EmailEvents\r\n| take 1' },
  schedule,
  detectionAction: {
    alertTemplate: {
      title: 'T {{Subject}}',
      description: 'what',
      severity: 'medium',
      category: 'InitialAccess',
      mitreTechniques: ['T1566.002'],
      impactedAssets: [
        { '@odata.type': '#microsoft.graph.security.impactedMailboxAsset', identifier: 'recipientEmailAddress' },
      ],
      entityMappings: { accounts: [{ upnColumn: 'AccountUpn' }], ips: [{ addressColumn: 'SenderIPv4' }] },
      customDetails: [{ key: 'Subject', value: 'Subject' }],
    },
    ...more,
  },
});

test('a custom detection of Defender, in the form of Graph since 2026-10 and in the one before', async () => {
  const now = detection(
    { frequency: 'PT1H', lookback: 'PT4H' },
    { automatedActions: { hardDeleteEmails: [{ networkMessageIdColumn: 'NetworkMessageId' }] } },
  );
  const rule = await only('d.json', JSON.stringify(now, null, 2));
  assert.deepEqual(said(rule), {
    ...nothing,
    format: 'defender',
    kind: 'scheduled',
    id: '67895317-b2a8-4ac3-8f8b-fa6b7765f2fe',
    name: 'D',
    description: 'what',
    query: 'EmailEvents\r\n| take 1',
    severity: 'Medium',
    tactics: ['InitialAccess'],
    techniques: ['T1566.002'],
    schedule: { frequency: 3_600_000, period: 14_400_000 },
    entityMappings: [
      {
        entityType: 'Mailbox',
        fieldMappings: [{ identifier: 'recipientEmailAddress', columnName: 'RecipientEmailAddress' }],
      },
      { entityType: 'Account', fieldMappings: [{ identifier: 'upn', columnName: 'AccountUpn' }] },
      { entityType: 'IP', fieldMappings: [{ identifier: 'address', columnName: 'SenderIPv4' }] },
    ],
    customDetails: { Subject: 'Subject' },
  });
  assert.deepEqual(rule.document, now);
  const old = await only('old.json', JSON.stringify(detection({ period: '24H' }, { responseActions: [] })));
  assert.deepEqual([old.kind, old.schedule], ['scheduled', { frequency: 86_400_000 }]);
  assert.equal((await only('nrt.json', JSON.stringify(detection({ period: '0' })))).kind, 'nrt');
  assert.equal((await only('nrt.json', JSON.stringify(detection({ frequency: 'PT0S' })))).kind, 'nrt');
});

test('several detections in one file: an array, and the answer of a list call', async () => {
  const two = [detection({ period: '1H' }), { ...detection({ period: '1H' }), displayName: 'E', detectorId: null }];
  for (const text of [two, { '@odata.context': 'x', value: two }].map((shape) => JSON.stringify(shape))) {
    const { rules, problems } = await read({ 'all.json': text });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rules.map(({ name, id }) => [name, id]),
      [
        ['D', '67895317-b2a8-4ac3-8f8b-fa6b7765f2fe'],
        ['E', undefined],
      ],
    );
  }
});

test('KQL with a header of named lines', async () => {
  const rule = await only(
    'x.kql',
    `// Title: Direct Send
// Author: Somebody (https://blog.example/t1234)
// Description: Finds mail
//   that nobody signed.
// MITRE ATT&CK: T1566.002, T1672
// Tactics: Initial Access, Command and Control
// Severity: high
// Tags: a, b

//First the tenant
let Own = "contoso.com";
EmailEvents
| where SenderFromDomain == Own
`,
  );
  assert.deepEqual(said(rule), {
    ...nothing,
    format: 'kql',
    kind: 'hunting',
    name: 'Direct Send',
    description: 'Finds mail\nthat nobody signed.',
    severity: 'High',
    tactics: ['InitialAccess', 'CommandAndControl'],
    techniques: ['T1566.002', 'T1672'],
    tags: ['a', 'b'],
    query: '//First the tenant\nlet Own = "contoso.com";\nEmailEvents\n| where SenderFromDomain == Own',
  });
});

test('KQL with plain comments: the name is the file’s', async () => {
  const rule = await only('A-b c.kql', '//Find mail\n\n//Data connector required: x\n\nEmailEvents\n| take 1\n');
  assert.deepEqual([rule.name, rule.description, rule.query], ['A-b c', 'Find mail', 'EmailEvents\n| take 1']);
});

const texts = async (kql: string): Promise<string[]> => (await read({ 'x.kql': kql })).rules.map(({ query }) => query);

test('several queries in a KQL file, parted where there is no doubt', async () => {
  const two = '//a\nT\n| take 1\n\n//b\n//c\nlet x = 1;\nT\n| take x\n\n// d\nU | take 2\n\n// e\nf()\n| take 1\n';
  assert.deepEqual(await texts(two), ['T\n| take 1', 'let x = 1;\nT\n| take x', 'U | take 2', 'f()\n| take 1']);
  assert.deepEqual(await texts('T\n| take 1\n// end\n\n// b\nU\n| take 2'), ['T\n| take 1\n// end', 'U\n| take 2']);
  const one = [
    'let x = 1;\n\n// then\nT\n| take x', // a let needs its query
    'T\n| take 1\n\n// and\n| take 2', // a pipe goes on
    'T\n| join kind=inner (\n\n// in brackets\nU\n| take 1\n) on A',
    'T\n| where a ==\n\n// a value\nb\n| take 1',
    'union\n\n// both\nT\n| take 1',
    'T\n\n| take 1', // no comment
    'T\n| where x == "a // b\n\n// c" or y', // not closed, and nothing that begins a query
    'T\n| where a\n\n// more\nand b',
    'T\n| extend a = ```\n\n// text\nT | take 1\n```',
    'T\n| where a in (1,\n  2\n\n// in brackets\nU\n| take 1\n)',
    'T\n| take 1\n// its own comment\n\nU\n| take 2',
    'T\n| summarize count()\n\n// of\nby A\n| take 1',
  ];
  for (const query of one) assert.deepEqual(await texts(query), [query]);
});

test('a comment for mailhunt stays with its query', async () => {
  assert.deepEqual(await texts('// about\n// mailhunt-disable MH101 so be it\nT\n'), [
    '// mailhunt-disable MH101 so be it\nT',
  ]);
});

const page = `# Mail from nowhere

## Query Information

#### MITRE ATT&CK Technique(s)

| Technique ID | Title | Link |
| --- | --- | --- |
| T1566.001 | Phishing | https://attack.mitre.org/techniques/T1566/001/ |
- Initial Access
| TA0008 - Lateral Movement | T1021 | 006 |

#### Description
Mail that came from nowhere,
unlike T1078 in another hunt.

\`\`\`
cmd.exe /c T1059
\`\`\`

## Defender XDR
\`\`\`KQL
EmailEvents
| take 1
\`\`\`
## Sentinel
~~~ kusto
EmailEvents
| take 2
~~~
\`\`\`\`
EmailEvents
| where x
\`\`\`
\`\`\`\`
\`\`\`C#
T
| where cs
\`\`\`
\`\`\`json
{ "a": "| where" }
\`\`\`
`;

test('Markdown: headings give names, tables and lists give techniques', async () => {
  const { rules, problems } = await read({ 'p.md': page });
  assert.deepEqual(problems, []);
  assert.deepEqual(
    rules.map(({ name, query }) => [name, query]),
    [
      ['Mail from nowhere: Defender XDR', 'EmailEvents\n| take 1'],
      ['Mail from nowhere: Sentinel', 'EmailEvents\n| take 2'],
      ['Mail from nowhere: Sentinel (2)', 'EmailEvents\n| where x\n```'],
      ['Mail from nowhere: Sentinel (3)', 'T\n| where cs'],
    ],
  );
  for (const { techniques, tactics, description, kind, format } of rules) {
    assert.deepEqual(
      [techniques, tactics, kind, format],
      [['T1566.001', 'T1021'], ['InitialAccess', 'LateralMovement'], 'hunting', 'markdown'],
    );
    assert.equal(description, 'Mail that came from nowhere,\nunlike T1078 in another hunt.');
  }
  assert.deepEqual(rules[1]!.placeOf(14), { line: 29, column: 3 });
  assert.equal((await only('one.md', '# **A** [b](c) #\n```kql\nT\n```\n')).name, 'A b');
  assert.equal((await only('bare.md', '```kql\nT\n')).name, 'bare');
});

test('functions: parsers of solutions and of ASIM', async () => {
  const { functions, rules, problems, others } = await read({
    'a.yaml': 'id: x\nFunctionName: Mail\nFunctionAlias: MailAlias\nFunctionQuery: |\n  EmailEvents // all\n',
    'b.yaml':
      'ParserName: vimMail\nParserParams:\n  - { Name: start, Type: datetime, Default: datetime(null) }\n  - { Name: who, Type: string, Default: "*" }\nParserQuery: EmailEvents\n',
  });
  assert.deepEqual([rules, problems, others], [[], [], []]);
  assert.deepEqual(
    functions.map(({ name, parameters, body, place }) => [name, parameters, body, place]),
    [
      ['Mail', '()', '{\nEmailEvents // all\n\n}', { line: 5, column: 3 }],
      ['MailAlias', '()', '{\nEmailEvents // all\n\n}', { line: 5, column: 3 }],
      ['vimMail', '(start:datetime=datetime(null), who:string="*")', '{\nEmailEvents\n}', { line: 5, column: 14 }],
    ],
  );
});

test('what else stands in repositories is no rule, and no error', async () => {
  const { rules, problems, others, files } = await read({
    'arm.json': '{"$schema":"x","resources":[]}',
    'workbook.json': '{"version":"Notebook/1.0","items":[]}',
    'sigma.yml': 'title: x\nlogsource: {}\ndetection: {}\n',
    'fusion.yaml': 'kind: Fusion\nname: x\ntactics: []\n',
    'empty.yaml': '# nothing\n',
    'list.json': '[1, 2]',
    'text.txt': 'a list of things\n',
    'only.kql': '// soon\n',
    'create.csl': '.create function f() { T }\n',
    'page.md': '# Nothing here\n```bash\nls | where\n```\n',
    'x.test.yaml': 'fires: [a]\n',
    'photo.png': 'x',
    '.hidden/a.yaml': 'name: a\nquery: T\n',
    'node_modules/a.yaml': 'name: a\nquery: T\n',
  });
  assert.deepEqual([rules, problems, files], [[], [], 10]);
  assert.deepEqual(
    others.map(({ path, reason }) => [path, reason]),
    [
      ['arm.json', 'an ARM template'],
      ['create.csl', 'a management command'],
      ['empty.yaml', 'a document without a query'],
      ['fusion.yaml', 'a rule of kind Fusion, which has no query'],
      ['list.json', 'a document without a query'],
      ['only.kql', 'a file without a query'],
      ['page.md', 'a page without a block of KQL'],
      ['sigma.yml', 'a Sigma rule'],
      ['text.txt', 'a text without KQL'],
      ['workbook.json', 'a workbook'],
    ],
  );
});

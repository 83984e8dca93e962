import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameGuid } from '../../../src/rules/guid.ts';
import { type ExportTarget, exportRules, queryRule, type Rule } from '../../../src/rules/index.ts';
import { literal } from '../../../src/rules/publish/arm-template.ts';
import { exportNames } from '../../../src/rules/publish/export-names.ts';
import { rulesOfText } from '../../../src/rules/read/read-rules.ts';

const now = 638_881_776_000_000_000n;
const HOUR = 3_600_000;

/** One rule of a text, without problems. */
function only(path: string, text: string): Rule {
  const { rules, problems } = rulesOfText(path, text);
  assert.deepEqual(
    problems.map(({ message }) => message),
    [],
  );
  assert.equal(rules.length, 1);
  return rules[0]!;
}

const to = async (target: ExportTarget, rule: Rule, more: object = {}) => exportRules([rule], { target, now, ...more });

/** The text of the one file that an export makes. */
async function textOf(target: ExportTarget, rule: Rule, more: object = {}): Promise<string> {
  const { files, refusals } = await to(target, rule, more);
  assert.deepEqual(
    refusals.map(({ message }) => message),
    [],
  );
  assert.equal(files.length, 1);
  return files[0]!.text;
}

async function refusalOf(target: ExportTarget, rule: Rule): Promise<string> {
  const { files, refusals } = await to(target, rule);
  assert.deepEqual([files.length, refusals.length], [0, 1]);
  assert.equal(refusals[0]!.code, 'RULE0030');
  return refusals[0]!.message;
}

const id = '0b0e7a4e-2a55-5c8e-9d9c-2f0c57c0a001';
const scheduled = `id: ${id}
name: Own domain fails DMARC
description: |
  Mail in our name.

  Not ours: it failed.
severity: High
status: Available
requiredDataConnectors:
  - connectorId: MicrosoftThreatProtection
    dataTypes:
      - EmailEvents
queryFrequency: 1h
queryPeriod: 4h
triggerOperator: gt
triggerThreshold: 0
tactics:
  - InitialAccess
  - DefenseEvasion
relevantTechniques:
  - T1566.002
  - T1672
query: |
  EmailEvents // 'quotes' and "these": #no comment
  | where Subject has "[x]"
  | project Timestamp, ReportId, NetworkMessageId, RecipientEmailAddress, SenderIPv4
entityMappings:
  - entityType: Mailbox
    fieldMappings:
      - identifier: MailboxPrimaryAddress
        columnName: RecipientEmailAddress
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: SenderIPv4
customDetails:
  Client: SenderIPv4
incidentConfiguration:
  createIncident: true
  groupingConfiguration:
    enabled: true
    lookbackDuration: 5h
version: 1.2.3
kind: Scheduled
mailhunt:
  hypothesis: Somebody writes as us.
`;
const hunt = scheduled
  .replace(/severity.*\n|status.*\n|query(?:Frequency|Period).*\n|trigger.*\n|kind.*\n/g, '')
  .replace('0a001', '0a002');

/** What a rule says, wherever it was read from. */
const said = ({ document: _, placeOf: __, placeOfField: ___, provenance: ____, format: _____, ...rest }: Rule) => rest;

describe('a rule as Sentinel YAML', () => {
  for (const [kind, text] of [
    ['scheduled', scheduled],
    ['hunting', hunt],
    [
      'nrt',
      scheduled.replace(/query(?:Frequency|Period).*\n|trigger.*\n/g, '').replace('kind: Scheduled', 'kind: NRT'),
    ],
  ] as const)
    it(`is the same when it is read again: ${kind}`, async () => {
      const rule = only('a.yaml', text);
      assert.equal(rule.kind, kind);
      const written = await textOf('sentinel', rule);
      assert.deepEqual(said(only('a.yaml', written)), said(rule));
      assert.equal(await textOf('sentinel', only('a.yaml', written)), written);
    });

  it('has its fields in the order of the repository, and the query as a block', async () => {
    const lines = (await textOf('sentinel', only('a.yaml', scheduled), { plain: true })).split('\n');
    const fields = lines.flatMap((line) => /^(\w+):/.exec(line)?.[1] ?? []);
    assert.deepEqual(fields, [
      ...['id', 'name', 'description', 'severity', 'status', 'requiredDataConnectors', 'queryFrequency', 'queryPeriod'],
      ...['triggerOperator', 'triggerThreshold', 'tactics', 'relevantTechniques', 'query', 'incidentConfiguration'],
      ...['entityMappings', 'customDetails', 'version', 'kind'],
    ]);
    assert.ok(lines.includes('query: |'));
  });

  it('keeps the map mailhunt unless it is to be plain', async () => {
    const rule = only('a.yaml', scheduled);
    assert.match(await textOf('sentinel', rule), /^mailhunt:\n {2}hypothesis: Somebody writes as us\.$/m);
    assert.doesNotMatch(await textOf('sentinel', rule, { plain: true }), /mailhunt/);
  });

  it('is refused with all that is missing, and nothing is made up', async () => {
    const bare = queryRule('EmailEvents\n| take 1', 'a.kql', { kind: 'scheduled', name: 'Bare' });
    const message = await refusalOf('sentinel', bare);
    for (const what of ['id', 'description', 'tactics', 'severity', 'queryFrequency', 'triggerThreshold', 'version'])
      assert.ok(message.includes(what), what);
    assert.ok(
      message.includes('Bare') && !message.includes('requiredDataConnectors'),
      'the connector follows from the table',
    );
    assert.match(await refusalOf('sentinel', queryRule('T | take 1', 'a.kql')), /requiredDataConnectors/);
  });

  it('is given the same id each time where that is asked for', async () => {
    const rule = only('a.yaml', hunt.replace(/^id.*\n/, ''));
    assert.match(await refusalOf('sentinel', rule), /--assign-ids/);
    const written = await textOf('sentinel', rule, { assignIds: true });
    assert.match(written, /^id: [0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/m);
    assert.equal(await textOf('sentinel', rule, { assignIds: true }), written);
  });

  it('is refused where Sentinel would refuse it', async () => {
    const rule = only('a.yaml', scheduled.replace('columnName: SenderIPv4', 'columnName: Nowhere'));
    assert.match(await refusalOf('sentinel', rule), /MH422 .*Nowhere/);
  });
});

describe('a rule as an ARM template', () => {
  const resources = async (...texts: readonly string[]) => {
    const rules = texts.map((text) => only('a.yaml', text));
    const { files, refusals } = await exportRules(rules, { target: 'arm', now, together: true });
    assert.deepEqual(refusals, []);
    return JSON.parse(files[0]!.text).resources;
  };

  it('says the same in ARM’s words', async () => {
    const [rule] = await resources(scheduled);
    assert.deepEqual([rule.type, rule.kind, rule.name], ['Microsoft.SecurityInsights/alertRules', 'Scheduled', id]);
    const { query, queryFrequency, queryPeriod, triggerOperator, suppressionEnabled, techniques, ...rest } =
      rule.properties;
    assert.equal(query, only('a.yaml', scheduled).query);
    assert.deepEqual([queryFrequency, queryPeriod, triggerOperator], ['PT1H', 'PT4H', 'GreaterThan']);
    assert.deepEqual([suppressionEnabled, rest.suppressionDuration], [false, 'PT1H']);
    assert.deepEqual(techniques, ['T1566', 'T1672']);
    assert.equal(rest.incidentConfiguration.groupingConfiguration.lookbackDuration, 'PT5H');
    assert.equal(rest.mailhunt, undefined);
  });

  it('keeps a hunt as a saved search, beside rules', async () => {
    const [, search] = await resources(scheduled, hunt);
    assert.equal(search.type, 'Microsoft.OperationalInsights/workspaces/savedSearches');
    assert.equal(search.properties.category, 'Hunting Queries');
    assert.equal(search.properties.query, only('a.yaml', hunt).query);
    assert.deepEqual(search.properties.tags.slice(1), [
      { name: 'tactics', value: 'InitialAccess,DefenseEvasion' },
      { name: 'techniques', value: 'T1566.002,T1672' },
    ]);
  });

  it('lets no text of a rule be an expression', async () => {
    assert.deepEqual(literal({ a: ['[concat(1)]', '[x', 'x]', '[[x]'] }), { a: ['[[concat(1)]', '[x', 'x]', '[[[x]'] });
    const [rule] = await resources(scheduled.replace('Own domain fails DMARC', "'[deployment().name]'"));
    assert.equal(rule.properties.displayName, '[[deployment().name]');
  });
});

describe('a rule for Graph', () => {
  it('has the form since 2026-10 and is the same when it is read again', async () => {
    const rule = only('a.yaml', scheduled);
    const written = await textOf('graph', rule);
    const detection = JSON.parse(written);
    const { alertTemplate } = detection.detectionAction;
    assert.deepEqual([detection.id, detection.status, detection.schedule], [id, 'enabled', { frequency: 'PT1H' }]);
    assert.equal(alertTemplate.severity, 'high');
    assert.deepEqual(alertTemplate.tactics, [
      { tactic: 'InitialAccess', techniques: [{ technique: 'T1566.002' }] },
      { tactic: 'DefenseEvasion', techniques: [{ technique: 'T1672' }] },
    ]);
    assert.deepEqual(alertTemplate.entityMappings, {
      ips: [{ addressColumn: 'SenderIPv4' }],
      mailboxes: [{ primaryAddressColumn: 'RecipientEmailAddress' }],
    });
    for (const gone of ['isEnabled', 'category', 'mitreTechniques', 'impactedAssets', 'responseActions', 'period'])
      assert.ok(!written.includes(`"${gone}"`), gone);
    const again = only('a.json', written);
    for (const member of [
      'id',
      'name',
      'kind',
      'query',
      'description',
      'severity',
      'tactics',
      'techniques',
      'customDetails',
    ] as const)
      assert.deepEqual(again[member], rule[member], member);
    assert.equal(await textOf('graph', again), written);
  });

  it('keeps the texts of the alert apart from those of the rule', async () => {
    const override = "alertDetailsOverride:\n  alertDescriptionFormat: 'To {{RecipientEmailAddress}}'\ncustomDetails:";
    const rule = only('a.yaml', scheduled.replace('customDetails:', override));
    const written = await textOf('graph', rule);
    assert.equal(JSON.parse(written).detectionAction.alertTemplate.description, 'To {{RecipientEmailAddress}}');
    assert.equal(only('a.json', written).description, rule.description);
  });

  it('says a look-back that is not the usual one', async () => {
    const rule = only('a.yaml', scheduled.replace('queryPeriod: 4h', 'queryPeriod: 1d'));
    assert.deepEqual(JSON.parse(await textOf('graph', rule)).schedule, { frequency: 'PT1H', lookback: 'P1D' });
    const again = only('a.json', await textOf('graph', rule));
    assert.deepEqual(again.schedule, { frequency: HOUR, period: 24 * HOUR });
  });

  it('goes to Sentinel and comes back', async () => {
    const detection = only('a.json', await textOf('graph', only('a.yaml', scheduled)));
    const yaml = only('a.yaml', await textOf('sentinel', detection, { assignIds: true }));
    assert.deepEqual(yaml.schedule, { frequency: HOUR, period: 4 * HOUR, triggerOperator: 'gt', triggerThreshold: 0 });
    assert.deepEqual(yaml.entityMappings.map(({ entityType }) => entityType).toSorted(), ['IP', 'Mailbox']);
    assert.equal(yaml.query, detection.query);
  });

  const old = JSON.stringify({
    id,
    displayName: 'Old',
    isEnabled: false,
    queryCondition: {
      queryText:
        'EmailEvents | where Subject has "x" | project Timestamp, ReportId, RecipientEmailAddress, NetworkMessageId',
    },
    schedule: { period: '1H' },
    detectionAction: {
      alertTemplate: {
        title: 'Old',
        description: 'Old form.',
        severity: 'low',
        category: 'InitialAccess',
        mitreTechniques: ['T1566'],
        impactedAssets: [
          { '@odata.type': '#microsoft.graph.security.impactedMailboxAsset', identifier: 'recipientEmailAddress' },
        ],
      },
      responseActions: [{ '@odata.type': '#microsoft.graph.security.moveToJunkResponseAction' }],
    },
  });

  it('takes a file of the old form into the new, actions and all', async () => {
    const { status, schedule, detectionAction } = JSON.parse(await textOf('graph', only('old.json', old)));
    assert.deepEqual([status, schedule], ['disabled', { frequency: 'PT1H' }]);
    assert.deepEqual(detectionAction.alertTemplate.entityMappings, {
      mailboxes: [{ primaryAddressColumn: 'RecipientEmailAddress' }],
    });
    assert.deepEqual(detectionAction.automatedActions, {
      moveEmailsToJunk: [{ networkMessageIdColumn: 'NetworkMessageId', recipientColumn: 'RecipientEmailAddress' }],
    });
  });

  it('refuses an action that has another form today', async () => {
    const rule = only('old.json', old.replace('moveToJunkResponseAction', 'isolateDeviceResponseAction'));
    assert.match(await refusalOf('graph', rule), /isolateDeviceResponseAction/);
  });

  const refused: readonly (readonly [what: string, text: string, why: RegExp])[] = [
    ['a hunt', hunt, /a schedule \(it is a hunt\)/],
    ['no ReportId', scheduled.replace('ReportId, ', ''), /MH311 /],
    ['no Timestamp', scheduled.replace('Timestamp, ', ''), /MH310 /],
    ['a threshold', scheduled.replace('triggerThreshold: 0', 'triggerThreshold: 5'), /a trigger of more than 0 rows/],
    [
      'a table of its own',
      scheduled.replace('  EmailEvents //', '  EmailHeaders //'),
      /it reads EmailHeaders, which only mailhunt has/,
    ],
    [
      'four columns in the alert',
      scheduled.replace(
        'customDetails:',
        "alertDetailsOverride:\n  alertDisplayNameFormat: '{{RecipientEmailAddress}} {{SenderIPv4}} {{ReportId}}'\n  alertDescriptionFormat: '{{NetworkMessageId}}'\ncustomDetails:",
      ),
      /MH330 /,
    ],
  ];
  for (const [what, text, why] of refused)
    it(`is refused: ${what}`, async () => {
      assert.match(await refusalOf('graph', only('a.yaml', text)), why);
    });

  it('goes on with the other rules, and says what has no word there', async () => {
    const cluster = scheduled
      .replace('entityType: IP', 'entityType: MailCluster')
      .replace('identifier: Address', 'identifier: Query');
    const { files, refusals, notes } = await exportRules([only('a.yaml', hunt), only('b.yaml', cluster)], {
      target: 'graph',
      now,
    });
    assert.deepEqual([files.map(({ path }) => path), refusals.length], [['b.json'], 1]);
    assert.deepEqual(notes, ['Own domain fails DMARC: graph has no word for MailCluster']);
  });
});

describe('names', () => {
  it('of files are harmless and each is there once', () => {
    const paths = [
      'a/Own Domain.yaml',
      'b/own-domain.kql',
      '../../etc/passwd',
      'c/CON.yaml',
      'd/\u202e<script>.yaml',
      'e/ .yaml',
    ];
    const rules = paths.map((path) => queryRule('T', path));
    assert.deepEqual(
      [...exportNames(rules).values()],
      ['own-domain', 'own-domain-2', 'passwd', 'rule-con', 'script', 'rule'],
    );
  });

  it('of rules make GUIDs of version 5', () => {
    assert.equal(nameGuid('a'), 'e1407479-3136-56c0-9908-bb02fb0339e2');
  });
});

import { type Fields, fieldsAt, isFields, saying } from '../document-fields.ts';
import { milliseconds } from '../read/durations.ts';
import { iso } from '../read/members.ts';
import type { Rule } from '../rule.ts';
import { sentinelEntities } from './entity-names.ts';
import { inSentinelWords } from './export-needs.ts';

/** What ARM takes in one template. */
export const armLimits = { resources: 800, bytes: 4 * 1024 * 1024 } as const;

const operators = { gt: 'GreaterThan', lt: 'LessThan', eq: 'Equal', ne: 'NotEqual' } as const;

/** How long an alert rests where the rule does not say it: ARM asks for it, though it is off. */
const RESTING = 'PT1H';

/**
 * Rules as an ARM template that puts them into a workspace of Microsoft Sentinel: analytics rules and, for hunts, saved
 * searches. Its parameter `workspace` is the workspace's name.
 *
 * @source https://learn.microsoft.com/azure/templates/microsoft.securityinsights/alertrules
 * @source https://learn.microsoft.com/azure/templates/microsoft.operationalinsights/workspaces/savedsearches
 */
export function armTemplate(rules: readonly Rule[]): string {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      workspace: {
        type: 'string',
        metadata: { description: 'Name of the Log Analytics workspace with Microsoft Sentinel' },
      },
    },
    resources: rules.map((rule) => (rule.kind === 'hunting' ? savedSearch(rule) : alertRule(inSentinelWords(rule)))),
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

function alertRule(rule: Rule): Fields {
  return {
    type: 'Microsoft.SecurityInsights/alertRules',
    apiVersion: '2023-02-01-preview',
    scope: "[resourceId('Microsoft.OperationalInsights/workspaces', parameters('workspace'))]",
    name: rule.id,
    kind: rule.kind === 'nrt' ? 'NRT' : 'Scheduled',
    properties: literal(ruleProperties(rule)),
  };
}

function ruleProperties(rule: Rule): Fields {
  const document = fieldsAt({ document: rule.format === 'sentinel' ? rule.document : {} }, 'document');
  const { schedule = {} } = rule;
  return saying({
    displayName: rule.name,
    description: rule.description,
    severity: rule.severity,
    enabled: true,
    query: rule.query,
    ...(rule.kind === 'scheduled' && {
      queryFrequency: iso(schedule.frequency),
      queryPeriod: iso(schedule.period),
      triggerOperator: schedule.triggerOperator && operators[schedule.triggerOperator],
      triggerThreshold: schedule.triggerThreshold,
    }),
    suppressionEnabled: document.suppressionEnabled === true,
    suppressionDuration: isoOf(document.suppressionDuration) ?? RESTING,
    tactics: rule.tactics,
    techniques: parents(rule.techniques),
    entityMappings: sentinelEntities(rule).mappings,
    customDetails: rule.customDetails,
    alertDetailsOverride: rule.alertDetailsOverride,
    eventGroupingSettings: document.eventGroupingSettings,
    incidentConfiguration: incidents(document.incidentConfiguration),
    templateVersion: rule.version,
  });
}

/** The rule's API has one list of techniques, without their sub-techniques. */
const parents = (techniques: readonly string[]): string[] => [
  ...new Set(techniques.map((id) => id.replace(/\.\d+$/, ''))),
];

/** A duration as the YAML writes it, in ISO 8601. */
const isoOf = (value: unknown): string | undefined => iso(typeof value === 'string' ? milliseconds(value) : undefined);

function incidents(value: unknown): unknown {
  if (!isFields(value) || !isFields(value.groupingConfiguration)) return value;
  const { groupingConfiguration: grouping } = value;
  const lookbackDuration = isoOf(grouping.lookbackDuration) ?? grouping.lookbackDuration;
  return { ...value, groupingConfiguration: saying({ ...grouping, lookbackDuration }) };
}

function savedSearch(rule: Rule): Fields {
  const tags = [
    { name: 'description', value: rule.description ?? '' },
    { name: 'tactics', value: rule.tactics.join(',') },
    { name: 'techniques', value: rule.techniques.join(',') },
  ];
  return {
    type: 'Microsoft.OperationalInsights/workspaces/savedSearches',
    apiVersion: '2020-08-01',
    name: `[format('{0}/{1}', parameters('workspace'), '${rule.id}')]`,
    properties: literal({
      category: 'Hunting Queries',
      displayName: rule.name,
      query: rule.query,
      version: 2,
      tags: tags.filter(({ value }) => value !== ''),
    }),
  };
}

/**
 * A value in which no text is taken for an expression of ARM: one within brackets begins with two of them.
 *
 * @source https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters
 */
export function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('[') && value.endsWith(']') ? `[${value}` : value;
  if (Array.isArray(value)) return value.map(literal);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, literal(member)]));
}

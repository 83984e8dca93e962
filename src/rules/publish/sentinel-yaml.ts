import { stringify } from 'yaml';
import { type Fields, isFields, saying } from '../document-fields.ts';
import { short } from '../read/members.ts';
import type { Rule, RuleKind } from '../rule.ts';
import { sentinelEntities } from './entity-names.ts';
import { inSentinelWords } from './export-needs.ts';

const kinds: Readonly<Record<RuleKind, string | undefined>> = {
  scheduled: 'Scheduled',
  nrt: 'NRT',
  hunting: undefined,
};

/** Further names for what is written out of the rule, so that the document's own are not. */
const otherNames = ['description-detailed', 'techniques', 'mailhunt', 'tests'];

/**
 * A rule in the YAML of the Azure-Sentinel repository, its fields in the order that files there have.
 *
 * @param plain leaves out the map `mailhunt`, which only this program reads
 * @example sentinelYaml(rule, true).split('\n')[0] // 'id: 00000000-0000-5000-8000-000000000000'
 */
export const sentinelYaml = (rule: Rule, plain: boolean): string =>
  stringify(sentinelFields(inSentinelWords(rule), plain), {
    lineWidth: 0,
    blockQuote: 'literal',
    aliasDuplicateObjects: false,
  });

function sentinelFields(rule: Rule, plain: boolean): Fields {
  const document = rule.format === 'sentinel' && isFields(rule.document) ? rule.document : {};
  const { schedule = {}, kind, alertDetailsOverride } = rule;
  const isScheduled = kind === 'scheduled';
  const own: Fields = {
    id: rule.id,
    name: rule.name,
    description: rule.description,
    severity: rule.severity,
    status: document.status,
    requiredDataConnectors: rule.connectors,
    queryFrequency: isScheduled ? short(schedule.frequency) : undefined,
    queryPeriod: isScheduled ? short(schedule.period) : undefined,
    triggerOperator: isScheduled ? schedule.triggerOperator : undefined,
    triggerThreshold: isScheduled ? schedule.triggerThreshold : undefined,
    tactics: rule.tactics,
    relevantTechniques: rule.techniques,
    tags: document.tags ?? rule.tags,
    query: rule.query,
    suppressionEnabled: document.suppressionEnabled,
    suppressionDuration: document.suppressionDuration,
    incidentConfiguration: document.incidentConfiguration,
    eventGroupingSettings: document.eventGroupingSettings,
    entityMappings: sentinelEntities(rule).mappings,
    customDetails: rule.customDetails,
    alertDetailsOverride: alertDetailsOverride ?? alertTexts(rule),
    version: rule.version,
    kind: kinds[kind],
    metadata: document.metadata,
  };
  const ours = new Set([...Object.keys(own), ...otherNames]);
  const others = Object.entries(document).filter(([name]) => !ours.has(name));
  const story = plain ? undefined : (document.mailhunt ?? rule.story);
  return saying({ ...own, ...Object.fromEntries(others), mailhunt: story });
}

/** A custom detection's own title, where it is not the rule's name: Sentinel keeps such a text in the override. */
function alertTexts({ format, document, name }: Rule): Fields | undefined {
  if (format !== 'defender') return undefined;
  const { title } = alertTemplate(document);
  return typeof title === 'string' && title.includes('{{') && title !== name
    ? { alertDisplayNameFormat: title }
    : undefined;
}

/** The `alertTemplate` of a custom detection; empty for other documents. */
export function alertTemplate(document: unknown): Fields {
  const action = isFields(document) ? document.detectionAction : undefined;
  const template = isFields(action) ? action.alertTemplate : undefined;
  return isFields(template) ? template : {};
}

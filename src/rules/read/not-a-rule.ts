import { entryOf, type MapTree } from './tree.ts';

/** What else stands in such repositories, by fields that only it has. The first row that fits names it. */
const others: readonly { readonly fields: readonly string[]; readonly what: string }[] = [
  { fields: ['logsource', 'detection'], what: 'a Sigma rule' },
  { fields: ['destinationTable', 'binSize'], what: 'a summary rule' },
  { fields: ['$schema', 'resources'], what: 'an ARM template' },
  { fields: ['$schema', 'parameters'], what: 'the parameters of an ARM template' },
  { fields: ['items', 'version'], what: 'a workbook' },
  { fields: ['definition', 'parameters'], what: 'a logic app' },
  { fields: ['jobs'], what: 'a workflow of GitHub' },
  { fields: ['connectivityCriterias'], what: 'a data connector' },
  { fields: ['connectivityCriteria'], what: 'a data connector' },
  { fields: ['fires'], what: 'a test file of rules' },
  { fields: ['quiet'], what: 'a test file of rules' },
];

/** Fields that only rules have: a map with one of them and no query is a broken rule. */
const ruleFields = [
  'requiredDataConnectors',
  'tactics',
  'relevantTechniques',
  'queryFrequency',
  'triggerOperator',
  'entityMappings',
  'mailhunt',
];

/** Kinds of analytics rules that Microsoft writes itself: they have no query. */
const closedKinds = [
  'Fusion',
  'MicrosoftSecurityIncidentCreation',
  'MLBehaviorAnalytics',
  'ThreatIntelligence',
  'Anomaly',
];

/** Why a map is no rule, in words that complete "it is …"; undefined where it is one, if a broken one. */
export function otherThanRule(map: MapTree): string | undefined {
  const has = (name: string): boolean => entryOf(map, name) !== undefined;
  const kind = entryOf(map, 'kind')?.value;
  if (kind?.kind === 'value' && closedKinds.includes(String(kind.value)) && !has('query')) {
    return `a rule of kind ${kind.value}, which has no query`;
  }
  const other = others.find(({ fields }) => fields.every(has));
  if (other !== undefined) return other.what;
  if (has('query') || ruleFields.some(has)) return undefined;
  return 'a document without a query';
}

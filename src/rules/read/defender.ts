import { isGuid } from '../guid.ts';
import type { EntityMapping, Rule, RuleKind, Severity } from '../rule.ts';
import { milliseconds } from './durations.ts';
import type { Fields } from './fields.ts';
import { written } from './origin.ts';
import { queryOf } from './query-part.ts';
import type { RuleFile } from './rule-file.ts';
import { durationOf } from './sentinel.ts';
import { said } from './story.ts';
import { offsetOf, plainOf } from './tree.ts';

const severityWords: Readonly<Record<string, Severity>> = {
  informational: 'Informational',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
};

/** `schedule.period` as it was until 2026-10. */
const periods: Readonly<Record<string, string>> = {
  '0': 'PT0S',
  '1H': 'PT1H',
  '3H': 'PT3H',
  '12H': 'PT12H',
  '24H': 'PT24H',
};

/** Categories that are no tactics of ATT&CK. */
const notTactics = ['Malware', 'Ransomware', 'SuspiciousActivity', 'UnwantedSoftware'];

/** Whether a map is a custom detection of Defender, as Graph gives and takes it. */
export const isDetection = (fields: Fields): boolean => fields.has('queryCondition') || fields.has('detectionAction');

/** A custom detection (Graph `detectionRules`), in its form since 2026-10 or the one before. */
export function detectionRule(fields: Fields, file: RuleFile): Rule | undefined {
  const condition = fields.map('queryCondition');
  if (condition === undefined && !fields.has('queryCondition')) fields.wrong('queryCondition', 'is missing');
  const query = condition && queryOf(condition, 'queryText', file);
  const name = fields.text('displayName')?.trim();
  if (!name) fields.wrong('displayName', fields.has('displayName') ? 'is empty' : 'is missing');
  const alert = fields.map('detectionAction')?.map('alertTemplate');
  const [frequency, period] = [frequencyOf(fields), lookbackOf(fields)];
  const rest = said({
    id: [fields.text('detectorId'), fields.text('id', true)].find((id) => id !== undefined && isGuid(id)),
    // the alert's own may name columns; the rule has had one since 2026-10
    description: fields.text('description') ?? alert?.text('description'),
    severity: alert?.word('severity', severityWords),
    schedule: frequency === undefined && period === undefined ? undefined : said({ frequency, period }),
  });
  if (query === undefined || !name) return undefined;
  return written(file, fields.tree, {
    format: 'defender',
    kind: kindOf(frequency),
    name,
    query: query.text,
    ...rest,
    ...attackOf(alert),
    connectors: [],
    entityMappings: alert === undefined ? [] : [...impactedAssets(alert), ...relatedEvidence(alert)],
    customDetails: alert === undefined ? {} : customDetailsOf(alert),
    tags: [],
    story: {},
    provenance: file.provenance,
    document: plainOf(fields.tree),
    placeOf: query.placeOf,
    placeOfField: (path) => {
      const offset = offsetOf(fields.tree, path);
      return offset === undefined ? undefined : file.placeAt(offset);
    },
  });
}

/** `tactics` with their techniques; until 2026-10 `category` and `mitreTechniques`. */
function attackOf(alert: Fields | undefined): Pick<Rule, 'tactics' | 'techniques'> {
  const category = alert?.text('category');
  const tactics = alert?.maps('tactics') ?? [];
  const techniques = tactics.flatMap((tactic) =>
    tactic.maps('techniques').flatMap((one) => [one.text('technique'), ...one.texts('subTechniques')]),
  );
  const named = [category, ...tactics.map((tactic) => tactic.text('tactic'))];
  return {
    tactics: distinct(named).filter((word) => !notTactics.includes(word)),
    techniques: distinct([...(alert?.texts('mitreTechniques') ?? []), ...techniques]),
  };
}

const distinct = (words: readonly (string | undefined)[]): string[] => [
  ...new Set(words.filter((word) => word !== undefined)),
];

const kindOf = (frequency: number | undefined): RuleKind => (frequency === 0 ? 'nrt' : 'scheduled');

function frequencyOf(fields: Fields): number | undefined {
  const schedule = fields.map('schedule');
  if (schedule === undefined) return undefined;
  if (schedule.part('frequency') !== undefined) return durationOf(schedule, 'frequency');
  const period = schedule.text('period', true);
  if (period === undefined) return undefined;
  const known = periods[period.toUpperCase()] ?? period;
  return (
    milliseconds(known) ??
    schedule.wrong('period', `is ${JSON.stringify(period)}; there are ${Object.keys(periods).join(', ')}`)
  );
}

/** `lookback` stands in the schedule, in some exports beside it. */
function lookbackOf(fields: Fields): number | undefined {
  const schedule = fields.map('schedule');
  return schedule?.has('lookback') ? durationOf(schedule, 'lookback') : durationOf(fields, 'lookback');
}

const initial = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `#microsoft.graph.security.impactedMailboxAsset` with `recipientEmailAddress`: a Mailbox, out of RecipientEmailAddress. */
function impactedAssets(alert: Fields): EntityMapping[] {
  return alert.maps('impactedAssets').map((asset) => {
    const type = /impacted(\w{1,40})Asset$/.exec(asset.text('@odata.type') ?? '')?.[1] ?? '';
    const identifier = asset.text('identifier') ?? '';
    return { entityType: type, fieldMappings: [{ identifier, columnName: initial(identifier) }] };
  });
}

/** What Sentinel calls the entities of a collection, where it is not the collection's name without its s. */
const entityTypes: Readonly<Record<string, string>> = {
  dns: 'DNS',
  ips: 'IP',
  mailboxes: 'Mailbox',
  processes: 'Process',
  urls: 'URL',
};

/** `accounts: [{ upnColumn: 'AccountUpn' }]`: an Account, its upn out of AccountUpn. */
function relatedEvidence(alert: Fields): EntityMapping[] {
  const evidence = alert.map('entityMappings');
  return (evidence?.tree.entries ?? []).flatMap(({ key, value }) =>
    value.kind !== 'list' || evidence === undefined
      ? []
      : evidence.maps(key).map((mapping) => ({
          entityType: entityTypes[key] ?? initial(key.replace(/s$/, '')),
          fieldMappings: mapping.tree.entries.flatMap(({ key: field, value: column }) =>
            field.endsWith('Column') && column.kind === 'value' && typeof column.value === 'string'
              ? [{ identifier: field.slice(0, -'Column'.length), columnName: column.value }]
              : [],
          ),
        })),
  );
}

/** A map, or a list of `{ key, value }`. */
function customDetailsOf(alert: Fields): Record<string, string> {
  if (alert.part('customDetails')?.kind !== 'list') return alert.textMap('customDetails');
  const pairs = alert
    .maps('customDetails')
    .map((pair) => [pair.text('key') ?? pair.text('name') ?? '', pair.text('value') ?? '']);
  return Object.fromEntries(pairs);
}

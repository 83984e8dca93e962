import { type EntityMapping, type Rule, type RuleKind, type Schedule, severities } from '../rule.ts';
import { milliseconds } from './durations.ts';
import type { Fields } from './fields.ts';
import { written } from './origin.ts';
import { queryOf } from './query-part.ts';
import type { RuleFile } from './rule-file.ts';
import { said, storyOf } from './story.ts';
import { offsetOf, plainOf } from './tree.ts';

const kinds: Readonly<Record<string, RuleKind>> = {
  Scheduled: 'scheduled',
  NRT: 'nrt',
  Hunting: 'hunting',
  scheduled: 'scheduled',
  nrt: 'nrt',
  hunting: 'hunting',
};

const operators = {
  gt: 'gt',
  lt: 'lt',
  eq: 'eq',
  ne: 'ne',
  GreaterThan: 'gt',
  LessThan: 'lt',
  Equal: 'eq',
  NotEqual: 'ne',
} as const;

const severityWords = Object.fromEntries(severities.map((word) => [word, word]));

/** Fields that only a rule with a schedule has. */
const scheduleFields = ['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold'];

/** A rule or hunt of Microsoft Sentinel's repository, or of our own pack; undefined where it lacks name or query. */
export function sentinelRule(fields: Fields, file: RuleFile): Rule | undefined {
  const query = queryOf(fields, 'query', file);
  const name = fields.text('name', true)?.trim();
  if (!name) fields.wrong('name', fields.has('name') ? 'is empty' : 'is missing');
  const kind = fields.word('kind', kinds);
  // read before the rule is given up: all that is wrong is said at once
  const rest = said({
    id: fields.text('id', true)?.trim(),
    description: fields.text('description') ?? fields.text('description-detailed'),
    severity: fields.word('severity', severityWords),
    version: fields.text('version', true),
    tactics: fields.texts('tactics'),
    techniques: fields.texts(fields.has('relevantTechniques') ? 'relevantTechniques' : 'techniques'),
    connectors: fields.maps('requiredDataConnectors').map((connector) => ({
      connectorId: connector.text('connectorId') ?? '',
      dataTypes: connector.texts('dataTypes'),
    })),
    schedule: scheduleOf(fields),
    entityMappings: fields.maps('entityMappings').map(entityMapping),
    customDetails: fields.textMap('customDetails'),
    alertDetailsOverride: overrideOf(fields),
    tags: tagsOf(fields),
    story: storyOf(fields),
  });
  if (query === undefined || !name) return undefined;
  return written(file, fields.tree, {
    format: 'sentinel',
    kind: kind ?? (scheduleFields.some((field) => fields.has(field)) ? 'scheduled' : 'hunting'),
    name,
    query: query.text,
    ...rest,
    provenance: file.provenance,
    document: plainOf(fields.tree),
    placeOf: query.placeOf,
    placeOfField: (path) => {
      const offset = offsetOf(fields.tree, path);
      return offset === undefined ? undefined : file.placeAt(offset);
    },
  });
}

function scheduleOf(fields: Fields): Schedule | undefined {
  const schedule = said({
    frequency: durationOf(fields, 'queryFrequency'),
    period: durationOf(fields, 'queryPeriod'),
    triggerOperator: fields.word('triggerOperator', operators),
    triggerThreshold: fields.number('triggerThreshold'),
  });
  return Object.keys(schedule).length === 0 ? undefined : schedule;
}

/** A field with a duration, in milliseconds. */
export function durationOf(fields: Fields, name: string): number | undefined {
  const text = fields.text(name, true);
  if (text === undefined) return undefined;
  return (
    milliseconds(text.trim()) ??
    fields.wrong(name, `is ${JSON.stringify(text)}, which is no duration such as 1h, PT1H or 1.00:00:00`)
  );
}

const entityMapping = (mapping: Fields): EntityMapping => ({
  entityType: mapping.text('entityType') ?? '',
  fieldMappings: mapping.maps('fieldMappings').map((field) => ({
    identifier: field.text('identifier') ?? '',
    columnName: field.text('columnName') ?? '',
  })),
});

function overrideOf(fields: Fields): Readonly<Record<string, unknown>> | undefined {
  const override = fields.map('alertDetailsOverride');
  return override === undefined ? undefined : (plainOf(override.tree) as Record<string, unknown>);
}

/** Texts, or maps such as `Schema: ASIMAuthentication`, which read as they are written. */
const tagsOf = (fields: Fields): string[] =>
  fields.list('tags').flatMap((tag) => {
    if (tag.kind === 'value') return [String(tag.value)];
    const entries = tag.kind === 'map' ? tag.entries : [];
    return entries.flatMap(({ key, value }) => (value.kind === 'value' ? [`${key}: ${value.source}`] : []));
  });

import type { Rule, RuleFormat, RuleStory } from '../rule.ts';
import { entryOf, type MapTree } from './tree.ts';

/** Where members of a rule stand in its document, and how they are written there. */
type Member = keyof Omit<Rule, 'placeOf' | 'placeOfField' | 'document' | 'provenance' | 'format'>;

/** One field of a document: the way to it, and its value there; undefined where there is to be none. */
export interface FieldValue {
  readonly path: readonly string[];
  readonly value: unknown;
}

type ToFields = (rule: Rule, tree: MapTree | undefined) => readonly FieldValue[];

const field =
  (member: Member, ...path: readonly string[]): ToFields =>
  (rule) => [{ path, value: rule[member] }];

/** A field that goes by one of two names; a list that is empty is left out. */
const either =
  (member: Member, usual: string, other: string): ToFields =>
  (rule, tree) => {
    const name = tree !== undefined && entryOf(tree, usual) === undefined && entryOf(tree, other) ? other : usual;
    return [{ path: [name], value: rule[member] }];
  };

const kindWords = { scheduled: 'Scheduled', nrt: 'NRT', hunting: undefined } as const;
const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
] as const;

/** Milliseconds as `1h`; minutes are the smallest that Sentinel has. */
export function short(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  const [size, letter] = units.find(([unit]) => ms % unit === 0) ?? units[2];
  return `${Math.ceil(ms / size)}${letter}`;
}

/** Milliseconds in ISO 8601: `PT1H`, `P1D`; `PT0S` for none. */
export const iso = (ms: number | undefined): string | undefined => {
  if (ms === undefined) return undefined;
  return ms === 0 ? 'PT0S' : `P${short(ms)!.endsWith('d') ? '' : 'T'}${short(ms)!.toUpperCase()}`;
};

const sentinel: Readonly<Record<Member, ToFields>> = {
  id: field('id', 'id'),
  name: field('name', 'name'),
  description: either('description', 'description', 'description-detailed'),
  kind: ({ kind }) => [{ path: ['kind'], value: kindWords[kind] }],
  severity: field('severity', 'severity'),
  version: field('version', 'version'),
  tactics: field('tactics', 'tactics'),
  techniques: either('techniques', 'relevantTechniques', 'techniques'),
  connectors: field('connectors', 'requiredDataConnectors'),
  schedule: ({ schedule }) => [
    { path: ['queryFrequency'], value: short(schedule?.frequency) },
    { path: ['queryPeriod'], value: short(schedule?.period) },
    { path: ['triggerOperator'], value: schedule?.triggerOperator },
    { path: ['triggerThreshold'], value: schedule?.triggerThreshold },
  ],
  query: field('query', 'query'),
  entityMappings: field('entityMappings', 'entityMappings'),
  customDetails: field('customDetails', 'customDetails'),
  alertDetailsOverride: field('alertDetailsOverride', 'alertDetailsOverride'),
  tags: field('tags', 'tags'),
  story: ({ story }) => [{ path: ['mailhunt'], value: withContent(story) }],
};

const withContent = (story: RuleStory): RuleStory | undefined => (Object.keys(story).length === 0 ? undefined : story);

const alert = ['detectionAction', 'alertTemplate'] as const;

const defender: Readonly<Partial<Record<Member, ToFields>>> = {
  name: field('name', 'displayName'),
  query: field('query', 'queryCondition', 'queryText'),
  description: ({ description }, tree) => {
    const hasOwn = tree !== undefined && entryOf(tree, 'description') !== undefined;
    return [{ path: hasOwn ? ['description'] : [...alert, 'description'], value: description }];
  },
  severity: ({ severity }) => [{ path: [...alert, 'severity'], value: severity?.toLowerCase() }],
  techniques: field('techniques', ...alert, 'mitreTechniques'),
  tactics: ({ tactics }) => [{ path: [...alert, 'category'], value: tactics[0] }],
  schedule: ({ schedule }) => [
    { path: ['schedule', 'frequency'], value: iso(schedule?.frequency) },
    { path: ['schedule', 'lookback'], value: iso(schedule?.period) },
  ],
};

/** How the members of a rule are written, by its format. Texts have no fields but their query. */
const byFormat: Readonly<Record<RuleFormat, Readonly<Partial<Record<Member, ToFields>>>>> = {
  sentinel,
  defender,
  kql: {},
  markdown: {},
};

const members = Object.keys(sentinel) as Member[];

/** The members in which two rules differ. */
export const changedMembers = (before: Rule, after: Rule): Member[] =>
  members.filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]));

/** The fields that a changed member makes; undefined where the format has none for it. */
export const fieldsOf = (member: Member, rule: Rule, tree: MapTree | undefined): readonly FieldValue[] | undefined =>
  byFormat[rule.format][member]?.(rule, tree);

import { techniqueOf } from '../attack/techniques.ts';
import { watchlistsOf } from '../doctor/needs.ts';
import { fileLink } from '../file-link.ts';
import { readQuery } from '../lint/read-query.ts';
import { targetSchema } from '../lint/target-schema.ts';
import { namedTables } from '../read/named-tables.ts';
import type { Rule } from '../rule.ts';

/** How far a rule can be trusted, where somebody looked. */
export interface Standing {
  /** What its tests say: `proved`, `unproved`, `failing`, `refused`. */
  readonly verdict?: string;
  /** What the linter says: how many findings of each severity. */
  readonly lint?: Readonly<Record<'error' | 'warning' | 'note', number>>;
}

/** What a reader wants to know of a rule, worked out from it. Nothing is guessed: what it does not say is in `missing`. */
export interface Description {
  readonly rule: Rule;
  readonly standing: Standing;
  /** In the order of their mention. */
  readonly tables: readonly { readonly name: string; readonly connector: string }[];
  /** Columns of its result; empty where the query does not compile. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly watchlists: readonly string[];
  readonly techniques: readonly { readonly id: string; readonly name: string }[];
  /** `https://github.com/owner/name/blob/commit/path`, where it comes from a repository. */
  readonly source: string | undefined;
  /** What a good rule says and this one does not. */
  readonly missing: readonly string[];
}

/** Describes a rule; `now` in datetime ticks. */
export function describeRule(rule: Rule, now: bigint, standing: Standing = {}): Description {
  const { reading } = readQuery(rule.query, targetSchema('mailhunt').catalog, now);
  return {
    rule,
    standing,
    tables: namedTables(rule.query).map((name) => ({ name, connector: connectorOf(name, rule) })),
    columns: reading?.plans.at(-1)?.schema ?? [],
    watchlists: reading === undefined ? watchlistsIn(rule.query) : watchlistsOf(reading),
    techniques: rule.techniques.map((id) => ({ id, name: techniqueOf(id)?.name ?? '' })),
    source: sourceOf(rule),
    missing: expected.filter(([, has]) => !has(rule)).map(([what]) => what),
  };
}

const connectorOf = (table: string, { connectors }: Rule): string =>
  connectors.find(({ dataTypes }) => dataTypes.some((type) => type.startsWith(table)))?.connectorId ?? '';

/** The watchlists that a query names, also one that cannot be parsed; comments count. */
export const watchlistsIn = (query: string): string[] => [
  ...new Set(
    [...query.matchAll(/_GetWatchlist\s*\(\s*(?:"([^"\n]{1,200})"|'([^'\n]{1,200})')/gi)].map(([, a, b]) => a ?? b!),
  ),
];

const expected: readonly (readonly [string, (rule: Rule) => boolean])[] = [
  ['a description', ({ description }) => (description ?? '') !== ''],
  ['a severity', ({ severity, kind }) => severity !== undefined || kind === 'hunting'],
  ['tactics', ({ tactics }) => tactics.length > 0],
  ['techniques', ({ techniques }) => techniques.length > 0],
  ['connectors', ({ connectors }) => connectors.length > 0],
  ['a hypothesis', ({ story }) => story.hypothesis !== undefined],
  ['known false positives', ({ story }) => (story.falsePositives ?? []).length > 0],
  ['a response', ({ story }) => (story.response ?? []).length > 0],
  ['references', ({ story }) => (story.references ?? []).length > 0],
];

function sourceOf({ provenance: { repository, commit, path } }: Rule): string | undefined {
  if (repository === undefined) return undefined;
  if (!repository.startsWith('https://github.com/')) return repository;
  return fileLink(repository, commit ?? 'HEAD', path);
}

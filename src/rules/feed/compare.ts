import type { Change, FeedRule } from './feed.ts';
import { unifiedDiff } from './unified-diff.ts';

/** A rule of the last import and the one of this import that it is. */
export interface Pair {
  readonly before: FeedRule;
  readonly now: FeedRule;
}

type Key = (rule: FeedRule) => string | undefined;

const join = (...parts: readonly string[]): string => JSON.stringify(parts);

/**
 * What makes a rule the same one, the surest first: its id in its place, its name in its place, its id anywhere, its
 * content anywhere, its query in its place or anywhere.
 */
const keys: readonly Key[] = [
  ({ id, path, name }) => id && join(path, id.toLowerCase(), name),
  ({ id, path }) => id && join(path, id.toLowerCase()),
  ({ path, name }) => join(path, name),
  ({ id }) => id?.toLowerCase(),
  ({ hash }) => hash,
  ({ path, query }) => join(path, query),
  ({ query }) => query.trim(),
];

/** Which rules of two imports are the same. */
export function paired(before: readonly FeedRule[], now: readonly FeedRule[]): Pair[] {
  const pairs: Pair[] = [];
  const [old, left] = [new Set(before), new Set(now)];
  for (const key of keys) {
    const waiting = grouped(left, key);
    for (const rule of old) {
      const match = waiting.get(key(rule) ?? '')?.shift();
      if (match === undefined) continue;
      old.delete(rule);
      left.delete(match);
      pairs.push({ before: rule, now: match });
    }
  }
  return pairs;
}

function grouped(rules: Iterable<FeedRule>, key: Key): Map<string, FeedRule[]> {
  const groups = new Map<string, FeedRule[]>();
  for (const rule of rules) {
    const value = key(rule);
    const group = groups.get(value ?? '');
    if (group !== undefined) group.push(rule);
    else if (value) groups.set(value, [rule]);
  }
  return groups;
}

/** What happened between two imports, in the order of the kinds and of the rules. A rule that moved and changed is both. */
export function changesBetween(
  before: readonly FeedRule[],
  now: readonly FeedRule[],
  pairs = paired(before, now),
): Change[] {
  const known = new Set(pairs.flatMap((pair) => [pair.before, pair.now]));
  const change = (kind: Change['kind'], { path, name, id }: FeedRule, more: Partial<Change> = {}): Change => ({
    kind,
    path,
    name,
    ...(id === undefined ? {} : { id }),
    ...more,
  });
  return [
    ...now.filter((rule) => !known.has(rule)).map((rule) => change('new', rule)),
    ...pairs
      .filter((pair) => pair.before.hash !== pair.now.hash)
      .map((pair) => change('changed', pair.now, { diff: unifiedDiff(pair.before.query, pair.now.query) })),
    ...pairs
      .filter((pair) => pair.before.path !== pair.now.path)
      .map((pair) => change('moved', pair.now, { before: pair.before.path })),
    ...before.filter((rule) => !known.has(rule)).map((rule) => change('gone', rule)),
  ];
}

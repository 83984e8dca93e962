import type { Exception, PolicyRule } from '../policy.ts';

/** A time in which the exceptions of a rule do not change. */
export interface RuleWindow {
  /** Milliseconds since 1970; undefined where it has no beginning, or no end. */
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly exceptions: readonly Exception[];
}

/**
 * The times in which a rule is in force from now on, with the exceptions that count in each: Exchange's exceptions do not
 * expire, its rules do.
 *
 * @param now milliseconds since 1970
 * @returns none for a rule that has expired
 * @example windowsOf(ruleWithAnExceptionUntilJune, now).length // 2: before, and from then on
 */
export function windowsOf({ activation, expiry, unless }: PolicyRule, now: number): readonly RuleWindow[] {
  const start = Math.max(now, activation ?? now);
  const end = expiry ?? Number.POSITIVE_INFINITY;
  if (end <= now) return [];
  const turns = unless
    .map(({ expires }) => expires)
    .filter((at): at is number => at !== undefined && at > start && at < end);
  const edges = [...new Set([start, ...turns])].sort((a, b) => a - b);
  return edges.map((from, at) => ({
    from: at === 0 ? activation : from,
    until: edges[at + 1] ?? expiry,
    exceptions: unless.filter(({ expires }) => expires === undefined || expires > from),
  }));
}

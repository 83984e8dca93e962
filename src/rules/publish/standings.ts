import { lintRules } from '../lint/lint-rules.ts';
import { testRules } from '../prove/test-rules.ts';
import type { Rule } from '../rule.ts';
import type { Standing } from './description.ts';
import { grouped } from './grouped.ts';

/** How tests are run, without what is the same for all who ask. */
export interface Running {
  readonly signal?: AbortSignal;
  /** Milliseconds that only grow. */
  readonly stopwatch: () => number;
  readonly progress?: (text: string) => void;
}

export interface StandingsOptions extends Running {
  /** What `now()` is, datetime ticks. */
  readonly now: bigint;
  /** Whether the tests beside the rules are run. */
  readonly prove: boolean;
}

const VARIATIONS = 3;

/**
 * What the linter and the tests say of each rule, in their order.
 *
 * @param rules as they were read, with paths at which they are
 */
export async function standingsOf(rules: readonly Rule[], options: StandingsOptions): Promise<readonly Standing[]> {
  const { now, prove, ...running } = options;
  const { findings } = await lintRules(rules, { now, ...(running.signal && { signal: running.signal }) });
  const found = grouped(findings, ({ rule }) => rule);
  const verdictOf = prove ? await verdictsOf(rules, VARIATIONS, running) : () => undefined;
  return rules.map((rule) => {
    const count = (severity: string) => (found.get(rule) ?? []).filter((one) => one.severity === severity).length;
    const lint = { error: count('error'), warning: count('warning'), note: count('note') };
    const verdict = verdictOf(rule);
    return verdict === undefined ? { lint } : { lint, verdict };
  });
}

/**
 * What the tests beside rules say of each: `proved`, `unproved`, `failing`, `refused`.
 *
 * @param rules as they were read, with paths at which they are
 * @example (await verdictsOf(rules, 1, { stopwatch }))(rules[0]) // 'proved'
 */
export async function verdictsOf(
  rules: readonly Rule[],
  variations: number,
  running: Running,
): Promise<(rule: Rule) => string | undefined> {
  const paths = [...new Set(rules.map(({ provenance }) => provenance.path))];
  const { proofs } = await testRules({ paths, variations, seed: 1, mutate: false, withHeaderForm: false, ...running });
  const verdicts = new Map(proofs.map(({ rule, verdict }) => [keyOf(rule.path, rule.name), verdict]));
  return ({ provenance, name }) => verdicts.get(keyOf(provenance.path, name));
}

const keyOf = (path: string, name: string): string => `${path}\n${name}`;

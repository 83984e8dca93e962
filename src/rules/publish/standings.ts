import { lintRules } from '../lint/lint-rules.ts';
import { testRules } from '../prove/test-rules.ts';
import type { Rule } from '../rule.ts';
import type { Standing } from './description.ts';
import { grouped } from './grouped.ts';

export interface StandingsOptions {
  /** What `now()` is, datetime ticks. */
  readonly now: bigint;
  /** Whether the tests beside the rules are run. */
  readonly prove: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds that only grow. */
  readonly stopwatch: () => number;
  readonly progress?: (text: string) => void;
}

const VARIATIONS = 3;

/**
 * What the linter and the tests say of each rule, in their order.
 *
 * @param rules as they were read, with paths at which they are
 */
export async function standingsOf(rules: readonly Rule[], options: StandingsOptions): Promise<readonly Standing[]> {
  const { now, prove, signal, stopwatch, progress } = options;
  const { findings } = await lintRules(rules, { now, ...(signal && { signal }) });
  const found = grouped(findings, ({ rule }) => rule);
  const verdicts = prove ? await verdictsOf(rules, { signal, stopwatch, progress }) : new Map<string, string>();
  return rules.map((rule) => {
    const count = (severity: string) => (found.get(rule) ?? []).filter((one) => one.severity === severity).length;
    const lint = { error: count('error'), warning: count('warning'), note: count('note') };
    const verdict = verdicts.get(keyOf(rule.provenance.path, rule.name));
    return verdict === undefined ? { lint } : { lint, verdict };
  });
}

const keyOf = (path: string, name: string): string => `${path}\n${name}`;

type Running = { readonly [K in 'signal' | 'stopwatch' | 'progress']: StandingsOptions[K] | undefined };

async function verdictsOf(
  rules: readonly Rule[],
  { signal, stopwatch, progress }: Running,
): Promise<Map<string, string>> {
  const paths = [...new Set(rules.map(({ provenance }) => provenance.path))];
  const { proofs } = await testRules({
    paths,
    variations: VARIATIONS,
    seed: 1,
    mutate: false,
    withHeaderForm: false,
    stopwatch: stopwatch ?? (() => 0),
    ...(signal && { signal }),
    ...(progress && { progress }),
  });
  return new Map(proofs.map(({ rule, verdict }) => [keyOf(rule.path, rule.name), verdict]));
}

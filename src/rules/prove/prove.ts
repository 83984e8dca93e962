import { MailhuntError } from '../../errors/index.ts';
import type { FilePlace, Rule } from '../rule.ts';
import type { Found, Prepared } from './bench.ts';
import { hintsFor } from './hints.ts';
import type { Failure, Proof, TestResult } from './proof.ts';
import type { Round } from './setting-rows.ts';
import { type Means, type ProveOptions, Stage } from './stage.ts';
import type { RuleTest, RuleTests } from './tests.ts';

/** Rows that a report of a failure shows. */
const ROWS_SHOWN = 5;

/**
 * Proves a rule by its tests: each is played round by round until one does not hold.
 *
 * @param tests undefined where there are none
 * @example (await prove(rule, tests, { bench, mailroom, stopwatch }, { variations: 20, seed: 1 })).verdict // 'proved'
 */
export async function prove(
  rule: Rule,
  tests: RuleTests | undefined,
  means: Means,
  options: ProveOptions,
): Promise<Proof> {
  const { stopwatch } = means;
  const began = stopwatch();
  const proof = (found: Pick<Proof, 'verdict'> & Partial<Proof>): Proof => ({
    ...unproved(rule, tests),
    milliseconds: stopwatch() - began,
    ...found,
  });
  const play = new Play(new Stage(rule, tests, means, options), means);
  const refusal = await play.refusal();
  if (refusal !== undefined) return proof({ verdict: 'refused', refusal, refusedAt: placeOf(refusal, rule) });
  const results: TestResult[] = [];
  for (const test of tests?.tests ?? []) {
    options.progress?.(test.name);
    results.push(await play.test(test));
  }
  const missing = (['fires', 'quiet'] as const).filter(
    (side) => !results.some(({ fires, isIdle }) => fires === (side === 'fires') && (fires || !isIdle)),
  );
  if (results.some(({ failure }) => failure !== undefined)) return proof({ verdict: 'failing', results, missing });
  return proof({ verdict: missing.length > 0 ? 'unproved' : 'proved', results, missing });
}

/** A rule that nothing is known of yet. */
export const unproved = (rule: Rule, tests: RuleTests | undefined): Proof => ({
  verdict: 'unproved',
  rule: { name: rule.name, id: rule.id, path: rule.provenance.path, place: rule.placeOf(0) },
  testPath: tests?.path,
  results: [],
  missing: [],
  refusal: undefined,
  refusedAt: undefined,
  milliseconds: 0,
});

const placeOf = (error: Error, rule: Rule): FilePlace | undefined =>
  error instanceof MailhuntError && error.span !== undefined ? rule.placeOf(error.span.start) : undefined;

/** The tests of one rule while they are played. */
class Play {
  readonly #stage: Stage;
  readonly #means: Means;
  /** By clock: `now` is written into what is compiled. */
  readonly #prepared = new Map<number, Promise<Prepared>>();
  /** Tests that gave the rule a row to read. */
  readonly #busy = new Set<RuleTest>();

  constructor(stage: Stage, means: Means) {
    this.#stage = stage;
    this.#means = means;
  }

  /** Why the query does not compile. */
  async refusal(): Promise<Error | undefined> {
    const { bench } = this.#means;
    await bench.fill([]);
    try {
      await this.#query(this.#stage.round(undefined, 0).now);
      return undefined;
    } catch (error) {
      if (bench.isStopped) throw error;
      return error as Error;
    }
  }

  async test(test: RuleTest): Promise<TestResult> {
    const { stopwatch } = this.#means;
    const began = stopwatch();
    const rounds = this.#stage.rounds(test);
    let [runs, failure]: [number, Failure | undefined] = [0, undefined];
    while (runs < rounds && failure === undefined) failure = await this.#round(test, this.#stage.round(test, runs++));
    const { name, fires, place } = test;
    return { name, fires, place, runs, milliseconds: stopwatch() - began, isIdle: !this.#busy.has(test), failure };
  }

  async #round(test: RuleTest, round: Round): Promise<Failure | undefined> {
    let found: Found;
    let hidden: number;
    try {
      const query = await this.#query(round.now);
      const filled = await this.#stage.fill(test, round, query.reads);
      hidden = filled.hidden;
      if (filled.seen > 0) this.#busy.add(test);
      found = await query.run();
    } catch (error) {
      if (this.#means.bench.isStopped) throw error;
      const nothing: Found = { columns: [], count: 0, rows: [] };
      return failureOf({ kind: 'error', message: (error as Error).message, hints: [] }, round, nothing);
    }
    const wrong = this.#stage.judge(test, found, round);
    if (wrong === undefined) return undefined;
    const hints = wrong.kind === 'fired' ? [] : await this.#hints(found, round, hidden);
    return failureOf({ ...wrong, hints }, round, found);
  }

  async #hints({ count }: Found, { now }: Round, hidden: number): Promise<readonly string[]> {
    const found = await hintsFor(this.#stage.rule, this.#stage.around(now), this.#means.bench, count);
    if (hidden === 0) return found;
    const rows = hidden === 1 ? 'row is' : 'rows are';
    return [`${hidden} ${rows} older than what the rule looks back at when it runs`, ...found];
  }

  #query(now: number): Promise<Prepared> {
    const { rule } = this.#stage;
    const known = this.#prepared.get(now) ?? this.#means.bench.prepare(rule.query, this.#stage.around(now));
    this.#prepared.set(now, known);
    return known;
  }
}

const failureOf = (
  wrong: Pick<Failure, 'kind' | 'message' | 'hints'>,
  { variation, seed, now }: Round,
  { count, columns, rows }: Found,
): Failure => ({
  ...wrong,
  variation,
  seed,
  now: new Date(now).toISOString(),
  count,
  columns,
  rows: rows.slice(0, ROWS_SHOWN),
});

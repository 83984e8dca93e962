import type { StoredFunction } from '../../kql/index.ts';
import { surroundingsWith } from '../../surroundings/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import type { Rule } from '../rule.ts';
import type { Around, Bench, Found } from './bench.ts';
import { clockOf, clocks } from './clocks.ts';
import { difference } from './expectation.ts';
import { lookBackOf, seenSince } from './look-back.ts';
import type { Mailroom } from './mailroom.ts';
import type { Failure } from './proof.ts';
import { batchesOf, joined, type Round } from './setting-rows.ts';
import type { RuleTest, RuleTests } from './tests.ts';
import { fires, triggerWords } from './trigger.ts';

/** What rules are proved with: opened once for all of them. */
export interface Means {
  readonly bench: Bench;
  readonly mailroom: Mailroom;
  /** Stored functions that the queries may call. */
  readonly functions?: readonly StoredFunction[];
  /** Milliseconds that only grow. */
  readonly stopwatch: () => number;
}

/** How thoroughly. */
export interface ProveOptions {
  /** Rounds of each test: the first with the cases as they are written, the others with variations of them. */
  readonly variations: number;
  readonly seed: number;
  /** One clock for all rounds, milliseconds since 1970; otherwise each has one of {@link clockOf}. */
  readonly now?: number;
  /** Told before each test. */
  readonly progress?: (test: string) => void;
}

/** Rows of a test, of the tables that its rule reads. */
export interface Filled {
  /** Those that the rule sees. */
  readonly seen: number;
  /** Those older than what it looks back at. */
  readonly hidden: number;
}

/** What is wrong with an answer. */
export type Wrong = Pick<Failure, 'kind' | 'message'>;

/** A rule and what stands around it while its tests are played. */
export class Stage {
  readonly rule: Rule;
  readonly #tests: RuleTests | undefined;
  readonly #means: Means;
  readonly #options: ProveOptions;

  constructor(rule: Rule, tests: RuleTests | undefined, means: Means, options: ProveOptions) {
    this.rule = rule;
    this.#tests = tests;
    this.#means = means;
    this.#options = options;
  }

  /** How often a test is played: rows in line differ by the clock alone. */
  rounds({ mail, now }: RuleTest): number {
    const { variations } = this.#options;
    if (mail.length > 0 || (this.#tests?.background.mail.length ?? 0) > 0) return Math.max(1, variations);
    const isFixed = (now ?? this.#options.now) !== undefined;
    return isFixed ? 1 : Math.max(1, Math.min(variations, clocks.length));
  }

  round(test: RuleTest | undefined, variation: number): Round {
    const { seed, now } = this.#options;
    return { seed, variation, now: test?.now ?? now ?? clockOf(variation) };
  }

  /** What stands around the query at a time. */
  around(now: number): Around {
    const ticks = ticksFromUnixMs(now);
    const { lists = {}, parameters = {} } = this.#tests ?? {};
    const { functions = [] } = this.#means;
    return { now: ticks, surroundings: surroundingsWith({ lists, functions, updated: ticks }), parameters };
  }

  /**
   * Puts the rows of a test that the rule sees into the store, and counts them and those that it does not see.
   *
   * @param reads tables that matter; all where undefined
   */
  async fill(test: RuleTest, round: Round, reads?: ReadonlySet<string>): Promise<Filled> {
    const { bench, mailroom } = this.#means;
    const settings = [test, ...(this.#tests === undefined ? [] : [this.#tests.background])];
    const made = (await Promise.all(settings.map((setting) => batchesOf(setting, round, mailroom)))).flat();
    const all = reads === undefined ? made : made.filter(({ table }) => reads.has(table));
    const lookBack = lookBackOf(this.rule);
    const seen = lookBack === undefined ? all : seenSince(all, ticksFromUnixMs(round.now - lookBack));
    await bench.fill(joined(seen));
    return { seen: rowsIn(seen), hidden: rowsIn(all) - rowsIn(seen) };
  }

  /** What is wrong with what the query found; undefined where the test holds. */
  judge(test: RuleTest, found: Found, { now }: Round): Wrong | undefined {
    const trigger = triggerWords(this.rule);
    const because = trigger === undefined ? '' : `; it fires on ${trigger}`;
    const rows = found.count === 0 ? 'no row' : `${found.count} ${found.count === 1 ? 'row' : 'rows'}`;
    const hasFired = fires(this.rule, found.count);
    if (test.fires && !hasFired) return { kind: 'silent', message: `it should fire and gives ${rows}${because}` };
    if (!test.fires && hasFired) return { kind: 'fired', message: `it should stay quiet and gives ${rows}${because}` };
    const message = test.expect && difference(test.expect, found, ticksFromUnixMs(now));
    return message === undefined ? undefined : { kind: 'rows', message };
  }
}

const rowsIn = (batches: readonly { readonly rows: readonly string[] }[]): number =>
  batches.reduce((sum, { rows }) => sum + rows.length, 0);

import type { Found, Prepared } from '../prove/bench.ts';
import type { Round } from '../prove/setting-rows.ts';
import type { Means, Stage } from '../prove/stage.ts';
import type { RuleTest } from '../prove/tests.ts';
import type { Mutation } from './mutation.ts';

/** A query with one change. */
export interface Mutant {
  readonly mutation: Mutation;
  readonly text: string;
}

/** Mutants sorted by whether they are queries of their own. */
export interface Distinct {
  readonly alive: readonly Mutant[];
  readonly equal: number;
  readonly broken: number;
  /** Those that time did not suffice for. */
  readonly late: number;
}

/** Mutants of one rule before its tests. */
export class Trial {
  readonly #stage: Stage;
  readonly #means: Means;
  readonly #deadline: number;
  /** By text and clock. */
  readonly #prepared = new Map<string, Promise<Prepared>>();

  /** `deadline`: of the stopwatch. */
  constructor(stage: Stage, means: Means, deadline: number) {
    this.#stage = stage;
    this.#means = means;
    this.#deadline = deadline;
  }

  get isLate(): boolean {
    return this.#means.stopwatch() > this.#deadline;
  }

  /** Leaves out what does not compile, and what becomes the same statement as the query or an earlier mutant. */
  async distinct(mutants: readonly Mutant[], now: number): Promise<Distinct> {
    await this.#means.bench.fill([]);
    const known = new Set([(await this.#query(this.#stage.rule.query, now)).sql]);
    const alive: Mutant[] = [];
    let [equal, broken, seen] = [0, 0, 0];
    for (const mutant of mutants) {
      if (this.isLate) break;
      seen++;
      const sql = await this.#sqlOf(mutant, now);
      if (sql === undefined) broken++;
      else if (known.has(sql)) equal++;
      else {
        known.add(sql);
        alive.push(mutant);
      }
    }
    return { alive, equal, broken, late: mutants.length - seen };
  }

  /** The mutants that no test notices; undefined where time did not suffice to say so. */
  async survivors(
    alive: readonly Mutant[],
    tests: readonly RuleTest[],
    progress: (left: number, test: string) => void,
  ): Promise<readonly Mutant[] | undefined> {
    let left = alive;
    for (const test of tests) {
      if (left.length === 0) break;
      progress(left.length, test.name);
      const round = this.#stage.round(test, 0);
      await this.#stage.fill(test, round);
      const unnoticed: Mutant[] = [];
      for (const mutant of left) {
        if (this.isLate) return undefined;
        if (!(await this.#isNoticed(mutant, test, round))) unnoticed.push(mutant);
      }
      left = unnoticed;
    }
    return left;
  }

  /** A mutant that cannot even be run is noticed too. */
  async #isNoticed({ text }: Mutant, test: RuleTest, round: Round): Promise<boolean> {
    let found: Found;
    try {
      found = await (await this.#query(text, round.now)).run();
    } catch (error) {
      if (this.#means.bench.isStopped) throw error;
      return true;
    }
    return this.#stage.judge(test, found, round) !== undefined;
  }

  async #sqlOf({ text }: Mutant, now: number): Promise<string | undefined> {
    try {
      return (await this.#query(text, now)).sql;
    } catch (error) {
      if (this.#means.bench.isStopped) throw error;
      return undefined;
    }
  }

  #query(text: string, now: number): Promise<Prepared> {
    const key = `${now}\n${text}`;
    const known = this.#prepared.get(key) ?? this.#means.bench.prepare(text, this.#stage.around(now));
    this.#prepared.set(key, known);
    return known;
  }
}

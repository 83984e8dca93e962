import type { Column } from '../../values/index.ts';
import type { FilePlace } from '../rule.ts';

/**
 * `proved`: has a test that it fires and one that it stays quiet over rows that it reads, and all hold on every variation.
 * `unproved`: has not.
 * `failing`: a test does not hold. `refused`: the query does not compile, or the tests cannot be read.
 */
export type Verdict = 'proved' | 'unproved' | 'failing' | 'refused';

/** Why a test does not hold. */
export interface Failure {
  /** `silent`: should have fired. `fired`: should not. `rows`: not the rows that were expected. `error`: could not run. */
  readonly kind: 'silent' | 'fired' | 'rows' | 'error';
  /** One sentence. */
  readonly message: string;
  readonly variation: number;
  readonly seed: number;
  /** The rule's clock, ISO 8601. */
  readonly now: string;
  /** How many rows the query gave. */
  readonly count: number;
  readonly columns: readonly Column[];
  /** The first of them, each the text of a JSON array. */
  readonly rows: readonly string[];
  /** What may help: the operator behind which no row is left, a look-back that hides rows, warnings of the engine. */
  readonly hints: readonly string[];
}

/** What became of one test. */
export interface TestResult {
  readonly name: string;
  readonly fires: boolean;
  readonly place: FilePlace;
  /** How often it was run: once for each variation. */
  readonly runs: number;
  readonly milliseconds: number;
  /** True where the rule found no row to read: that it stays quiet then shows nothing. */
  readonly isIdle: boolean;
  /** Undefined where it holds. */
  readonly failure: Failure | undefined;
}

/** A rule as its tests leave it. */
export interface Proof {
  readonly verdict: Verdict;
  readonly rule: {
    readonly name: string;
    readonly id: string | undefined;
    readonly path: string;
    /** Of the query. */
    readonly place: FilePlace;
  };
  /** Undefined where there are none. */
  readonly testPath: string | undefined;
  readonly results: readonly TestResult[];
  /** What an unproved rule lacks. */
  readonly missing: readonly ('fires' | 'quiet')[];
  /** Why it was refused. */
  readonly refusal: Error | undefined;
  /** Where in the rule's file, if that is known. */
  readonly refusedAt: FilePlace | undefined;
  readonly milliseconds: number;
}

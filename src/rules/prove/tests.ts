import type { GivenList } from '../../surroundings/index.ts';
import type { FilePlace } from '../rule.ts';

/** A cell of a row in a test: JSON of the column's type, or a time told from the test's `now`. */
export type TestCell = { readonly json: string } | { readonly before: bigint };

/** Rows in line, of one table of the schema. */
export interface TestRows {
  readonly table: string;
  readonly columns: readonly string[];
  /** A cell for each column. */
  readonly rows: readonly (readonly TestCell[])[];
}

/** Mail of a case of the lab: once, or several copies spread over a time. Durations in milliseconds. */
export interface Mailing {
  readonly case: string;
  /** Copies, each a letter of its own. */
  readonly count: number;
  /** How long before `now` the last copy arrives. */
  readonly ago: number;
  /** The time between the first copy and the last. */
  readonly over: number;
}

/** What a test puts into the store. */
export interface Setting {
  readonly mail: readonly Mailing[];
  readonly tables: readonly TestRows[];
}

/** Rows that a test expects: all of them, each with the columns that it names. */
export interface Expectation {
  readonly rows: readonly ReadonlyMap<string, Expected>[];
  readonly ordered: boolean;
}

/** A cell that is expected: a plain JSON value, whole numbers as bigint. */
export interface Expected {
  readonly value: unknown;
  readonly place: FilePlace;
}

/** One test of a rule. */
export interface RuleTest extends Setting {
  readonly name: string;
  /** Whether the rule must fire. */
  readonly fires: boolean;
  readonly expect?: Expectation;
  /** The rule's clock, milliseconds since 1970; otherwise each variation has one of its own. */
  readonly now?: number;
  readonly place: FilePlace;
}

/** All that stands beside a rule to prove it by. */
export interface RuleTests {
  /** The file, as the person named it. */
  readonly path: string;
  /** The rule that is meant, where the file says so. */
  readonly rule?: string;
  readonly tests: readonly RuleTest[];
  /** In the store with every test. */
  readonly background: Setting;
  /** Watchlists by alias. */
  readonly lists: Readonly<Record<string, GivenList>>;
  /** Values for `declare query_parameters`, as KQL literals. */
  readonly parameters: Readonly<Record<string, string>>;
}

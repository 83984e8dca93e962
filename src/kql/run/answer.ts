import type { Span } from '../../errors/index.ts';
import type { Column, Value } from '../../values/index.ts';

/** Something that the asker should know beside the rows: an empty table in an anti-join, a predicate never true. */
export interface Warning {
  /** A stable code, `WARN0001`. */
  readonly code: string;
  readonly message: string;
  readonly span?: Span;
}

/** What `render` asked for; travels with the result and draws nothing itself. */
export interface Visualization {
  /** `timechart`, `barchart`, … */
  readonly kind: string;
  /** KQL's render properties by name (`title`, `xcolumn`, …), as text. */
  readonly properties: Readonly<Record<string, string>>;
}

/** One result table. Its rows can be read once. */
export interface ResultTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /**
   * Blocks of rows; a row is the text of a JSON array of its cells: bool true/false; int, long, real as numbers (`"NaN"`,
   * `"Infinity"`, `"-Infinity"` as strings); decimal and guid as strings; datetime "2026-07-18T14:08:56.1234567Z";
   * timespan "[-][d.]hh:mm:ss[.fffffff]"; dynamic as native JSON; null.
   */
  readonly blocks: AsyncIterable<readonly string[]>;
  readonly visualization: Visualization | undefined;
  readonly sql: string;
}

/** The answer to a query text: a table for each of its tabular statements, and warnings. */
export interface Answer {
  readonly tables: readonly ResultTable[];
  readonly warnings: readonly Warning[];
  /** What the text's `set` statements say, by name in lower case. */
  readonly options?: Readonly<Record<string, Value>>;
}

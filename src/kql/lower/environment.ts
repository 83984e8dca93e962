import type { Syntax } from '../parse/index.ts';
import type { AggregateCall, Plan, Scalar, Schema, WindowCall } from '../plan/index.ts';
import type { QueryContext } from '../query-context.ts';
import type { Visualization, Warning } from '../run/answer.ts';
import type { LearnedText } from '../stages/index.ts';
import type { EmptyTable } from './empty-tables.ts';
import type { Scope } from './scope.ts';

/** What lowering needs beside the node at hand. Expressions and tables hold each other, so both ways in travel with it. */
export interface Environment {
  readonly scalar: (node: Syntax, env: Environment) => Scalar;
  readonly table: (node: Syntax, env: Environment) => Plan;
  /** Operators without a source of their own, as they stand in brackets after `on`, over an input. */
  readonly steps: (node: Syntax, input: Plan, env: Environment) => Plan;
  readonly context: QueryContext;
  /** The query text, with the columns of plugins that were learned from data. */
  readonly learned: LearnedText;
  /** Microsoft's GlobalState: tells an aggregate from a function. */
  readonly globals: Syntax;
  readonly scope: Scope;
  /** Where `summarize` collects the aggregates that stand inside its expressions; absent elsewhere. */
  readonly aggregates?: (call: AggregateCall) => Scalar;
  /** Inside `scan`: a column of a step's state (`s1.x`), undefined where the name is no step. */
  readonly states?: (node: Syntax, step: string, name: string) => Scalar | undefined;
  /** Where operators over a serialized row set collect the window calls inside their expressions; absent elsewhere. */
  readonly windows?: (node: Syntax, call: WindowCall) => Scalar;
  /** The columns of the row at hand where an expression may ask for all of them (`pack_all`). */
  readonly row?: Schema;
  /** True where the row at hand has the column that `ingestion_time()` reads. */
  readonly ingestionTime?: boolean;
  /** In `search kind=case_sensitive`: texts are compared letter by letter. */
  readonly caseSensitive?: boolean;
  /** What the statement leaves for the result beside its rows. */
  readonly notes: Notes;
  /** Function calls being inlined, to refuse endless ones and to bound the work. */
  readonly depth: number;
}

/** Collected while one query text is lowered. */
export interface Notes {
  readonly warnings: Warning[];
  /** Where tables without rows are named. */
  readonly empty: EmptyTable[];
  visualization: Visualization | undefined;
  shared: number;
  /** Rows at hand that inner plans may read, so far. */
  rows: number;
  /** Function calls that were inlined: functions that call each other twice double the work at each step. */
  inlined: number;
}

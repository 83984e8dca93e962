import type { Syntax } from '../parse/index.ts';
import type { AggregateCall, Plan, Scalar, Schema } from '../plan/index.ts';
import type { QueryContext } from '../query-context.ts';
import type { Visualization, Warning } from '../run/answer.ts';
import type { Scope } from './scope.ts';

/** What lowering needs beside the node at hand. Expressions and tables hold each other, so both ways in travel with it. */
export interface Environment {
  readonly scalar: (node: Syntax, env: Environment) => Scalar;
  readonly table: (node: Syntax, env: Environment) => Plan;
  readonly context: QueryContext;
  /** Microsoft's GlobalState: tells an aggregate from a function. */
  readonly globals: Syntax;
  readonly scope: Scope;
  /** Where `summarize` collects the aggregates that stand inside its expressions; absent elsewhere. */
  readonly aggregates?: (call: AggregateCall) => Scalar;
  /** The columns of the row at hand where an expression may ask for all of them (`pack_all`). */
  readonly row?: Schema;
  /** What the statement leaves for the result beside its rows. */
  readonly notes: Notes;
  /** Function calls being inlined, to refuse endless ones and to bound the work. */
  readonly depth: number;
}

/** Collected while one query text is lowered. */
export interface Notes {
  readonly warnings: Warning[];
  visualization: Visualization | undefined;
  shared: number;
  /** Function calls that were inlined: functions that call each other twice double the work at each step. */
  inlined: number;
}

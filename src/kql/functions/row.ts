import type { KqlType, Value } from '../../values/index.ts';

/** An argument as the printer hands it to a row of the function table. */
export interface SqlArg {
  /** SQL of the argument, safe to put anywhere an expression may stand (in parentheses where it needs them). */
  readonly sql: string;
  readonly type: KqlType;
  /** False where the SQL can never be NULL: strings always, literals, `count()`. */
  readonly nullable: boolean;
  /** The value where the argument is a constant after folding (null is a value); undefined where it is not. */
  readonly constant: Value | undefined;
}

/** One call, as a row of the function table sees it. */
export interface SqlCall {
  readonly name: string;
  readonly args: readonly SqlArg[];
  /** The type that Microsoft's binder gave to the call. */
  readonly type: KqlType;
  /**
   * True where the call stands as a predicate and only `true` matters (a conjunct of `where`): NULL may then stand for
   * false, which keeps predicates plain enough for the engine to push into its scan.
   */
  readonly asFilter: boolean;
  /** Refuses this call by name and place (KQL0005): `refuse('needs a constant pattern')`. */
  readonly refuse: (reason: string) => never;
}

/** One call, as the evaluator sees it. */
export interface EvaluateCall {
  readonly name: string;
  readonly argTypes: readonly KqlType[];
  readonly type: KqlType;
}

/**
 * A scalar function or operator of KQL: one row of a family's table.
 *
 * The two columns `sql` and `evaluate` must agree on every input; a property test compares them. Where the engine bends
 * the result, the row says so in a comment (`// this engine gives ... here`).
 *
 * SQL forms of the types: bool BOOLEAN, int INTEGER, long BIGINT, real DOUBLE, decimal DECIMAL(38,18), string VARCHAR
 * (never NULL: '' instead), datetime and timespan BIGINT ticks, guid UUID, dynamic VARCHAR holding JSON text.
 */
export interface ScalarFunction {
  /** KQL's name, or the operator (`==`, `has_any`). */
  readonly name: string;
  /** The page of the KQL reference, under learn.microsoft.com/kusto/query/. */
  readonly page: string;
  /**
   * Absent where SQL cannot say it, or not exactly: the engine then calls `evaluate` for each row (about 1 µs; `host-call.ts`).
   * What hunts filter millions of rows by has SQL.
   */
  readonly sql?: (call: SqlCall) => string;
  /** Nulls included: an argument may be null unless it is a string. */
  readonly evaluate: (args: readonly Value[], call: EvaluateCall) => Value;
  /** True where the SQL can be NULL even if no argument is (`toint`), false where it never is (`isnull`); else as the arguments. */
  readonly nullable?: boolean;
  /** False where the result differs from call to call (`rand`, `new_guid`) and folding would be wrong. */
  readonly foldable?: boolean;
}

/** An aggregate of KQL: one row of a family's table. */
export interface AggregateFunction {
  readonly name: string;
  readonly page: string;
  /** SQL aggregate expression over the group. Absent where SQL cannot say it: the engine then gathers the group for `evaluate`. */
  readonly sql?: (call: SqlCall) => string;
  /** The result over the argument rows of one group, in input order. */
  readonly evaluate: (rows: readonly (readonly Value[])[], call: EvaluateCall) => Value;
}

import type { Column, Value } from '../../values/index.ts';
import type { PlanData } from './plan-data.ts';
import type { AggregateCall, Scalar, WindowCall } from './scalar.ts';

/** The columns of a node's rows, in order; names are unique (case-sensitively). */
export type Schema = readonly Column[];

/** A scalar under a name. */
export interface Named<T> {
  readonly name: string;
  readonly value: T;
}

/** One key of a sort. */
export interface SortKey {
  readonly value: Scalar;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** Kinds of join that the plan knows; `innerunique` is KQL's default. */
export type JoinKind =
  | 'innerunique'
  | 'inner'
  | 'leftouter'
  | 'rightouter'
  | 'fullouter'
  | 'leftsemi'
  | 'rightsemi'
  | 'leftanti'
  | 'rightanti';

/** A typed relational plan: plain data. Each node has the schema of its rows. */
export type Plan =
  | ScanPlan
  | RowsPlan
  | LoadedPlan
  | RangePlan
  | FilterPlan
  | ProjectPlan
  | AggregatePlan
  | SortPlan
  | TakePlan
  | JoinPlan
  | UnionPlan
  | SeriesPlan
  | ExpandPlan
  | UniquePlan
  | WindowPlan
  | ComputePlan
  | ApplyPlan
  | OuterPlan
  | SharedPlan;

export type PlanKind = Plan['kind'];
export type PlanOf<K extends PlanKind> = Extract<Plan, { kind: K }>;

/** A table of the store. */
export interface ScanPlan {
  readonly kind: 'scan';
  readonly table: string;
  readonly schema: Schema;
}

/** Rows in the text: `datatable`; `print` is one empty row, projected. */
export interface RowsPlan {
  readonly kind: 'rows';
  readonly schema: Schema;
  readonly rows: readonly (readonly Value[])[];
}

/** Rows from outside the query text, loaded before it was compiled: `externaldata`, what the surroundings lend. */
export interface LoadedPlan {
  readonly kind: 'loaded';
  readonly schema: Schema;
  /** The text of a JSON array of rows, each an array with one text or null for each column, as the host reads values. */
  readonly rows: string;
}

/** `range`: one column, from..to by step, both ends included. */
export interface RangePlan {
  readonly kind: 'range';
  readonly schema: Schema;
  readonly from: Scalar;
  readonly to: Scalar;
  readonly step: Scalar;
}

/** `where`: rows for which the predicate is true (not false, not null). */
export interface FilterPlan {
  readonly kind: 'filter';
  readonly input: Plan;
  readonly predicate: Scalar;
  readonly schema: Schema;
}

/** `project`, `extend` and their kin: the whole list of columns of the result. */
export interface ProjectPlan {
  readonly kind: 'project';
  readonly input: Plan;
  readonly columns: readonly Named<Scalar>[];
  readonly schema: Schema;
}

/** `summarize`, `distinct`, `count`: groups (none: one row even of an empty input), then aggregates. */
export interface AggregatePlan {
  readonly kind: 'aggregate';
  readonly input: Plan;
  readonly by: readonly Named<Scalar>[];
  readonly aggregates: readonly Named<AggregateCall>[];
  readonly schema: Schema;
}

/** `sort`; the order holds for what follows until a node that has none. */
export interface SortPlan {
  readonly kind: 'sort';
  readonly input: Plan;
  readonly keys: readonly SortKey[];
  readonly schema: Schema;
}

/** `take`, and with a sort below it `top`. */
export interface TakePlan {
  readonly kind: 'take';
  readonly input: Plan;
  readonly count: number;
  readonly schema: Schema;
}

/** `join` and `lookup`. `output` names each column of the result and the side it comes from. */
export interface JoinPlan {
  readonly kind: 'join';
  readonly joinKind: JoinKind;
  readonly left: Plan;
  readonly right: Plan;
  readonly on: readonly { readonly left: Scalar; readonly right: Scalar }[];
  readonly output: readonly { readonly side: 'left' | 'right'; readonly column: string; readonly name: string }[];
  readonly schema: Schema;
}

/** `union`: by column name and type; what an input lacks is null. */
export interface UnionPlan {
  readonly kind: 'union';
  readonly inputs: readonly Plan[];
  readonly schema: Schema;
}

/**
 * `make-series`: per group, an array per aggregate over the bins of an axis, and the axis. Bins are counted from `from`,
 * else from zero; without `from` or `to` a group's array begins or ends where its own values do.
 */
export interface SeriesPlan {
  readonly kind: 'series';
  readonly input: Plan;
  readonly by: readonly Named<Scalar>[];
  readonly aggregates: readonly (Named<AggregateCall> & { readonly fallback: Scalar })[];
  readonly axis: Named<Scalar>;
  readonly from: Scalar | undefined;
  readonly to: Scalar | undefined;
  readonly step: Scalar;
  /** Whether no rows make one row of fallbacks (`kind=nonempty`). */
  readonly nonempty: boolean;
  readonly schema: Schema;
}

/**
 * `mv-expand`: a row for each element of the items, which go side by side; what is shorter is null. Elements are dynamic;
 * of an item that `asText` names, they are the texts that `tostring` gives of them. An empty array or bag has no row,
 * anything else that is no array or bag has one.
 */
export interface ExpandPlan {
  readonly kind: 'expand';
  readonly input: Plan;
  readonly items: readonly (Named<Scalar> & { readonly asText?: true })[];
  /** Whether a member of a bag becomes `[key, value]` instead of a bag of one member. */
  readonly pairs: boolean;
  /** The column that counts the elements from 0. */
  readonly index: string | undefined;
  /** The most rows that one row becomes. */
  readonly limit: bigint | undefined;
  readonly schema: Schema;
}

/**
 * One row a key, which one is open (the left side of `innerunique`); with `best` the first ones by it, `count` of them.
 * `rank` is a column that numbers the rows of a key from 1 by `best`.
 */
export interface UniquePlan {
  readonly kind: 'unique';
  readonly input: Plan;
  readonly keys: readonly Scalar[];
  readonly best?: SortKey;
  readonly count?: number;
  readonly rank?: string;
  readonly schema: Schema;
}

/**
 * The input's rows in their order, which is fixed from here on, with a column for each window call (`row_number()`).
 * A call may read the columns of those before it. Without calls: `serialize`.
 */
export interface WindowPlan {
  readonly kind: 'window';
  readonly input: Plan;
  readonly calls: readonly Named<WindowCall>[];
  readonly schema: Schema;
}

/** An operation that runs in TypeScript over its inputs' rows, in their order (`scan`, `autocluster`): see `compute/`. */
export interface ComputePlan {
  readonly kind: 'compute';
  readonly operation: string;
  readonly options: PlanData;
  readonly inputs: readonly Plan[];
  readonly schema: Schema;
}

/** `mv-apply`, `partition`: an inner plan for each row of the input. A column that both have is that of the inner rows. */
export interface ApplyPlan {
  readonly kind: 'apply';
  readonly input: Plan;
  readonly inner: Plan;
  /** What `outer` leaves of the inner plan call the input's row. */
  readonly row: string;
  /** More rows of the input than these end the query. */
  readonly limit: { readonly rows: number; readonly what: string } | undefined;
  readonly schema: Schema;
}

/** The row at hand of the `apply` around it: one row. */
export interface OuterPlan {
  readonly kind: 'outer';
  readonly row: string;
  readonly schema: Schema;
}

/** A part that several places read (`let` of a table used twice, `materialize`): printed once. */
export interface SharedPlan {
  readonly kind: 'shared';
  readonly name: string;
  readonly input: Plan;
  readonly schema: Schema;
}

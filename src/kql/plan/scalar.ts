import type { Span } from '../../errors/index.ts';
import type { KqlType, Value } from '../../values/index.ts';
import type { Plan } from './plan.ts';

/**
 * A scalar expression of the plan: plain data that knows neither syntax nor SQL. Every node carries its KQL type.
 */
export type Scalar = ColumnScalar | LiteralScalar | CallScalar | SubqueryScalar | MembershipScalar;

/** A column of the row at hand, by its KQL name. */
export interface ColumnScalar {
  readonly kind: 'column';
  readonly name: string;
  readonly type: KqlType;
}

/** A constant. */
export interface LiteralScalar {
  readonly kind: 'literal';
  readonly type: KqlType;
  readonly value: Value;
}

/** A row of the function table (`strlen`, `bin`) or of the operator table (`==`, `has`, `in`), applied. */
export interface CallScalar {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Scalar[];
  readonly type: KqlType;
  readonly span?: Span;
}

/** The first column of a plan's first row (`toscalar`). */
export interface SubqueryScalar {
  readonly kind: 'subquery';
  readonly plan: Plan;
  readonly type: KqlType;
}

/** Whether a value is among the first column of a plan's rows (`in (T | project x)`), in whatever case (`in~`) or not (`!in`). */
export interface MembershipScalar {
  readonly kind: 'membership';
  readonly value: Scalar;
  readonly plan: Plan;
  readonly negated: boolean;
  readonly caseless: boolean;
  readonly type: 'bool';
}

/** An aggregate applied (`count()`, `dcount(x)`): stands only in the `aggregates` of a plan node. */
export interface AggregateCall {
  readonly name: string;
  readonly args: readonly Scalar[];
  readonly type: KqlType;
  readonly span?: Span;
}

/** A window function applied (`prev(x)`): stands only in the `calls` of a window node. */
export type WindowCall = AggregateCall;

export const column = (name: string, type: KqlType): ColumnScalar => ({ kind: 'column', name, type });
export const literal = (type: KqlType, value: Value): LiteralScalar => ({ kind: 'literal', type, value });
export const call = (name: string, type: KqlType, args: readonly Scalar[], span?: Span): CallScalar =>
  span === undefined ? { kind: 'call', name, args, type } : { kind: 'call', name, args, type, span };

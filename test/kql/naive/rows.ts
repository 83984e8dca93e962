import type { Row } from '../../../src/kql/evaluate/index.ts';
import type { Plan, Schema } from '../../../src/kql/plan/index.ts';
import type { Value } from '../../../src/values/index.ts';

export type { Row };

/** What a plan gives, in order where KQL knows one. */
export interface Rows {
  readonly schema: Schema;
  readonly rows: readonly Row[];
}

/** What is at hand where a plan is evaluated. */
export interface Surroundings {
  /** The rows of the tables that can be named. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  /** The row at hand of each `apply` around the plan. */
  readonly outer: ReadonlyMap<string, Row>;
}

/** Evaluates a plan in its surroundings: what the functions of the nodes are lent for their inputs. */
export type Evaluate = (plan: Plan, surroundings: Surroundings) => Rows;

/** A row from its values in the order of the columns. */
export const rowOf = (schema: Schema, values: readonly Value[]): Row =>
  new Map(schema.map(({ name, type }, i) => [name, values[i] ?? (type === 'string' ? '' : null)]));

/** The values of a row in the order of the columns. A string is never null. */
export const valuesOf = (schema: Schema, row: Row): Value[] =>
  schema.map(({ name, type }) => row.get(name) ?? (type === 'string' ? '' : null));

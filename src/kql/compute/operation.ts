import type { Value } from '../../values/index.ts';
import type { PlanData, Schema } from '../plan/index.ts';

/** Rows as an operation reads and gives them: values in the order of the columns. */
export interface Rows {
  readonly schema: Schema;
  readonly rows: readonly (readonly Value[])[];
}

/**
 * A tabular operator or plugin that SQL cannot say: it runs in TypeScript over its input's rows, in their order. One row
 * of a family's table; the plan's `compute` node names it.
 */
export interface Operation {
  /** KQL's name: `scan`, `autocluster`. */
  readonly name: string;
  /** The page of the KQL reference, under learn.microsoft.com/kusto/query/. */
  readonly page: string;
  /** The most rows that an input may have; a million unless told. More are refused by name (KQL0010), never cut. */
  readonly limit?: number;
  /**
   * The rows of the result, in order, each with a value for every column of `schema`. `options` is what lowering put
   * into the node. A person's mistake is thrown as a MailhuntError.
   */
  readonly run: (inputs: readonly Rows[], options: PlanData, schema: Schema) => readonly (readonly Value[])[];
}

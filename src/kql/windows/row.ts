import type { SqlCall } from '../functions/index.ts';

/** The SQL that a window function may use of the numbered rows it stands on. */
export interface WindowRows {
  /** OVER clause: all rows, in their order. */
  readonly all: string;
  /** OVER clause: the rows up to this one. */
  readonly before: string;
  /** OVER clause: the rows up to this one, from the last that restarts the function. */
  readonly since: string;
  /** The row's number, from 1. */
  readonly number: string;
  /** True where the function starts anew; undefined where it never does. */
  readonly restarts: string | undefined;
  /** True where the first argument differs from that of the row before, and where the function starts. */
  readonly changed: string;
}

/** A window function of KQL: one row of the table. */
export interface WindowFunction {
  readonly name: string;
  /** The page of the KQL reference, under learn.microsoft.com/kusto/query/. */
  readonly page: string;
  /** The place of the argument that starts the function anew where it is true. */
  readonly restart?: number;
  /** Whether it reads `restarts` and not `since`. */
  readonly ownStarts?: boolean;
  /** Whether `changed` is read. */
  readonly runs?: boolean;
  /** SQL of the function's value in each row. Absent where rows must be seen one after the other: see {@link sequential}. */
  readonly sql?: (call: SqlCall, rows: WindowRows) => string;
}

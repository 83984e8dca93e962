/** The function table: every scalar function and operator of KQL that runs, a family a file. */
import type { ScalarFunction } from './row.ts';

export type { AggregateFunction, EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';
export { sqlText } from './sql-text.ts';

const families: readonly (readonly ScalarFunction[])[] = [];

const table = new Map<string, ScalarFunction>();
for (const row of families.flat()) {
  if (table.has(row.name)) throw new Error(`two rows for the function ${row.name}`);
  table.set(row.name, row);
}

/** The row of a function or operator by KQL's name, or undefined where there is none. */
export const scalarFunction = (name: string): ScalarFunction | undefined => table.get(name);

/** All rows, for the support table and the tests. */
export const scalarFunctions: readonly ScalarFunction[] = [...table.values()];

/** Tabular operators and plugins that run in TypeScript over rows: a table of operations, a family a file. */
import type { Operation } from './operation.ts';

export type { Operation, Rows } from './operation.ts';

const families: readonly (readonly Operation[])[] = [];

const table = new Map<string, Operation>();
for (const operation of families.flat()) {
  if (table.has(operation.name)) throw new Error(`two operations called ${operation.name}`);
  table.set(operation.name, operation);
}

/** The operation of a `compute` node. */
export const operationNamed = (name: string): Operation | undefined => table.get(name);

/** All operations, for the support table and the tests. */
export const operations: readonly Operation[] = [...table.values()];

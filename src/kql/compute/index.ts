/** Tabular operators and plugins that run in TypeScript over rows: a table of operations, a family a file. */

import { activityOperations } from './activity.ts';
import { cohortOperations } from './cohorts.ts';
import { ipLookupOperations } from './ip-lookup.ts';
import { narrowOperations } from './narrow.ts';
import type { Operation } from './operation.ts';
import { patternOperations } from './pattern-plugins.ts';
import { rangeOperations } from './range.ts';
import { reduceOperations } from './reduce.ts';
import { rollingOperations } from './rolling.ts';
import { rowWindowOperations } from './row-windows.ts';
import { scanOperations } from './scan.ts';
import { sequenceOperations } from './sequences.ts';

export type { Operation, Rows } from './operation.ts';
export {
  type AutoclusterOptions,
  type BasketOptions,
  type DiffpatternsOptions,
  type MiningOptions,
  miningOptions,
} from './pattern-plugins.ts';
export { type ScanOptions, type ScanStep, stateColumn } from './scan.ts';

const families: readonly (readonly Operation[])[] = [
  activityOperations,
  cohortOperations,
  ipLookupOperations,
  narrowOperations,
  patternOperations,
  rangeOperations,
  reduceOperations,
  rollingOperations,
  rowWindowOperations,
  scanOperations,
  sequenceOperations,
];

const table = new Map<string, Operation>();
for (const operation of families.flat()) {
  if (table.has(operation.name)) throw new Error(`two operations called ${operation.name}`);
  table.set(operation.name, operation);
}

/** The operation of a `compute` node. */
export const operationNamed = (name: string): Operation | undefined => table.get(name);

/** All operations, for the support table and the tests. */
export const operations: readonly Operation[] = [...table.values()];

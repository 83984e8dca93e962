/** The aggregate table: every aggregate of KQL that runs, a family a file. */

import type { AggregateFunction } from '../functions/row.ts';
import { bagAggregates } from './bags.ts';
import { countAggregates } from './count.ts';
import { covarianceAggregates } from './covariance.ts';
import { digestAggregates } from './digests.ts';
import { extremeAggregates } from './extremes.ts';
import { percentileAggregates } from './percentiles.ts';
import { schemaAggregates } from './schemas.ts';
import { setAggregates } from './sets.ts';
import { statisticsAggregates } from './statistics.ts';
import { sumAggregates } from './sums.ts';

const families: readonly (readonly AggregateFunction[])[] = [
  countAggregates,
  extremeAggregates,
  sumAggregates,
  percentileAggregates,
  setAggregates,
  statisticsAggregates,
  covarianceAggregates,
  bagAggregates,
  digestAggregates,
  schemaAggregates,
];

const table = new Map<string, AggregateFunction>();
for (const row of families.flat()) {
  if (table.has(row.name)) throw new Error(`two rows for the aggregate ${row.name}`);
  table.set(row.name, row);
}

/** The row of an aggregate by KQL's name, or undefined where there is none. */
export const aggregateFunction = (name: string): AggregateFunction | undefined => table.get(name);

/** All rows, for the support table and the tests. */
export const aggregateFunctions: readonly AggregateFunction[] = [...table.values()];

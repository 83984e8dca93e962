import type { Cell } from '../contract.ts';
import type { KqlType } from '../values/cell-text.ts';
import { type ValueName, valueName } from './filter.ts';
import { type Pace, STRIDE } from './paced.ts';

export interface DistinctValue {
  readonly name: ValueName;
  readonly count: number;
}

/** The values of a column. */
export interface DistinctValues {
  /** The commonest first. */
  readonly values: readonly DistinctValue[];
  /** There are more values than are told apart. */
  readonly more: boolean;
}

/** Values that are told apart at most. */
export const MOST_VALUES = 10_000;

/** Counts the values of a column over the given rows. */
export async function distinctValues(
  rows: readonly (readonly Cell[])[],
  order: Iterable<number>,
  { column, type }: { readonly column: number; readonly type: KqlType },
  pace: Pace,
): Promise<DistinctValues> {
  const counts = new Map<ValueName, number>();
  let more = false;
  let seen = 0;
  for (const row of order) {
    const name = valueName(rows[row]?.[column], type);
    const count = counts.get(name);
    if (count !== undefined || counts.size < MOST_VALUES) counts.set(name, (count ?? 0) + 1);
    else more = true;
    if (seen++ % STRIDE === 0) await pace.rest();
  }
  const values = [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
  return { values, more };
}

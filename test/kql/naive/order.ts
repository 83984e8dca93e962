import type { SortKey } from '../../../src/kql/plan/index.ts';
import { compareDecimals, type KqlType, type Value } from '../../../src/values/index.ts';
import type { Row } from './rows.ts';
import type { Scalars } from './scalars.ts';

/** Rows in the order of keys; what is equal stays in the order it came in. */
export function sorted(rows: readonly Row[], keys: readonly SortKey[], { value }: Scalars): Row[] {
  const keyed = rows.map((row) => ({ row, values: keys.map((key) => value(key.value, row)) }));
  keyed.sort((a, b) => {
    for (const [i, key] of keys.entries()) {
      const order = compareByKey(a.values[i]!, b.values[i]!, key);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** Null stands at one end and NaN beside it, whatever the direction. */
function compareByKey(a: Value, b: Value, { value, descending, nullsFirst }: SortKey): number {
  const [aside, bside] = [strangeness(a), strangeness(b)];
  if (aside !== bside) return nullsFirst ? bside - aside : aside - bside;
  if (aside > 0) return 0;
  return descending ? compareValues(b, a, value.type) : compareValues(a, b, value.type);
}

const strangeness = (value: Value): number => (value === null ? 2 : Number.isNaN(value) ? 1 : 0);

/** How two values of a type stand to each other, neither null nor NaN. */
export function compareValues(a: Value, b: Value, type: KqlType): number {
  if (type === 'decimal') return compareDecimals(String(a), String(b));
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

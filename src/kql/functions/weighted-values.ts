import type { Value } from '../../values/index.ts';

/** A value and how often it counts. */
export interface Weighted {
  readonly value: Value;
  readonly weight: number;
}

/** Values in their order, equal ones together; null and what counts for nothing is left out. */
export function weightedValues(items: readonly Weighted[]): Weighted[] {
  const weights = new Map<Value, number>();
  for (const { value, weight } of items)
    if (value !== null && weight > 0) weights.set(value, (weights.get(value) ?? 0) + weight);
  return [...weights].map(([value, weight]) => ({ value, weight })).sort((a, b) => compareValues(a.value, b.value));
}

/** NaN is the greatest number, as the engine has it; texts go by their bytes. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a! < b! ? -1 : a! > b! ? 1 : 0;
}

export const totalWeight = (values: readonly Weighted[]): number => values.reduce((sum, { weight }) => sum + weight, 0);

/**
 * The nearest rank: the least value that, with those below it, makes up the given part of a hundred; null of no values.
 *
 * @example rankAmong([{ value: 10n, weight: 8 }, { value: 20n, weight: 6 }], 75) // 20n
 */
export function rankAmong(values: readonly Weighted[], percentile: number): Value {
  const total = totalWeight(values);
  // The engine's own reckoning (quantile_disc), so that both round alike.
  const rank = Math.max(Math.min(1, total), total - Math.floor(total - total * (percentile / 100)));
  let seen = 0;
  for (const { value, weight } of values) {
    seen += weight;
    if (seen >= rank) return value;
  }
  return values.at(-1)?.value ?? null;
}

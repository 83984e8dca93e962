import { type Budget, type Found, keyOf, spend } from './frequent-patterns.ts';
import { allRows, matching, type PatternRows, rowsWith, shared, sumOf, weightWith } from './pattern-rows.ts';

/** Cells that one call may read: a few seconds, in which nothing else is answered. */
const MAX_WORK = 3_000_000_000;

/** The least part of all rows that a pattern must add to those chosen before it. */
const LEAST_SHARE = 0.05;

interface Scored extends Found {
  readonly score: number;
}

/**
 * The patterns of autocluster: from each of the most common rows, the seeds, values are taken into a pattern while there
 * are any; the best on the way stays. Of all of them those are chosen, best first, that say something of rows that no
 * better one holds.
 *
 * The score is the weighted geometric mean of a pattern's part of the rows and of what its values tell (their bits).
 */
export function seedPatterns(data: PatternRows, seeds: number, sizeWeight: number): Found[] {
  if (data.count === 0) return [];
  const all = allRows(data);
  const total = sumOf(data.weights[0], all);
  const bits = bitsOfValues(data);
  const budget: Budget = { work: MAX_WORK };
  const candidates = new Map<string, Scored>();
  for (const seed of mostCommon(data, bits, seeds)) {
    const best = expanded(data, bits, seed, total, sizeWeight, budget);
    if (best !== undefined) candidates.set(keyOf(best.pattern), best);
  }
  const ranked = [...candidates.values()].sort((a, b) => b.score - a.score);
  return chosen(data, ranked, total, all);
}

/** Rows in the order of their weight; of equal ones first those of common values. */
function mostCommon(data: PatternRows, bits: Bits, count: number): number[] {
  const told = (row: number): number => data.cells.reduce((sum, cells, i) => sum + bits[i]![cells[row]!]!, 0);
  const tells = Float64Array.from(allRows(data), told);
  const weights = data.weights[0]!;
  return Array.from(allRows(data))
    .sort((a, b) => weights[b]! - weights[a]! || tells[a]! - tells[b]! || a - b)
    .slice(0, count);
}

/** For each dimension what each of its values tells: the bits of its part of all rows. */
type Bits = readonly Float64Array[];

function bitsOfValues(data: PatternRows): Bits {
  const weights = data.weights[0]!;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return data.cells.map((cells, i) => {
    const sums = new Float64Array(data.values[i]!.length);
    cells.forEach((value, row) => {
      sums[value]! += weights[row]!;
    });
    return sums.map((sum) => (sum > 0 ? Math.log2(total / sum) : 0));
  });
}

/** The best pattern on the way from no value of a row to all of them, each time the value that scores best. */
function expanded(
  data: PatternRows,
  bits: Bits,
  seed: number,
  total: number,
  sizeWeight: number,
  budget: Budget,
): Scored | undefined {
  const open = new Set(data.cells.keys());
  let rows = allRows(data);
  let told = 0;
  let best: (Scored & { rows: Int32Array }) | undefined;
  while (open.size > 0) {
    spend(budget, rows.length * open.size, 'autocluster');
    let step: { dimension: number; value: number; score: number; told: number } | undefined;
    for (const dimension of open) {
      const value = data.cells[dimension]![seed]!;
      const tells = told + bits[dimension]![value]!;
      const score = (weightWith(data, rows, dimension, value) / total) ** sizeWeight * tells ** (1 - sizeWeight);
      if (step === undefined || score > step.score) step = { dimension, value, score, told: tells };
    }
    rows = rowsWith(data, rows, step!.dimension, step!.value);
    told = step!.told;
    open.delete(step!.dimension);
    if (best === undefined || step!.score > best.score)
      best = { rows, score: step!.score, pattern: new Map(), weights: [sumOf(data.weights[0], rows)] };
  }
  return best && { ...best, pattern: shared(data, best.rows) };
}

/** Of patterns, best first, those that hold enough rows that none before them holds. */
function chosen(data: PatternRows, ranked: readonly Scored[], total: number, all: Int32Array): Found[] {
  const held = new Uint8Array(data.count);
  return ranked.filter(({ pattern, weights: [weight = 0] }) => {
    const rows = matching(data, all, pattern);
    const fresh = sumOf(
      data.weights[0],
      rows.filter((row) => held[row] === 0),
    );
    const adds = fresh >= LEAST_SHARE * total && fresh * 2 >= weight && (weight > 1 || total <= 1);
    if (adds) for (const row of rows) held[row] = 1;
    return adds;
  });
}

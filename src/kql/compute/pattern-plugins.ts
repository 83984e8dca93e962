import type { Value } from '../../values/index.ts';
import type { PlanData } from '../plan/index.ts';
import { type Found, frequentPatterns } from './frequent-patterns.ts';
import type { Operation, Rows } from './operation.ts';
import { allRows, matching, type PatternRows, patternRows, sumOf } from './pattern-rows.ts';
import { seedPatterns } from './seed-patterns.ts';

/** What the mining plugins are told; columns by their place in the input. */
export interface MiningOptions {
  readonly dimensions: readonly number[];
  readonly weight: number | undefined;
  /** For each column of the input what stands where a pattern has no value. */
  readonly wildcards: readonly Value[];
}

/** The options of `autocluster`. */
export interface AutoclusterOptions extends MiningOptions {
  readonly sizeWeight: number;
  readonly seeds: number;
}

/** The options of `basket`. */
export interface BasketOptions extends MiningOptions {
  readonly threshold: number;
  readonly maxDimensions: number;
}

/** The options of `diffpatterns`. */
export interface DiffpatternsOptions extends BasketOptions {
  readonly split: number;
  readonly sets: readonly [string, string];
}

/** Differences that are looked at, largest first, before those that add something are chosen. */
const MAX_CANDIDATES = 1_000;

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);
const countOf = (weight: number): bigint => BigInt(Math.round(weight));

/** A row's weight; what is no number or not above zero counts for nothing. */
const weightOf = (row: readonly Value[], at: number | undefined): number =>
  at === undefined ? 1 : Math.max(0, Number(row[at] ?? 0)) || 0;

/** The input's columns under a pattern: its values, wildcards elsewhere. */
function cellsOf({ pattern }: Found, data: PatternRows, options: MiningOptions): Value[] {
  const cells = [...options.wildcards];
  for (const [dimension, value] of pattern) cells[options.dimensions[dimension]!] = data.values[dimension]![value]!;
  return cells;
}

const simple = (rows: Rows, options: MiningOptions): PatternRows =>
  patternRows(rows.rows, options.dimensions, (row) => [weightOf(row, options.weight)]);

/** Segment, count and percentage of one set of rows. */
function segments(found: readonly Found[], data: PatternRows, options: MiningOptions): Value[][] {
  const total = sumOf(data.weights[0], allRows(data));
  return found.map((item, i) => {
    const [weight = 0] = item.weights;
    return [BigInt(i), countOf(weight), rounded(percent(weight, total), 1), ...cellsOf(item, data, options)];
  });
}

const autocluster: Operation = {
  name: 'autocluster',
  page: 'autocluster-plugin',
  run: ([rows], given) => {
    const options = given as unknown as AutoclusterOptions;
    const data = simple(rows!, options);
    return segments(seedPatterns(data, options.seeds, options.sizeWeight), data, options);
  },
};

/** Often first; of equally many the one that says more. */
const byWeight = (a: Found, b: Found): number => b.weights[0]! - a.weights[0]! || b.pattern.size - a.pattern.size;

const basket: Operation = {
  name: 'basket',
  page: 'basket-plugin',
  run: ([rows], given) => {
    const options = given as unknown as BasketOptions;
    const data = simple(rows!, options);
    const least = options.threshold * sumOf(data.weights[0], allRows(data));
    const found = frequentPatterns(data, {
      what: 'basket',
      isFrequent: ([weight = 0]) => weight >= least && weight > 0,
      maxDimensions: options.maxDimensions,
    });
    return segments(found.sort(byWeight), data, options);
  },
};

/** What part of each set some rows are, and how far these parts are from each other. */
function difference(weights: readonly number[], totals: readonly number[]): { a: number; b: number; both: number } {
  const [a, b] = [percent(weights[0] ?? 0, totals[0] ?? 0), percent(weights[1] ?? 0, totals[1] ?? 0)];
  return { a, b, both: Math.abs(a - b) };
}

const diffpatterns: Operation = {
  name: 'diffpatterns',
  page: 'diffpatterns-plugin',
  run: ([rows], given) => {
    const options = given as unknown as DiffpatternsOptions;
    const data = patternRows(rows!.rows, options.dimensions, (row) => {
      const set = options.sets.indexOf(String(row[options.split]));
      const weight = weightOf(row, options.weight);
      return set < 0 ? undefined : [set === 0 ? weight : 0, set === 1 ? weight : 0];
    });
    const totals = [0, 1].map((measure) => sumOf(data.weights[measure], allRows(data)));
    const least = options.threshold * 100;
    const found = frequentPatterns(data, {
      what: 'diffpatterns',
      isFrequent: (weights) => Math.max(difference(weights, totals).a, difference(weights, totals).b) >= least,
      maxDimensions: options.maxDimensions,
    });
    return differing(found, data, totals, least).map((item, i) => {
      const { a, b, both } = difference(item.weights, totals);
      const counts = item.weights.map(countOf);
      return [BigInt(i), ...counts, ...[a, b, both].map((part) => rounded(part, 2)), ...cellsOf(item, data, options)];
    });
  },
};

/** The largest differences first; one stays where the rows that no larger one holds still differ by so much. */
function differing(found: readonly Found[], data: PatternRows, totals: readonly number[], least: number): Found[] {
  const size = ({ weights }: Found): number => difference(weights, totals).both;
  const candidates = found
    .filter((item) => size(item) >= least)
    .sort((a, b) => size(b) - size(a) || a.pattern.size - b.pattern.size)
    .slice(0, MAX_CANDIDATES);
  const held = new Uint8Array(data.count);
  const all = allRows(data);
  return candidates.filter(({ pattern }) => {
    const rows = matching(data, all, pattern);
    const fresh = rows.filter((row) => held[row] === 0);
    const weights = data.weights.map((measure) => sumOf(measure, fresh));
    const adds = difference(weights, totals).both >= least;
    if (adds) for (const row of rows) held[row] = 1;
    return adds;
  });
}

/** Plugins that find patterns in rows. */
export const patternOperations: readonly Operation[] = [autocluster, basket, diffpatterns];

/** The options as a node carries them. */
export const miningOptions = (options: MiningOptions): PlanData => options as unknown as PlanData;

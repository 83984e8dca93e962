import type { Value } from '../../../values/index.ts';
import { erf } from '../error-function.ts';
import { refuseToEvaluate } from '../refusal.ts';
import type { EvaluateCall, ScalarFunction } from '../row.ts';
import { realArgument, realsToDynamic, type Series, seriesOf, seriesRow } from './series.ts';

/** The range of percentiles inside which a point is ordinary. */
type Fence = readonly [low: number, high: number];

const fences: ReadonlyMap<Value, Fence> = new Map([
  ['ctukey', [10, 90]],
  ['tukey', [25, 75]],
]);

/** The fence of a method by its name, in any case. */
export const fenceOf = (method: Value, name: string): Fence =>
  fences.get(String(method).toLowerCase()) ?? refuseToEvaluate(name, `knows ctukey and tukey, not ${String(method)}`);

/** A percentile of sorted numbers, between two of them on the line. */
function percentile(sorted: readonly number[], percent: number): number {
  const at = ((sorted.length - 1) * percent) / 100;
  const [low, share] = [sorted[Math.floor(at)]!, at % 1];
  return share === 0 ? low : low + (sorted[Math.ceil(at)]! - low) * share;
}

/** Where a normal distribution has so many percent below it. */
function normalPercentile(percent: number): number {
  let [low, high] = [-9, 9];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (50 * (1 + erf(middle / Math.SQRT2)) < percent) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const widthOf = ([low, high]: Fence): number => normalPercentile(high) - normalPercentile(low);

/** From the middle of a normal distribution to its quartiles is Tukey's measure. */
const QUARTILES: Fence = [25, 75];

/**
 * Tukey's test: how far each number lies outside of the fence, above or (negative) below. The unit is the distance
 * between quartiles; by other percentiles it is what that distance would be if the numbers were distributed normally,
 * so that the same score says the same. What is null scores 0 and does not count; nor do the last `testPoints`, which
 * are scored.
 */
export function scoreOutliers(series: Series, fence: Fence, testPoints = 0): number[] {
  const learned = series.slice(0, Math.max(0, series.length - testPoints)).filter((item) => item !== null);
  if (learned.length === 0) return series.map(() => 0);
  const sorted = learned.toSorted((a, b) => a - b);
  const [floor, ceiling] = [percentile(sorted, fence[0]), percentile(sorted, fence[1])];
  const unit = (ceiling - floor) * (widthOf(QUARTILES) / widthOf(fence));
  const outside = (item: number): number => (item > ceiling ? item - ceiling : item < floor ? item - floor : 0);
  return series.map((item) => {
    const distance = item === null ? 0 : outside(item);
    return distance === 0 ? 0 : distance / unit;
  });
}

/** Percentiles that a fence of one's own may have. */
const within = (percent: number | null, name: string): number =>
  percent !== null && percent >= 2 && percent <= 98
    ? percent
    : refuseToEvaluate(name, 'takes percentiles from 2 to 98');

function outliers(args: readonly Value[], call: EvaluateCall): Value {
  const series = seriesOf(args[0]);
  const standard = fenceOf(args[1] ?? 'ctukey', call.name);
  const [low, high] = [3, 4].map((at, i) => within(realArgument(args, call, at, standard[i]!), call.name));
  if (!(low! < high!)) return refuseToEvaluate(call.name, 'takes the smaller percentile first');
  const isCustom = fenceOf('ctukey', call.name) === standard;
  const ignored = realArgument(args, call, 2, Number.NaN);
  const testPoints = realArgument(args, call, 5, 0) ?? 0;
  if (series === undefined) return null;
  const counted = series.map((item) => (item === ignored ? null : item));
  return realsToDynamic(scoreOutliers(counted, isCustom ? [low!, high!] : standard, testPoints));
}

/** Points that lie outside of the others. */
export const outlierFunctions: readonly ScalarFunction[] = [seriesRow('series_outliers', outliers)];

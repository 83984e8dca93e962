import type { Value } from '../../../values/index.ts';
import type { ScalarFunction } from '../row.ts';
import { checkWork, numbersOf, realsToDynamic, seriesRow, sum } from './series.ts';

/** `weights[0] * series[at] + weights[1] * series[at - 1] + …`; outside of the series there is nothing. */
function weigh(series: readonly number[], weights: readonly number[], at: number): number {
  let total = 0;
  const first = Math.max(0, at - series.length + 1);
  const last = Math.min(weights.length - 1, at);
  for (let i = first; i <= last; i++) total += weights[i]! * series[at - i]!;
  return total;
}

/** The weights to filter with; undefined where they cannot be made to sum to 1. */
function normalized(weights: readonly number[], wanted: Value | undefined): readonly number[] | undefined {
  const isMixed = weights.some((weight) => weight < 0);
  if (wanted !== true && (wanted === false || isMixed)) return weights;
  const total = sum(weights);
  return isMixed ? undefined : weights.map((weight) => weight / total);
}

const fir = seriesRow('series_fir', ([value, filter, normalize, center], { name }) => {
  const [series, given] = [numbersOf(value), numbersOf(filter)];
  if (series === undefined || given === undefined || given.length === 0) return null;
  const weights = normalized(given, normalize ?? undefined);
  if (weights === undefined) return null;
  checkWork(name, series.length * weights.length);
  const shift = center === true ? (weights.length - 1) >> 1 : 0;
  return realsToDynamic(series.map((_, i) => weigh(series, weights, i + shift)));
});

const iir = seriesRow('series_iir', ([value, numerators, denominators], { name }) => {
  const [series, b, a] = [numbersOf(value), numbersOf(numerators), numbersOf(denominators)];
  if (series === undefined || b === undefined || a?.[0] === undefined || a[0] === 0) return null;
  checkWork(name, series.length * (a.length + b.length));
  const [lead, ...feedback] = a;
  const output: number[] = [];
  for (const at of series.keys()) output.push((weigh(series, b, at) - weigh(output, feedback, at - 1)) / lead!);
  return realsToDynamic(output);
});

/** Linear filters over a series. */
export const filterFunctions: readonly ScalarFunction[] = [fir, iir];

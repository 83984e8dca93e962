import type { Value } from '../../../values/index.ts';
import type { EvaluateCall, ScalarFunction } from '../row.ts';
import { mean, numbersOf, realArgument, type Series, seriesOf, seriesRow, squaresAbout, sum } from './series.ts';

/** A function of one series that holds nothing but numbers; else null. */
const ofNumbers = (name: string, compute: (numbers: readonly number[]) => Value): ScalarFunction =>
  seriesRow(name, ([value]) => {
    const numbers = numbersOf(value);
    return numbers === undefined ? null : compute(numbers);
  });

/** Two series cut to the length of the shorter; a number on one side stands for as many of it as the other has. */
function cutToSame(args: readonly Value[], call: EvaluateCall): readonly [Series, Series] | undefined {
  const sides = [0, 1].map((at) => {
    if (call.argTypes[at] === 'dynamic') return seriesOf(args[at]);
    const other = args[1 - at];
    const number = realArgument(args, call, at, Number.NaN);
    return Array.isArray(other) ? other.map(() => number) : undefined;
  });
  const [a, b] = sides;
  if (a === undefined || b === undefined) return undefined;
  const length = Math.min(a.length, b.length);
  return length === 0 ? undefined : [a.slice(0, length), b.slice(0, length)];
}

/** Elements that are no numbers are passed over. */
const dot = (a: Series, b: Series): number => sum(a.map((item, i) => (item ?? 0) * (item === null ? 0 : (b[i] ?? 0))));

const magnitude = (series: Series): number => Math.sqrt(dot(series, series));

function pearson(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length || a.length === 0) return null;
  const [meanOfA, meanOfB] = [mean(a), mean(b)];
  const together = sum(a.map((item, i) => (item - meanOfA) * (b[i]! - meanOfB)));
  return together / Math.sqrt(squaresAbout(a, meanOfA) * squaresAbout(b, meanOfB));
}

/** One number of a series or two: sums, products, likeness. */
export const productFunctions: readonly ScalarFunction[] = [
  ofNumbers('series_sum', sum),
  // Unlike a series, an array may hold nulls; of no numbers there is no sum.
  seriesRow('array_sum', ([value]) => {
    const numbers = numbersOf(Array.isArray(value) ? value.filter((item) => item !== null) : value);
    return numbers === undefined || numbers.length === 0 ? null : sum(numbers);
  }),
  ofNumbers('series_product', (numbers) => numbers.reduce((product, item) => product * item, 1)),
  seriesRow('series_magnitude', ([value]) => {
    const series = seriesOf(value);
    return series === undefined || series.length === 0 ? null : magnitude(series);
  }),
  seriesRow('series_dot_product', (args, call) => {
    const sides = cutToSame(args, call);
    return sides === undefined ? null : dot(...sides);
  }),
  seriesRow('series_cosine_similarity', (args, call) => {
    const sides = cutToSame(args, call);
    if (sides === undefined) return null;
    const magnitudes = sides.map((side, i) =>
      args[i + 2] === undefined ? magnitude(side) : realArgument(args, call, i + 2, 1),
    );
    return magnitudes.includes(null) ? null : dot(...sides) / (magnitudes[0]! * magnitudes[1]!);
  }),
  seriesRow('series_pearson_correlation', ([first, second]) => {
    const [a, b] = [numbersOf(first), numbersOf(second)];
    return a === undefined || b === undefined ? null : pearson(a, b);
  }),
];

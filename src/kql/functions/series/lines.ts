import type { Dynamic, Value } from '../../../values/index.ts';
import type { ScalarFunction } from '../row.ts';
import { fitLine, type LineFit, rsquareOf, sampleVariance } from './line-fit.ts';
import { numbersOf, realsToDynamic, seriesRow, squaresAbout } from './series.ts';

/** The members of a result in the order of its columns. */
type Members = readonly (readonly [name: string, value: Dynamic])[];

function oneLine(series: readonly number[]): Members {
  const line = fitLine(series);
  return [
    ['rsquare', line.rsquare],
    ['slope', line.slope],
    ['variance', line.variance],
    ['rvariance', line.rvariance],
    ['interception', line.interception],
    ['line_fit', realsToDynamic(line.fit)],
  ];
}

/** Squares that the best lines through the first 1, 2, 3, … points leave. */
function residuals(series: readonly number[]): number[] {
  const origin = series[0] ?? 0;
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
  return series.map((value, i) => {
    const distance = value - origin;
    x += i;
    y += distance;
    xx += i * i;
    xy += i * distance;
    yy += distance * distance;
    const count = i + 1;
    const [sxx, sxy, syy] = [xx - (x * x) / count, xy - (x * y) / count, yy - (y * y) / count];
    return Math.max(0, sxx === 0 ? syy : syy - (sxy * sxy) / sxx);
  });
}

/** Each of the two lines goes through so many points at least. */
const LEAST_POINTS = 2;

/** The first point of the right line where both together leave the least. */
function bestSplit(series: readonly number[]): number {
  const left = residuals(series);
  const right = residuals(series.toReversed()).toReversed();
  let best = LEAST_POINTS;
  for (let at = LEAST_POINTS; at <= series.length - LEAST_POINTS; at++)
    if (left[at - 1]! + right[at]! < left[best - 1]! + right[best]!) best = at;
  return best;
}

const sideMembers = ({ rsquare, slope, interception, variance, rvariance }: LineFit): Members =>
  Object.entries({ rsquare, slope, interception, variance, rvariance });

function twoLines(series: readonly number[]): { whole: Members; right: Members; left: Members } | undefined {
  if (series.length < 2 * LEAST_POINTS) return undefined;
  const split = bestSplit(series);
  const [left, right] = [fitLine(series.slice(0, split)), fitLine(series.slice(split))];
  const fit = [...left.fit, ...right.fit];
  const total = squaresAbout(series);
  const residual = series.reduce((squares, y, i) => squares + (y - fit[i]!) ** 2, 0);
  const whole: Members = [
    ['rsquare', rsquareOf(residual, total)],
    ['split_idx', BigInt(split)],
    ['variance', sampleVariance(total, series.length)],
    ['rvariance', sampleVariance(residual, series.length)],
    ['line_fit', realsToDynamic(fit)],
  ];
  return { whole, right: sideMembers(right), left: sideMembers(left) };
}

/** A row that fits lines to a series of numbers without gaps; null where that cannot be. */
const fitting = (name: string, fit: (series: readonly number[]) => Value | undefined): ScalarFunction =>
  seriesRow(name, ([value]) => {
    const series = numbersOf(value);
    return series === undefined || series.length === 0 ? null : (fit(series) ?? null);
  });

const valuesOf = (members: Members): Dynamic[] => members.map(([, value]) => value);

/** Straight lines through a series, as columns and as a bag. */
export const lineFunctions: readonly ScalarFunction[] = [
  fitting('series_fit_line', (series) => valuesOf(oneLine(series))),
  fitting('series_fit_line_dynamic', (series) => new Map(oneLine(series))),
  fitting('series_fit_2lines', (series) => {
    const lines = twoLines(series);
    return lines === undefined ? undefined : valuesOf([...lines.whole, ...lines.right, ...lines.left]);
  }),
  fitting('series_fit_2lines_dynamic', (series) => {
    const lines = twoLines(series);
    if (lines === undefined) return undefined;
    const { whole, right, left } = lines;
    return new Map<string, Dynamic>([...whole, ['right', new Map(right)], ['left', new Map(left)]]);
  }),
];

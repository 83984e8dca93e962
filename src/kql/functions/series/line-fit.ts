import { squaresAbout, sum } from './series.ts';

/** The straight line that fits a series best, x = 1, 2, 3, … */
export interface LineFit {
  readonly rsquare: number;
  readonly slope: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly interception: number;
  readonly fit: readonly number[];
}

/** Squares over one less than their number; nothing varies in a single point. */
export const sampleVariance = (squares: number, count: number): number => (count < 2 ? 0 : squares / (count - 1));

/** How much of the variance a fit explains; all of none. */
export const rsquareOf = (residual: number, total: number): number => (total === 0 ? 1 : 1 - residual / total);

/** Least squares of a series of at least one point. */
export function fitLine(series: readonly number[]): LineFit {
  const count = series.length;
  const [centre, level] = [(count + 1) / 2, sum(series) / count];
  const spread = (count * (count * count - 1)) / 12;
  const together = sum(series.map((y, i) => (i + 1 - centre) * (y - level)));
  const slope = count < 2 ? 0 : together / spread;
  const interception = level - slope * centre;
  const fit = series.map((_, i) => slope * (i + 1) + interception);
  const total = squaresAbout(series, level);
  const residual = sum(series.map((y, i) => (y - fit[i]!) ** 2));
  return {
    rsquare: rsquareOf(residual, total),
    slope,
    variance: sampleVariance(total, count),
    rvariance: sampleVariance(residual, count),
    interception,
    fit,
  };
}

import { inverse, padded, transform } from './fourier.ts';
import { mean } from './series.ts';

/** A period in bins and how sure it is, from 0 to 1. */
export interface Period {
  readonly period: number;
  readonly score: number;
}

/** A shorter period cannot be told from noise. */
const SHORTEST = 4;

/** A peak of the spectrum stands so many times above its mean. */
const PEAK = 3;

/** How much a series is like itself so many bins later, from -1 to 1, by the usual estimates. */
interface Likeness {
  /** Between the estimate with bias and the one without: the overlap counts with the root of its share. */
  readonly careful: (lag: number) => number;
  /** Without bias: the mean over the overlap, however short. */
  readonly plain: (lag: number) => number;
}

/** Autocorrelation, all lags in one go. */
function autocorrelation(series: readonly number[]): Likeness {
  const { length } = series;
  const level = mean(series);
  const size = 2 ** Math.ceil(Math.log2(2 * length));
  const spectrum = transform(
    padded(
      series.map((item) => item - level),
      size,
    ),
  );
  const power = spectrum.real.map((re, i) => re * re + spectrum.imag[i]! ** 2);
  const products = inverse({ real: power, imag: new Float64Array(size) }).real;
  const squares = products[0]!;
  const share = (lag: number): number => (length - lag) / length;
  const biased = (lag: number): number => (lag >= length || squares <= 0 ? 0 : products[lag]! / squares);
  return {
    careful: (lag) => (lag >= length ? 0 : biased(lag) / Math.sqrt(share(lag))),
    plain: (lag) => (lag >= length ? 0 : biased(lag) / share(lag)),
  };
}

/**
 * Likeness after a period: the careful estimate, or the plain one where it is found again after two periods. 0 where it
 * may be chance, or the period is too short or too long to tell.
 */
function score({ careful, plain }: Likeness, period: number, length: number): number {
  if (!(period >= SHORTEST && period <= length / 2)) return 0;
  const lag = Math.round(period);
  const found = Math.min(1, Math.max(careful(lag), Math.min(plain(lag), plain(2 * lag))));
  return found > 1.96 / Math.sqrt(length) ? found : 0;
}

/** The scores of given periods. */
export function scorePeriods(series: readonly number[], periods: readonly number[]): Period[] {
  const likeness = autocorrelation(series);
  return periods.map((period) => ({ period, score: score(likeness, period, series.length) }));
}

/** Where the power spectrum has its peaks: frequencies in waves over the whole series. */
function spectralPeaks(series: readonly number[]): number[] {
  const level = mean(series);
  const { real, imag } = transform(padded(series.map((item) => item - level)));
  const half = Array.from({ length: series.length >> 1 }, (_, k) => real[k]! ** 2 + imag[k]! ** 2);
  const bar = PEAK * mean(half);
  return [...half.keys()].filter(
    (k) => k > 0 && half[k]! > bar && half[k]! >= half[k - 1]! && half[k]! >= (half[k + 1] ?? 0),
  );
}

/**
 * The periods of a series, the surest first: peaks of the power spectrum say about where, the peak of the
 * autocorrelation there says which, and how sure.
 */
export function detectPeriods(series: readonly number[], least: number, greatest: number): Period[] {
  const { length } = series;
  const likeness = autocorrelation(series);
  const [from, to] = [Math.max(SHORTEST, least), Math.min(greatest, (length - 1) / 2)];
  const periods = new Set<number>();
  for (const waves of spectralPeaks(series)) {
    const lags = wholeNumbers(Math.max(from, length / (waves + 1)), Math.min(to, length / Math.max(waves - 1, 0.5)));
    if (lags.length === 0) continue;
    const best = lags.reduce((a, b) => (likeness.careful(b) > likeness.careful(a) ? b : a));
    if (isHill(likeness, best)) periods.add(best);
  }
  return [...periods]
    .map((period) => ({ period, score: score(likeness, period, length) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || a.period - b.period);
}

/** A period is a top: half a period before and after it, and right beside it, the series is less like itself. */
function isHill({ careful }: Likeness, period: number): boolean {
  const half = period >> 1;
  return [period - half, period - 1, period + 1, period + half].every((lag) => careful(lag) <= careful(period));
}

const wholeNumbers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, Math.floor(to) - Math.ceil(from) + 1) }, (_, i) => Math.ceil(from) + i);

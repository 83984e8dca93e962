import { refuseToEvaluate } from '../refusal.ts';
import { fitLine } from './line-fit.ts';
import { detectPeriods } from './period-search.ts';
import { mean } from './series.ts';

/** How a series is taken apart. */
export interface Model {
  /** Bins of a period; 0 for none, -1 where it is to be found. */
  readonly period: number;
  readonly trend: string;
  /** So many points at the end are not learned from. */
  readonly testPoints: number;
  /** A period that is found must be as sure. */
  readonly threshold: number;
}

/** A series taken apart: `baseline` is `seasonal` + `trend`, `residual` what is left. */
export interface Parts {
  readonly baseline: number[];
  readonly seasonal: number[];
  readonly trend: number[];
  readonly residual: number[];
}

/** The trend over so many points that is learned from the first of them. */
const trends: Readonly<Record<string, (learned: readonly number[], length: number) => number[]>> = {
  none: (_, length) => new Array<number>(length).fill(0),
  avg: (learned, length) => new Array<number>(length).fill(mean(learned)),
  linefit: (learned, length) => {
    const { slope, interception } = fitLine(learned);
    return Array.from({ length }, (_, i) => slope * (i + 1) + interception);
  },
};

function median(numbers: readonly number[]): number {
  const sorted = Float64Array.from(numbers).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The period to go by: the given one, or the surest that is found; 0 for none. */
const periodOf = (learned: readonly number[], { period, threshold }: Model): number => {
  if (period !== -1) return period;
  const [surest] = detectPeriods(learned, 0, learned.length);
  return surest !== undefined && surest.score >= threshold ? surest.period : 0;
};

/** The median of the points of each phase, over the whole series; zeros where there is no period. */
export function seasonalOf(series: readonly number[], model: Model): number[] {
  const learned = series.slice(0, Math.max(0, series.length - model.testPoints));
  const period = learned.length === 0 ? 0 : periodOf(learned, model);
  if (period < 1 || period > learned.length) return series.map(() => 0);
  const phases: number[][] = Array.from({ length: period }, () => []);
  learned.forEach((item, i) => {
    phases[i % period]!.push(item);
  });
  const medians = phases.map(median);
  return series.map((_, i) => medians[i % period]!);
}

/** Takes a series apart: the season first, then the trend of what is left. Undefined where nothing can be learned. */
export function decompose(series: readonly number[], model: Model, name: string): Parts | undefined {
  const learn = Object.hasOwn(trends, model.trend) ? trends[model.trend] : undefined;
  if (learn === undefined) return refuseToEvaluate(name, `knows the trends avg, linefit and none, not ${model.trend}`);
  const seasonal = seasonalOf(series, model);
  const learned = series.slice(0, Math.max(0, series.length - model.testPoints));
  if (learned.length === 0) return undefined;
  const trend = learn(
    learned.map((item, i) => item - seasonal[i]!),
    series.length,
  );
  const baseline = seasonal.map((item, i) => item + trend[i]!);
  return { baseline, seasonal, trend, residual: series.map((item, i) => item - baseline[i]!) };
}

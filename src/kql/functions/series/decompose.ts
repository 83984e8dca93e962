import type { Value } from '../../../values/index.ts';
import { refuseToEvaluate } from '../refusal.ts';
import type { EvaluateCall, ScalarFunction } from '../row.ts';
import { decompose, type Model, type Parts, seasonalOf } from './decomposition.ts';
import { fenceOf, scoreOutliers } from './outliers.ts';
import { numbersOf, realArgument, realsToDynamic, seriesRow } from './series.ts';

/** Where a function has the arguments of its model; a missing one has the usual value. */
interface Positions {
  readonly period: number;
  readonly trend?: number;
  readonly testPoints: number;
  readonly threshold?: number;
}

const THRESHOLD = 0.6;
/** `series_seasonal` is stricter. */
const SEASONAL_THRESHOLD = 0.7;
/** The score from which a point is an anomaly. */
const ANOMALY = 1.5;

function modelOf(args: readonly Value[], call: EvaluateCall, at: Positions, sure = THRESHOLD): Model {
  const number = (position: number | undefined, otherwise: number): number =>
    (position === undefined ? otherwise : realArgument(args, call, position, otherwise)) ?? otherwise;
  const [period, testPoints] = [number(at.period, -1), number(at.testPoints, 0)];
  if (testPoints < 0) return refuseToEvaluate(call.name, 'takes a number of test points from 0 up');
  const trend = String((at.trend === undefined ? undefined : args[at.trend]) ?? 'avg').toLowerCase();
  return { period, trend, testPoints, threshold: number(at.threshold, sure) };
}

function partsOf(args: readonly Value[], call: EvaluateCall, at: Positions): Parts | undefined {
  const model = modelOf(args, call, at);
  if (model.period < -1) return refuseToEvaluate(call.name, 'takes a period from 1 up, 0 for none, or -1 to find one');
  const series = numbersOf(args[0]);
  return series === undefined || series.length === 0 ? undefined : decompose(series, model, call.name);
}

/** The four columns of a decomposition. */
const decomposing = (name: string, at: Positions): ScalarFunction =>
  seriesRow(name, (args, call) => {
    const parts = partsOf(args, call, at);
    if (parts === undefined) return null;
    return [parts.baseline, parts.seasonal, parts.trend, parts.residual].map(realsToDynamic);
  });

const ANOMALIES: Positions = { period: 2, trend: 3, testPoints: 4, threshold: 6 };

function anomalies(args: readonly Value[], call: EvaluateCall): Value {
  const fence = fenceOf(args[5] ?? 'ctukey', call.name);
  const bar = realArgument(args, call, 1, ANOMALY);
  const parts = partsOf(args, call, ANOMALIES);
  if (parts === undefined || bar === null) return null;
  const scores = scoreOutliers(parts.residual, fence, modelOf(args, call, ANOMALIES).testPoints);
  const flags = scores.map((score) => (score > bar ? 1n : score < -bar ? -1n : 0n));
  return [flags, realsToDynamic(scores), realsToDynamic(parts.baseline)];
}

/** A series taken apart into season, trend and the rest, and what follows from that. */
export const decomposeFunctions: readonly ScalarFunction[] = [
  decomposing('series_decompose', { period: 1, trend: 2, testPoints: 3, threshold: 4 }),
  decomposing('series_decompose_forecast', { testPoints: 1, period: 2, trend: 3, threshold: 4 }),
  seriesRow('series_decompose_anomalies', anomalies),
  seriesRow('series_seasonal', (args, call) => {
    const model = modelOf(args, call, { period: 1, testPoints: 2 }, SEASONAL_THRESHOLD);
    const series = numbersOf(args[0]);
    return series === undefined ? null : realsToDynamic(seasonalOf(series, model));
  }),
];

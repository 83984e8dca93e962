import type { Value } from '../../../values/index.ts';
import { refuseToEvaluate } from '../refusal.ts';
import type { EvaluateCall, ScalarFunction } from '../row.ts';
import { detectPeriods, type Period, scorePeriods } from './period-search.ts';
import { numbersOf, realArgument, realsToDynamic, seriesRow } from './series.ts';

/** As many as may be asked for. */
const MAX_PERIODS = 1_000;

/** Both columns of a result: periods, scores. */
const columns = (periods: readonly Period[]): Value => [
  realsToDynamic(periods.map(({ period }) => period)),
  realsToDynamic(periods.map(({ score }) => score)),
];

function detect(args: readonly Value[], call: EvaluateCall): Value {
  const series = numbersOf(args[0]);
  const [least, greatest, count] = [1, 2, 3].map((at) => realArgument(args, call, at, 0));
  if (series === undefined || series.length === 0 || least == null || greatest == null || count == null) return null;
  if (count < 0 || count > MAX_PERIODS) return refuseToEvaluate(call.name, `finds from 0 to ${MAX_PERIODS} periods`);
  const found = detectPeriods(series, least, greatest);
  return columns(Array.from({ length: count }, (_, i) => found[i] ?? { period: 0, score: 0 }));
}

function validate(args: readonly Value[], call: EvaluateCall): Value {
  const series = numbersOf(args[0]);
  const periods = args.slice(1).map((_, i) => realArgument(args, call, i + 1, 0));
  if (series === undefined || series.length === 0 || periods.includes(null)) return null;
  return columns(scorePeriods(series, periods as number[]));
}

/** Periods of a series, found and checked. */
export const periodFunctions: readonly ScalarFunction[] = [
  seriesRow('series_periods_detect', detect),
  seriesRow('series_periods_validate', validate),
];

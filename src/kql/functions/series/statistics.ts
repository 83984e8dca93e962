import type { Dynamic, Value } from '../../../values/index.ts';
import type { ScalarFunction } from '../row.ts';
import { mean, seriesOf, seriesRow, squaresAbout, sum } from './series.ts';

/** The statistics of a series by name, the seven of `series_stats` first; undefined where a gap forbids them. */
function statisticsOf(value: Value | undefined, ignoresGaps: boolean): Map<string, Dynamic> | undefined {
  const series = seriesOf(value) ?? [];
  const finite = series.filter((item): item is number => Number.isFinite(item));
  if (finite.length === 0 || (finite.length < series.length && !ignoresGaps)) return undefined;
  const least = finite.reduce((a, b) => Math.min(a, b));
  const greatest = finite.reduce((a, b) => Math.max(a, b));
  const variance = finite.length === 1 ? 0 : squaresAbout(finite) / (finite.length - 1);
  return new Map<string, Dynamic>([
    ['min', least],
    ['min_idx', BigInt(series.indexOf(least))],
    ['max', greatest],
    ['max_idx', BigInt(series.indexOf(greatest))],
    ['avg', mean(finite)],
    ['stdev', Math.sqrt(variance)],
    ['variance', variance],
    ['sum', sum(finite)],
    ['len', BigInt(series.length)],
  ]);
}

const TUPLE = 7;

/** Statistics of a series, as columns and as a bag. */
export const statisticsFunctions: readonly ScalarFunction[] = [
  seriesRow('series_stats', ([value, ignoresGaps]) => {
    const statistics = statisticsOf(value, ignoresGaps === true);
    return statistics === undefined ? null : [...statistics.values()].slice(0, TUPLE);
  }),
  seriesRow('series_stats_dynamic', ([value, ignoresGaps]) => statisticsOf(value, ignoresGaps === true) ?? null),
];

import type { ChartColumns } from './chart-columns.ts';
import type { ChartData } from './chart-data.ts';

/** From and until, in milliseconds since 1970. */
export type Span = readonly [from: number, until: number];

/** Fewer places on the axis say nothing of how it is binned. */
const FEWEST = 3;

/**
 * A stretch of time that was marked by hand, widened to the bins of the chart: what is marked of `bin(Timestamp, 1d)` is
 * whole days. A bin begins at its place on the axis; the column of a bin stands around that place, a line goes on from it.
 * Where places are not regular, the milliseconds that the hand missed are all that is added.
 *
 * @example snapped([25 * HOUR, 40 * HOUR], { data: perDay, kind: 'timechart' }) // [24 * HOUR, 48 * HOUR]
 */
export function snapped(
  [from, until]: Span,
  { data, kind }: { readonly data: Pick<ChartData, 'series'>; readonly kind: ChartColumns['kind'] },
): Span {
  const bins = binsOf(data);
  if (!bins) return [Math.floor(from), Math.ceil(until)];
  const placeOf = (time: number) => (time - bins.first) / bins.step;
  const [first, last] =
    kind === 'columnchart'
      ? [Math.round(placeOf(from)), Math.round(placeOf(until)) + 1]
      : [Math.floor(placeOf(from)), Math.ceil(placeOf(until))];
  return [bins.first + first * bins.step, bins.first + Math.max(last, first + 1) * bins.step];
}

/** Where the bins of a chart begin, and how long they are; undefined where its places are not regular. */
function binsOf({ series }: Pick<ChartData, 'series'>): { readonly first: number; readonly step: number } | undefined {
  const places = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const [first] = places;
  if (first === undefined || places.length < FEWEST) return undefined;
  const step = places.reduce((least, x, i) => (i === 0 ? least : Math.min(least, x - places[i - 1]!)), Infinity);
  return places.every((x) => (x - first) % step === 0) ? { first, step } : undefined;
}

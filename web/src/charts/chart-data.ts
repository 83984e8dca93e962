import type { Cell, Column } from '../grid/contract.ts';
import { type KqlType, shownText } from '../grid/values/cell-text.ts';
import { visibleText } from '../grid/values/hidden-characters.ts';
import { timespanTicks } from '../grid/values/order-key.ts';
import type { ChartColumns } from './chart-columns.ts';
import type { Render } from './visualization.ts';

/** How the x axis is scaled: `time` in milliseconds since 1970, `number`, or `category` by the places of names. */
export type XScale = 'time' | 'number' | 'category';

export type Point = readonly [x: number, y: number | null];

export interface ChartSeries {
  readonly name: string;
  /** The values of the series columns. */
  readonly own: string;
  /** The y column's name. */
  readonly measure: string;
  readonly points: readonly Point[];
}

export interface ChartData {
  readonly scale: XScale;
  /** Names of the places of a `category` axis. */
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** What was left out, in words. */
  readonly notes: readonly string[];
}

interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly order: Iterable<number>;
}

/** What a chart takes at most; what is left out is said. */
export const MOST_SERIES = 50;
export const MOST_POINTS = 200_000;
export const MOST_CATEGORIES = 300;
/** Of a pie, whose small slices are put together: shares need all of them. */
const MOST_SLICES_READ = 20_000;
/** Axes and panels at most, as Kusto has it. */
export const MOST_PANELS = 5;

/** Kinds whose x axis always names things, and the one whose columns stand on a time axis. */
const NAMING: ReadonlySet<string> = new Set(['barchart', 'piechart', 'treemap']);

/** The points of a chart, a series for each combination of a y column and the series columns' values. */
export function chartData(table: Table, columns: ChartColumns, render: Partial<Render> = {}): ChartData {
  const gathered = gather(table, columns);
  const notes = [...gathered.notes];
  const kept = [...gathered.series.values()].map((one) => ({
    ...one,
    points: inOrder(one.points, gathered.scale, ADDING.has(columns.kind), notes),
  }));
  const series = largest(kept, notes).map((one) => (render.accumulate ? { ...one, points: running(one.points) } : one));
  notes.push(...leftOut(columns, render, kept.length, series));
  return { scale: gathered.scale, categories: gathered.categories, series, notes: [...new Set(notes)] };
}

/** What a chart of this kind has no place for. */
function leftOut(
  { kind, anomalies }: ChartColumns,
  render: Partial<Render>,
  count: number,
  series: readonly ChartSeries[],
): string[] {
  const some = (fits: (y: number) => boolean) =>
    series.some(({ points }) => points.some(([, y]) => y !== null && fits(y)));
  const rules: readonly (readonly [holds: boolean, note: string])[] = [
    [kind === 'anomalychart' && anomalies.length === 0, 'No point is marked: render names no anomalycolumns.'],
    [(kind === 'piechart' || kind === 'treemap') && some((y) => y < 0), 'Values below 0 have no place in this chart.'],
    [render.yLog === true && some((y) => y <= 0), 'Values of 0 and below have no place on a log axis.'],
    [render.variant === 'stacked100' && count > series.length, 'Shares are of the series drawn.'],
    [
      (render.ySplit ?? 'none') !== 'none' && series.length > MOST_PANELS,
      `The first ${MOST_PANELS} series are drawn, as ysplit has it.`,
    ],
  ];
  return rules.filter(([holds]) => holds).map(([, note]) => note);
}

/** Kinds that have one mark for each x and series: values that meet there are added up. */
const ADDING: ReadonlySet<string> = new Set(['barchart', 'columnchart', 'piechart', 'treemap', 'stackedareachart']);

interface Gathered {
  readonly scale: XScale;
  readonly categories: string[];
  readonly series: Map<string, ChartSeries & { readonly points: Point[] }>;
  readonly notes: string[];
}

function gather(table: Table, { kind, x, ys, series, anomalies }: ChartColumns): Gathered {
  const scale = scaleOf(table, kind, x);
  const out: Gathered = { scale, categories: [], series: new Map(), notes: [] };
  const most = kind === 'piechart' ? MOST_SLICES_READ : MOST_CATEGORIES;
  const placeOfCategory = new Map<string, number>();
  let points = 0;
  const xOf = (cell: Cell): number | undefined => {
    if (scale === 'time') return timeOf(cell);
    if (scale === 'number') return numberOf(cell, table.columns[x]!.type) ?? undefined;
    const name = nameOf(cell, table.columns[x]!.type);
    const known = placeOfCategory.get(name);
    if (known !== undefined) return known;
    if (placeOfCategory.size >= most) {
      out.notes.push(`Only the first ${most} of the names on the axis are drawn.`);
      return undefined;
    }
    placeOfCategory.set(name, placeOfCategory.size);
    out.categories.push(name);
    return placeOfCategory.size - 1;
  };
  for (const number of table.order) {
    const row = table.rows[number]!;
    const own = series.map((place) => nameOf(row[place], table.columns[place]!.type)).join(', ');
    for (const y of [...ys, ...anomalies]) {
      if (points >= MOST_POINTS) {
        out.notes.push(`Only the first ${MOST_POINTS.toLocaleString('en')} points are drawn.`);
        return out;
      }
      const { name: measure, type } = table.columns[y]!;
      const name = series.length === 0 ? measure : ys.length > 1 || anomalies.includes(y) ? `${own}: ${measure}` : own;
      const line = lineOf(out.series, { name, own, measure });
      const added = pairs(row[x], row[y]).map(([at, value]): Point | undefined => {
        const place = xOf(at);
        return place === undefined ? undefined : [place, numberOf(value, type)];
      });
      for (const point of added) if (point) line.push(point);
      points += added.length;
    }
  }
  return out;
}

function lineOf(all: Gathered['series'], { name, own, measure }: Omit<ChartSeries, 'points'>): Point[] {
  const key = `${own}\0${measure}`;
  const known = all.get(key);
  if (known) return known.points;
  const points: Point[] = [];
  all.set(key, { name: visibleText(name), own, measure, points });
  return points;
}

/** One pair, or where x is an array the pairs of its elements with those of y. */
function pairs(x: Cell, y: Cell): (readonly [Cell, Cell])[] {
  if (!Array.isArray(x)) return [[x, y]];
  return x.map((at, i) => [at, Array.isArray(y) ? y[i] : y] as const);
}

function scaleOf({ columns, rows }: Table, kind: string, x: number): XScale {
  const { type } = columns[x]!;
  if (NAMING.has(kind)) return 'category';
  const first = type === 'dynamic' ? rows.find((row) => Array.isArray(row[x]))?.[x] : undefined;
  const sample = Array.isArray(first) ? first.find((item) => item !== null) : undefined;
  if (type === 'datetime' || (typeof sample === 'string' && timeOf(sample) !== undefined)) return 'time';
  if (kind === 'columnchart') return 'category';
  return typeof sample === 'number' || ['int', 'long', 'real', 'decimal', 'timespan'].includes(type)
    ? 'number'
    : 'category';
}

const timeOf = (cell: Cell): number | undefined => {
  const ms = typeof cell === 'string' ? Date.parse(cell) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
};

/** A number to draw; a timespan in seconds. Null where there is none: a gap. */
function numberOf(cell: Cell, type: KqlType): number | null {
  if (cell === null || cell === undefined || cell === '') return null;
  if (type === 'datetime') return timeOf(cell) ?? null;
  if (type === 'timespan') return Number(timespanTicks(String(cell)) ?? Number.NaN) / 1e7;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

const nameOf = (cell: Cell, type: KqlType): string =>
  cell === null || cell === undefined ? 'null' : visibleText(shownText(cell, type)).slice(0, 200) || '(empty)';

/** By x where it has an order. Points that meet at one x are added up where there is one mark for them. */
function inOrder(points: readonly Point[], scale: XScale, adding: boolean, notes: string[]): readonly Point[] {
  const sorted = scale === 'category' ? points : points.toSorted(([a], [b]) => a - b);
  if (!adding) return sorted;
  const sums = new Map<number, number | null>();
  for (const [x, y] of sorted) {
    const before = sums.get(x);
    if (before !== undefined && y !== null) notes.push('Rows of the same name and series were added up.');
    sums.set(x, before === undefined || before === null ? y : before + (y ?? 0));
  }
  return [...sums];
}

/** The series with the greatest sums, in their order, where there are too many. */
function largest(series: readonly ChartSeries[], notes: string[]): readonly ChartSeries[] {
  if (series.length <= MOST_SERIES) return series;
  notes.push(`The ${MOST_SERIES} largest of ${series.length.toLocaleString('en')} series are drawn.`);
  const sized = series.map((one) => ({ one, size: one.points.reduce((sum, [, y]) => sum + Math.abs(y ?? 0), 0) }));
  const least = sized.map(({ size }) => size).sort((a, b) => b - a)[MOST_SERIES - 1]!;
  return sized
    .filter(({ size }) => size >= least)
    .slice(0, MOST_SERIES)
    .map(({ one }) => one);
}

function running(points: readonly Point[]): readonly Point[] {
  let sum = 0;
  return points.map(([x, y]) => {
    sum += y ?? 0;
    return [x, sum];
  });
}

/** Every series at every x, for what stands one on the other: what is missing counts as nothing. */
export function aligned(series: readonly ChartSeries[]): ChartSeries[] {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  return series.map((one) => {
    const values = new Map(one.points);
    return { ...one, points: xs.map((x) => [x, values.get(x) ?? 0] as const) };
  });
}

/** Aligned series as shares of their sum at each x, in percent. */
export function asShares(series: readonly ChartSeries[]): ChartSeries[] {
  const whole = aligned(series);
  const sums =
    whole[0]?.points.map((_, i) => whole.reduce((sum, { points }) => sum + Math.abs(points[i]![1] ?? 0), 0)) ?? [];
  return whole.map((one) => ({
    ...one,
    points: one.points.map(([x, y], i) => [x, sums[i] ? ((y ?? 0) / sums[i]) * 100 : 0] as const),
  }));
}

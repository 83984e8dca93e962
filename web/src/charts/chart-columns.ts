import type { Cell, Column } from '../grid/contract.ts';
import { isNumeric, type KqlType } from '../grid/values/cell-text.ts';
import { type ChartKind, isChartKind, type Render } from './visualization.ts';

/** Which columns a chart is made of, by their places in the table. */
export interface ChartColumns {
  readonly kind: ChartKind;
  readonly x: number;
  /** Columns of measures; of a ladder, where a bar ends. */
  readonly ys: readonly number[];
  /** Columns whose values together name a series. */
  readonly series: readonly number[];
  /** Columns of an anomaly chart that say where its anomalies are. */
  readonly anomalies: readonly number[];
}

/** Why a result is not drawn. */
export interface Refusal {
  readonly refused: string;
}

/** What a person chose by hand in place of what `render` says. */
export interface ByHand {
  readonly kind?: ChartKind;
  readonly x?: number;
  readonly ys?: readonly number[];
  readonly series?: readonly number[];
}

interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

type Fits = (type: KqlType) => boolean;

const isTime: Fits = (type) => type === 'datetime';
const isOrdered: Fits = (type) => isTime(type) || isNumeric(type) || type === 'timespan';

/** Kinds whose x axis has an order; the others name things with their first column. */
const ORDERED: ReadonlySet<ChartKind> = new Set(['linechart', 'areachart', 'stackedareachart', 'scatterchart']);
const ONE_MEASURE: ReadonlySet<ChartKind> = new Set(['piechart', 'treemap']);
const ON_TIME: ReadonlySet<ChartKind> = new Set(['timechart', 'anomalychart', 'timepivot']);

/**
 * Decides which columns are x, series and y as Kusto's clients do: what `render` or a person names, else the first that
 * suits the kind, the numbers that are left, and the first text that is left.
 *
 * @see https://learn.microsoft.com/kusto/query/render-operator
 */
export function chartColumns(table: Table, render: Render, byHand: ByHand = {}): ChartColumns | Refusal {
  const kind = byHand.kind ?? render.kind;
  if (!isChartKind(kind)) return { refused: `“${kind}” is not drawn here. The rows are in the table.` };
  if (render.variant === 'map' && !byHand.kind)
    return { refused: 'Maps are not drawn: the page asks no other host for one.' };
  if (table.columns.length === 0) return { refused: 'There are no columns.' };
  const types = table.columns.map((column, place) => kindOfColumn(column.type, table.rows, place));
  const missing = [render.xColumn, ...render.yColumns, ...render.series].find(
    (name) => name !== undefined && placeOf(table.columns, name) < 0,
  );
  if (missing !== undefined) return { refused: `There is no column “${missing}”, which render names.` };
  if (kind === 'card') return { kind, x: 0, ys: [], series: [], anomalies: [] };
  if (kind === 'ladderchart') return ladder(types, render, table.columns, byHand);
  return plain(kind, types, table.columns, render, byHand);
}

/** The type of a column's values, or of the elements of its arrays, as `make-series` gives them. */
function kindOfColumn(type: KqlType, rows: Table['rows'], place: number): KqlType {
  if (type !== 'dynamic') return type;
  const first = rows.find((row) => Array.isArray(row[place]) && (row[place] as unknown[]).length > 0)?.[place];
  const element = Array.isArray(first) ? first.find((item) => item !== null) : undefined;
  if (typeof element === 'number') return 'real';
  return typeof element === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{5,16}Z$/.test(element) ? 'datetime' : 'dynamic';
}

const placeOf = (columns: readonly Column[], name: string): number =>
  columns.findIndex((column) => column.name === name);

const placesOf = (columns: readonly Column[], names: readonly string[]): number[] =>
  names.map((name) => placeOf(columns, name)).filter((place) => place >= 0);

function plain(
  kind: ChartKind,
  types: readonly KqlType[],
  columns: readonly Column[],
  render: Render,
  byHand: ByHand,
): ChartColumns | Refusal {
  const given = {
    ys: byHand.ys ?? placesOf(columns, render.yColumns),
    series: byHand.series ?? placesOf(columns, render.series),
    anomalies: kind === 'anomalychart' ? placesOf(columns, render.anomalyColumns) : [],
  };
  const taken = new Set([...given.ys, ...given.series, ...given.anomalies]);
  const x =
    byHand.x ?? (render.xColumn === undefined ? firstFor(kind, types, taken) : placeOf(columns, render.xColumn));
  if (x < 0)
    return {
      refused: ON_TIME.has(kind)
        ? `A ${kind} needs a column of type datetime.`
        : `A ${kind} needs a column for its x axis.`,
    };
  if (ON_TIME.has(kind) && !isTime(types[x]!))
    return { refused: `A ${kind} needs a datetime: “${columns[x]!.name}” is ${columns[x]!.type}.` };
  const left = [...types.keys()].filter((place) => place !== x && !taken.has(place));
  const numbers = left.filter((place) => isNumeric(types[place]!));
  const spans = left.filter((place) => types[place] === 'timespan');
  const ys = given.ys.length > 0 ? given.ys : numbers.length > 0 ? numbers : spans;
  if (ys.length === 0 && kind !== 'timepivot')
    return { refused: `A ${kind} needs a column of numbers beside “${columns[x]!.name}”.` };
  const words = left.filter(
    (place) =>
      !isNumeric(types[place]!) && !isOrdered(types[place]!) && !ys.includes(place) && types[place] !== 'dynamic',
  );
  const series = byHand.series || given.series.length > 0 ? given.series : seriesFor(kind, words);
  return {
    kind,
    x,
    ys: kind === 'timepivot' ? [x] : ONE_MEASURE.has(kind) ? ys.slice(0, 1) : ys,
    series,
    anomalies: given.anomalies,
  };
}

/** A slice of a pie is named by x alone. */
const seriesFor = (kind: ChartKind, words: readonly number[]): readonly number[] => {
  if (kind === 'piechart') return [];
  return kind === 'treemap' ? words : words.slice(0, 1);
};

function firstFor(kind: ChartKind, types: readonly KqlType[], taken: ReadonlySet<number>): number {
  const first = (fits: Fits) => types.findIndex((type, place) => !taken.has(place) && fits(type));
  if (ON_TIME.has(kind)) return first(isTime);
  if (!ORDERED.has(kind)) {
    const place = first((type) => type !== 'dynamic');
    return place < 0 ? first(() => true) : place;
  }
  const [time, ordered, named] = [
    first(isTime),
    first(isOrdered),
    first((type) => !isNumeric(type) && type !== 'dynamic'),
  ];
  const candidates = kind === 'scatterchart' ? [ordered, time, named] : [time, ordered, named];
  const leavesNumbers = (x: number) => types.some((type, place) => place !== x && !taken.has(place) && isNumeric(type));
  return candidates.find((x) => x >= 0 && (taken.size > 0 || leavesNumbers(x))) ?? first(isOrdered);
}

/** The last two columns are where a bar begins and ends, the others name it. */
function ladder(
  types: readonly KqlType[],
  render: Render,
  columns: readonly Column[],
  byHand: ByHand,
): ChartColumns | Refusal {
  const ends = [...types.keys()].slice(-2);
  const [from = -1, until = -1] = ends;
  if (ends.length < 2 || !isOrdered(types[from]!) || types[from] !== types[until])
    return {
      refused: 'A ladderchart needs two columns of the same kind at the end: where a bar begins and where it ends.',
    };
  const others = [...types.keys()].filter((place) => !ends.includes(place));
  const named = byHand.series ?? placesOf(columns, render.series);
  return { kind: 'ladderchart', x: from, ys: [until], series: named.length > 0 ? named : others, anomalies: [] };
}

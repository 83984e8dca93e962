import type { Visualization } from '../api/stream-query.ts';

/** Kinds of charts that are drawn. */
export const chartKinds = [
  'timechart',
  'linechart',
  'areachart',
  'stackedareachart',
  'columnchart',
  'barchart',
  'piechart',
  'scatterchart',
  'anomalychart',
  'ladderchart',
  'timepivot',
  'treemap',
  'card',
] as const;

export type ChartKind = (typeof chartKinds)[number];

/** How areas, bars and columns of several series stand to one another. */
export type Stacking = 'unstacked' | 'stacked' | 'stacked100';

/** What `render` asks for: https://learn.microsoft.com/kusto/query/render-operator. */
export interface Render {
  /** As it was written, in lower case; may be one that is not drawn. */
  readonly kind: string;
  readonly title?: string;
  readonly xColumn?: string;
  readonly series: readonly string[];
  readonly yColumns: readonly string[];
  readonly anomalyColumns: readonly string[];
  readonly xTitle?: string;
  readonly yTitle?: string;
  readonly xLog: boolean;
  readonly yLog: boolean;
  readonly legend: boolean;
  readonly ySplit: 'none' | 'axes' | 'panels';
  readonly accumulate: boolean;
  /** `kind` of the properties, in lower case. */
  readonly variant: string;
  readonly xMin?: number;
  readonly xMax?: number;
  readonly yMin?: number;
  readonly yMax?: number;
}

export const isChartKind = (kind: string): kind is ChartKind => (chartKinds as readonly string[]).includes(kind);

/**
 * Reads a table's visualization: with Kusto's names of its properties in one object, or as `kind` and `properties`.
 * Undefined where nothing, or a table, is asked for.
 */
export function readVisualization(visualization: Visualization | undefined | null): Render | undefined {
  if (!visualization) return undefined;
  const nested = visualization.properties;
  const flat =
    typeof nested === 'object' && nested !== null ? { ...nested, visualization: visualization.kind } : visualization;
  const properties = new Map(Object.entries(flat).map(([name, value]) => [name.toLowerCase(), value]));
  const word = (name: string) => textOf(properties.get(name))?.toLowerCase() ?? '';
  const kind = word('visualization');
  if (kind === '' || kind === 'table') return undefined;
  const optional = <T>(name: string, value: T | undefined) => (value === undefined ? {} : { [name]: value });
  return {
    kind,
    series: namesOf(properties.get('series')),
    yColumns: namesOf(properties.get('ycolumns')),
    anomalyColumns: namesOf(properties.get('anomalycolumns')),
    xLog: word('xaxis') === 'log',
    yLog: word('yaxis') === 'log',
    legend: word('legend') !== 'hidden',
    ySplit: word('ysplit') === 'axes' ? 'axes' : word('ysplit') === 'panels' ? 'panels' : 'none',
    accumulate: word('accumulate') === 'true',
    variant: word('kind') || 'default',
    ...optional('title', textOf(properties.get('title'))),
    ...optional('xColumn', textOf(properties.get('xcolumn'))),
    ...optional('xTitle', textOf(properties.get('xtitle'))),
    ...optional('yTitle', textOf(properties.get('ytitle'))),
    ...optional('xMin', numberOf(properties.get('xmin'))),
    ...optional('xMax', numberOf(properties.get('xmax'))),
    ...optional('yMin', numberOf(properties.get('ymin'))),
    ...optional('yMax', numberOf(properties.get('ymax'))),
  };
}

/** How series stand to one another: areas of a `stackedareachart` one on the other, others as `kind` says. */
export function stackingOf({ kind, variant }: Pick<Render, 'kind' | 'variant'>): Stacking {
  if (variant === 'stacked100') return 'stacked100';
  return variant === 'stacked' || kind === 'stackedareachart' ? 'stacked' : 'unstacked';
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? String(value) || undefined
    : undefined;

const numberOf = (value: unknown): number | undefined => {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
};

const namesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value.map(String) : (textOf(value) ?? '').split(','))
    .map((name) => name.trim())
    .filter(Boolean);

import { aligned, asShares, type ChartSeries, MOST_PANELS } from '../chart-data.ts';
import { seriesColours } from '../series-colour.ts';
import { stackingOf } from '../visualization.ts';
import type { Drawing, PartOption } from './chart-option.ts';
import { axisTip, tipLook } from './tooltip.ts';
import { numberWords, shortened, timeWords } from './words.ts';

type Mark = 'line' | 'bar' | 'scatter';

const MARKS: Readonly<Record<string, Mark>> = { columnchart: 'bar', barchart: 'bar', scatterchart: 'scatter' };

/** Charts with an x and a y axis: lines, areas, columns, bars, points. */
export function axesOption(drawing: Drawing): PartOption {
  const { render, data, columns } = drawing;
  const stacking = stackingOf({ kind: columns.kind, variant: render.variant });
  const stacks = stacking !== 'unstacked' && (columns.kind.includes('area') || MARKS[columns.kind] === 'bar');
  const marked = data.series.filter(({ measure }) => !anomalyNames(drawing).has(measure));
  const drawn = stacking === 'stacked100' && stacks ? asShares(marked) : stacks ? aligned(marked) : marked;
  const split = splitOf(drawing, drawn);
  const sideways = columns.kind === 'barchart';
  const parts = split.map((series, i) => ({ series, i }));
  const xs = (split.length > 1 && render.ySplit === 'panels' ? parts : parts.slice(0, 1)).map(({ i }) =>
    xAxis(drawing, i, split.length),
  );
  const ys = parts.map(({ series, i }) => yAxis(drawing, i, stacks && stacking === 'stacked100', series));
  const original = new Map(data.series.map(({ name, points }) => [name, new Map(points)]));
  const legend = render.legend && drawn.length > 1;
  return {
    grid: grids(drawing, split.length, legend),
    ...(legend && { legend: legendOption(drawing) }),
    tooltip: {
      ...tipLook(drawing),
      trigger: columns.kind === 'scatterchart' ? 'item' : 'axis',
      axisPointer: { type: MARKS[columns.kind] === 'bar' ? 'shadow' : 'line' },
      formatter: axisTip(drawing, (name, [x, y]) => (stacks ? (original.get(name)?.get(x) ?? null) : y)),
    },
    xAxis: sideways ? ys : xs,
    yAxis: sideways ? xs : ys,
    series: [
      ...parts.flatMap(({ series, i }) =>
        series.map((one) => seriesOption(drawing, one, i, stacks ? `stack ${i}` : undefined)),
      ),
      ...anomalyMarks(drawing, marked),
    ],
    ...(data.scale === 'time' && !sideways && { brush: brushOption(drawing) }),
  };
}

const anomalyNames = ({ columns, names }: Drawing): ReadonlySet<string> =>
  new Set(columns.anomalies.map((place) => names[place] ?? ''));

/** One axis for all series, or with `ysplit` one each. Panels are few: the largest series have them. */
function splitOf({ render: { ySplit } }: Drawing, series: readonly ChartSeries[]): readonly (readonly ChartSeries[])[] {
  if (ySplit === 'none' || series.length < 2) return [series];
  return series.slice(0, MOST_PANELS).map((one) => [one]);
}

function grids({ render, columns, width }: Drawing, count: number, legend: boolean): object[] {
  const panels = render.ySplit === 'panels' ? count : 1;
  const axes = render.ySplit === 'axes' ? count : 1;
  const top = render.title === undefined ? 18 : 44;
  const bottom = (render.xTitle === undefined ? 12 : 30) + (legend ? 30 : 0);
  const right = 24 + Math.max(0, axes - 2) * 56;
  const left = render.yTitle === undefined && columns.kind !== 'barchart' ? 12 : 34;
  if (panels === 1) return [{ left, right, top, bottom, containLabel: true }];
  const share = 100 / panels;
  return Array.from({ length: panels }, (_, i) => ({
    left: Math.min(80, width / 6),
    right,
    top: `${i * share + 5}%`,
    height: `${share - 13}%`,
  }));
}

function axisLook({ theme }: Drawing) {
  return {
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.quiet, fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
    nameTextStyle: { color: theme.quiet, fontSize: 11 },
  };
}

function xAxis(drawing: Drawing, i: number, count: number): object {
  const { data, render, columns } = drawing;
  const look = axisLook(drawing);
  const sideways = columns.kind === 'barchart';
  const title = render.xTitle !== undefined && (i === count - 1 || render.ySplit !== 'panels');
  const shared = {
    ...look,
    gridIndex: render.ySplit === 'panels' ? i : 0,
    splitLine: { show: false },
    ...(title && { name: render.xTitle, nameLocation: 'middle', nameGap: sideways ? 90 : 28 }),
    ...(sideways && { inverse: true }),
  };
  if (data.scale === 'category')
    return {
      ...shared,
      type: 'category',
      data: data.categories.map((name) => shortened(name, sideways ? 32 : 22)),
      axisLabel: { ...look.axisLabel, ...(sideways ? {} : { rotate: data.categories.length > 8 ? 35 : 0 }) },
    };
  const ends = {
    ...(render.xMin !== undefined && { min: render.xMin }),
    ...(render.xMax !== undefined && { max: render.xMax }),
  };
  if (data.scale === 'time') return { ...shared, type: 'time', ...ends };
  return { ...shared, type: render.xLog ? 'log' : 'value', scale: true, ...ends };
}

function yAxis(drawing: Drawing, i: number, shares: boolean, series: readonly ChartSeries[]): object {
  const { render, columns, theme } = drawing;
  const axes = render.ySplit === 'axes' && i > 0;
  const name = render.yTitle ?? (render.ySplit === 'none' ? undefined : series[0]?.name);
  return {
    ...axisLook(drawing),
    type: render.yLog && !shares ? 'log' : 'value',
    gridIndex: render.ySplit === 'panels' ? i : 0,
    scale: columns.kind === 'scatterchart',
    ...(name !== undefined && {
      name: shortened(name, 40),
      nameLocation: render.ySplit === 'panels' ? 'end' : 'middle',
      nameGap: render.ySplit === 'panels' ? 8 : 40,
    }),
    ...(axes && { position: 'right', offset: (i - 1) * 56, splitLine: { show: false } }),
    ...(axes && { axisLabel: { color: theme.series[i % theme.series.length], fontSize: 11 } }),
    ...(shares ? { max: 100, axisLabel: { color: theme.quiet, fontSize: 11, formatter: '{value} %' } } : {}),
    ...(render.yMin !== undefined && { min: render.yMin }),
    ...(render.yMax !== undefined && { max: render.yMax }),
  };
}

/** The colour of a series, by its place among all: parts drawn apart keep theirs. */
function colourOf({ data, theme }: Drawing, { name }: ChartSeries): string | undefined {
  const names = data.series.map((one) => one.name);
  const number = seriesColours(names)[names.indexOf(name)] ?? 0;
  return theme.series[number % theme.series.length];
}

function seriesOption(drawing: Drawing, one: ChartSeries, i: number, stack: string | undefined): object {
  const { columns, render } = drawing;
  const mark = MARKS[columns.kind] ?? 'line';
  const panel = render.ySplit === 'panels' ? i : 0;
  const sideways = columns.kind === 'barchart';
  const shared = {
    name: one.name,
    type: mark,
    ...(sideways ? { xAxisIndex: i, yAxisIndex: panel } : { xAxisIndex: panel, yAxisIndex: i }),
    ...(stack !== undefined && { stack }),
    data: one.points,
    ...(sideways && { encode: { x: 1, y: 0 } }),
    color: colourOf(drawing, one),
    emphasis: { focus: 'series' },
  };
  if (mark === 'bar') return { ...shared, barMaxWidth: 48, barGap: '8%', barCategoryGap: '28%' };
  if (mark === 'scatter') return { ...shared, symbolSize: 7, itemStyle: { opacity: 0.75 } };
  return {
    ...shared,
    showSymbol: one.points.length < 40,
    symbol: 'circle',
    symbolSize: 5,
    sampling: one.points.length > 4_000 && stack === undefined ? 'lttb' : undefined,
    lineStyle: { width: 1.75 },
    ...(columns.kind.includes('area') && { areaStyle: { opacity: stack === undefined ? 0.2 : 0.7 } }),
  };
}

/** Points on the first measure of a series where its anomaly column is not zero. */
function anomalyMarks(drawing: Drawing, marked: readonly ChartSeries[]): object[] {
  const { data, theme } = drawing;
  const names = anomalyNames(drawing);
  return data.series
    .filter(({ measure }) => names.has(measure))
    .map(({ name, own, points }) => {
      const line = marked.find((one) => one.own === own);
      const ys = new Map(line?.points);
      return {
        name,
        type: 'scatter',
        symbolSize: 9,
        itemStyle: { color: theme.bad },
        data: points.filter(([, value]) => value).map(([x]) => [x, ys.get(x) ?? null]),
      };
    });
}

const legendOption = ({ theme }: Drawing) => ({
  type: 'scroll',
  bottom: 4,
  left: 12,
  right: 12,
  icon: 'roundRect',
  itemWidth: 10,
  itemHeight: 10,
  textStyle: { color: theme.text, fontSize: 12 },
  pageTextStyle: { color: theme.quiet },
  pageIconColor: theme.text,
  pageIconInactiveColor: theme.line,
  formatter: (name: string) => shortened(name, 48),
});

const brushOption = ({ theme }: Drawing) => ({
  xAxisIndex: 'all',
  brushType: 'lineX',
  brushMode: 'single',
  transformable: false,
  brushStyle: { borderWidth: 1, color: theme.accent, borderColor: theme.accent, opacity: 0.18 },
  outOfBrush: {},
  throttleType: 'debounce',
  throttleDelay: 100,
});

/** The chart in a sentence, for who does not see it. */
export function chartWords({ columns, data, names, render }: Omit<Drawing, 'theme' | 'width' | 'height'>): string {
  const ys = columns.ys.map((place) => names[place]).join(', ');
  const all = data.series.flatMap(({ points }) => points.map(([, y]) => y ?? 0));
  const xs = data.scale === 'category' ? [] : data.series.flatMap(({ points }) => points.map(([x]) => x));
  const [least, most] = [xs.reduce((a, b) => Math.min(a, b), Infinity), xs.reduce((a, b) => Math.max(a, b), -Infinity)];
  const words = data.scale === 'time' ? timeWords : numberWords;
  return [
    `${render.title ? `${render.title}. ` : ''}${columns.kind}: ${ys || 'rows'} by ${names[columns.x]}`,
    `${data.series.length} series, ${all.length} points`,
    ...(xs.length > 0 ? [`from ${words(least)} to ${words(most)}`] : [`${data.categories.length} names`]),
    ...(all.length > 0 ? [`values up to ${numberWords(all.reduce((a, b) => Math.max(a, b), -Infinity))}`] : []),
  ].join(', ');
}

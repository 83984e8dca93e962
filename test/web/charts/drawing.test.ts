import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as echarts from 'echarts';
import { chartColumns } from '../../../web/src/charts/chart-columns.ts';
import { chartData, MOST_PANELS } from '../../../web/src/charts/chart-data.ts';
import { chartWords } from '../../../web/src/charts/options/axes-option.ts';
import { chartOption } from '../../../web/src/charts/options/chart-option.ts';
import { chartKinds, readVisualization } from '../../../web/src/charts/visualization.ts';
import type { KqlType } from '../../../web/src/grid/values/cell-text.ts';

const theme = {
  ground: '#fff',
  over: '#fff',
  text: '#111',
  quiet: '#555',
  line: '#ccc',
  bad: '#b00',
  accent: '#00b',
  series: ['#00b', '#a50'],
  font: 'sans-serif',
};
const day = (n: number) => `2026-07-${String(n).padStart(2, '0')}T00:00:00.0000000Z`;
const EVIL = '<img src=x onerror=alert(1)>{evil|b}';
const columns = [
  { name: 'Who', type: 'string' as KqlType },
  { name: 'n', type: 'long' as KqlType },
  { name: 'flag', type: 'long' as KqlType },
  { name: 'From', type: 'datetime' as KqlType },
  { name: 'To', type: 'datetime' as KqlType },
];
const rows = Array.from({ length: 12 }, (_, i) => [
  i % 3 === 0 ? EVIL : `who ${i % 3}`,
  i + 1,
  i % 5 === 0 ? 1 : 0,
  day(i + 1),
  day(i + 3),
]);

function drawing(asked: Record<string, unknown>) {
  const render = readVisualization(asked)!;
  const found = chartColumns({ columns, rows }, render);
  if ('refused' in found) throw new Error(found.refused);
  const data = chartData({ columns, rows, order: rows.keys() }, found, render);
  return { render, columns: found, data, theme, names: columns.map(({ name }) => name), width: 800, height: 400 };
}

function drawn(asked: Record<string, unknown>): { svg: string; option: Record<string, unknown> } {
  const option = chartOption(drawing(asked)) as Record<string, unknown>;
  const chart = echarts.init(null, undefined, { renderer: 'svg', ssr: true, width: 800, height: 400 });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return { svg, option };
}

describe('every kind is drawn', () => {
  const variants: Record<string, unknown>[] = [
    ...chartKinds.filter((kind) => kind !== 'card').map((visualization) => ({ visualization })),
    ...['areachart', 'columnchart', 'barchart'].flatMap((visualization) =>
      ['stacked', 'stacked100'].map((kind) => ({ visualization, kind })),
    ),
    ...['axes', 'panels'].flatMap((ysplit) =>
      ['timechart', 'columnchart', 'barchart'].map((visualization) => ({ visualization, ysplit })),
    ),
    {
      visualization: 'linechart',
      xcolumn: 'n',
      yaxis: 'log',
      xaxis: 'log',
      ymin: '1',
      ymax: '50',
      xtitle: 'x',
      ytitle: 'y',
      title: EVIL,
    },
    { visualization: 'anomalychart', anomalycolumns: 'flag', series: 'Who', ycolumns: 'n' },
    { visualization: 'timechart', legend: 'hidden' },
  ];
  for (const asked of variants)
    it(JSON.stringify(asked), () => {
      const { svg } = drawn(asked);
      assert.match(svg, /<path|<rect/);
      assert.doesNotMatch(svg, /<img|onerror=alert\(1\)>/);
    });
});

describe('texts of others in a chart', () => {
  it('tips are drawn, not set as markup, and hold no styles', () => {
    for (const visualization of ['timechart', 'piechart', 'treemap', 'ladderchart', 'timepivot', 'scatterchart']) {
      const value = /pie|tree/.test(visualization) ? 5 : [Date.UTC(2026, 6, 1), 0, 0];
      const { option } = drawn({ visualization });
      const tooltip = option.tooltip as { renderMode: string; formatter: (given: unknown) => string };
      assert.equal(tooltip.renderMode, 'richText', visualization);
      const said = tooltip.formatter({ seriesName: EVIL, name: EVIL, value, percent: 1 });
      assert.doesNotMatch(said, /[{}]/, visualization);
    }
  });
});

describe('a split axis', () => {
  it('has an axis a series, or a panel a series', () => {
    const axes = drawn({ visualization: 'timechart', ysplit: 'axes', series: 'Who', ycolumns: 'n' }).option;
    assert.equal((axes.yAxis as unknown[]).length, 3);
    assert.equal((axes.grid as unknown[]).length, 1);
    const panels = drawn({ visualization: 'timechart', ysplit: 'panels', series: 'Who', ycolumns: 'n' }).option;
    assert.equal((panels.grid as unknown[]).length, 3);
    assert.ok((panels.grid as unknown[]).length <= MOST_PANELS);
  });
});

describe('an anomaly chart', () => {
  it('has its points where the anomaly column is not zero', () => {
    const { option } = drawn({ visualization: 'anomalychart', anomalycolumns: 'flag', series: 'Who', ycolumns: 'n' });
    const marks = (option.series as { type: string; data: [number, number][] }[]).filter(
      ({ type }) => type === 'scatter',
    );
    assert.deepEqual(
      marks.flatMap(({ data }) => data.map(([x, y]) => [x, y])).sort((a, b) => a[0]! - b[0]!),
      [0, 5, 10].map((i) => [Date.UTC(2026, 6, i + 1), i + 1]),
    );
  });
});

it('a chart in words', () =>
  assert.equal(
    chartWords(drawing({ visualization: 'timechart', ycolumns: 'n', series: 'Who' })),
    'timechart: n by From, 3 series, 12 points, from 2026-07-01 to 2026-07-12, values up to 12',
  ));

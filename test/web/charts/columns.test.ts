import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ByHand, chartColumns } from '../../../web/src/charts/chart-columns.ts';
import { readVisualization } from '../../../web/src/charts/visualization.ts';
import type { KqlType } from '../../../web/src/grid/values/cell-text.ts';

/** `Name:type` in words, as a table's columns. */
const columnsOf = (words: string) =>
  words.split(' ').map((word) => {
    const [name = '', type = 'string'] = word.split(':');
    return { name, type: type as KqlType };
  });

const TIMES = ['2026-07-18T00:00:00.0000000Z', '2026-07-19T00:00:00.0000000Z'];

const plan = (
  words: string,
  render: Record<string, unknown>,
  { rows = [], byHand = {} }: { rows?: unknown[][]; byHand?: ByHand } = {},
) => {
  const columns = columnsOf(words);
  const found = chartColumns({ columns, rows }, readVisualization(render)!, byHand);
  if ('refused' in found) return found.refused;
  const names = (places: readonly number[]) => places.map((place) => columns[place]!.name).join('+');
  return `${names([found.x])} | ${names(found.ys)} | ${names(found.series)}`;
};

describe('which columns are x, y and series', () => {
  const cases: [what: string, columns: string, render: Record<string, unknown>, expected: string][] = [
    [
      'a timechart by its first datetime',
      'State StartTime:datetime count_:long',
      { visualization: 'timechart' },
      'StartTime | count_ | State',
    ],
    ['all numbers are measures', 'T:datetime a:long b:real c:decimal', { visualization: 'timechart' }, 'T | a+b+c | '],
    [
      'one text names the series, others are left',
      'T:datetime A B n:long',
      { visualization: 'timechart' },
      'T | n | A',
    ],
    [
      'unless render names them',
      'T:datetime A B n:long',
      { visualization: 'timechart', series: ['A', 'B'] },
      'T | n | A+B',
    ],
    [
      'columns by their first column',
      'State Type count_:long',
      { visualization: 'columnchart' },
      'State | count_ | Type',
    ],
    ['columns by a number', 'hour:long n:long', { visualization: 'columnchart' }, 'hour | n | '],
    ['columns by a time', 'T:datetime n:long m:long', { visualization: 'columnchart' }, 'T | n+m | '],
    ['a pie has one measure and no series', 'Name Other n:long m:long', { visualization: 'piechart' }, 'Name | n | '],
    ['a line by its first number', 'a:long b:long', { visualization: 'linechart' }, 'a | b | '],
    ['a line by time where there is one', 'n:long T:datetime', { visualization: 'linechart' }, 'T | n | '],
    [
      'a line by a text where the only number is its measure',
      'Name n:long',
      { visualization: 'linechart' },
      'Name | n | ',
    ],
    ['points by the first number', 'State pop:long lat:real', { visualization: 'scatterchart' }, 'pop | lat | State'],
    [
      'render names x and y',
      'a:long b:long c:long',
      { visualization: 'linechart', xcolumn: 'c', ycolumns: 'b' },
      'c | b | ',
    ],
    [
      'a duration is a measure where there is no number',
      'T:datetime d:timespan',
      { visualization: 'timechart' },
      'T | d | ',
    ],
    ['but not beside numbers', 'T:datetime d:timespan n:long', { visualization: 'timechart' }, 'T | n | '],
    [
      'a ladder by its last two',
      'State Type S:datetime E:datetime',
      { visualization: 'ladderchart' },
      'S | E | State+Type',
    ],
    ['a tree map by all texts', 'A B n:long', { visualization: 'treemap' }, 'A | n | B'],
    [
      'the properties as render wrote them',
      'a:long b:long',
      { kind: 'linechart', properties: { xcolumn: 'b', yColumns: 'a' } },
      'b | a | ',
    ],
    [
      'anomalies are no measure',
      'T:datetime n:long anomalies:long',
      { visualization: 'anomalychart', AnomalyColumns: ['anomalies'] },
      'T | n | ',
    ],
  ];
  for (const [what, columns, render, expected] of cases) it(what, () => assert.equal(plan(columns, render), expected));

  it('arrays of make-series are read by their elements', () => {
    const rows = [['NO', TIMES, [1, 2], ['a']]];
    assert.equal(
      plan('Country T:dynamic n:dynamic words:dynamic', { visualization: 'timechart' }, { rows }),
      'T | n | Country',
    );
  });
  it('a person may choose otherwise', () =>
    assert.equal(
      plan(
        'T:datetime A B n:long m:long',
        { visualization: 'timechart' },
        { byHand: { kind: 'columnchart', x: 1, ys: [4], series: [2] } },
      ),
      'A | m | B',
    ));
});

describe('what is not drawn is refused by name', () => {
  const cases: [string, string, Record<string, unknown>, RegExp][] = [
    ['a pivot chart', 'a:long', { visualization: 'pivotchart' }, /“pivotchart” is not drawn/],
    ['a map', 'a:real b:real', { visualization: 'scatterchart', kind: 'map' }, /Maps are not drawn/],
    ['a timechart without a time', 'a:long b:long', { visualization: 'timechart' }, /needs a column of type datetime/],
    [
      'a timechart over another column',
      'T:datetime a:long',
      { visualization: 'timechart', xcolumn: 'a' },
      /“a” is long/,
    ],
    ['no numbers', 'A B', { visualization: 'columnchart' }, /needs a column of numbers/],
    ['a column that is not there', 'A n:long', { visualization: 'columnchart', ycolumns: 'm' }, /no column “m”/],
    ['a ladder without ends', 'A n:long', { visualization: 'ladderchart' }, /needs two columns/],
  ];
  for (const [what, columns, render, expected] of cases) it(what, () => assert.match(plan(columns, render), expected));
});

describe('what render says', () => {
  it("is read with Kusto's names and values", () => {
    const render = readVisualization({
      Visualization: 'TimeChart',
      Title: 'T',
      XColumn: null,
      Series: null,
      YColumns: ['a', 'b'],
      XAxis: 'log',
      Legend: 'hidden',
      YSplit: 'panels',
      Accumulate: true,
      Kind: 'stacked100',
      Ymin: 'NaN',
      Ymax: '10',
    })!;
    assert.deepEqual(
      [
        render.kind,
        render.title,
        render.yColumns,
        render.xLog,
        render.legend,
        render.ySplit,
        render.accumulate,
        render.variant,
        render.yMin,
        render.yMax,
      ],
      ['timechart', 'T', ['a', 'b'], true, false, 'panels', true, 'stacked100', undefined, 10],
    );
  });
  it('a table is a grid', () => {
    assert.equal(readVisualization({ visualization: 'table' }), undefined);
    assert.equal(readVisualization(undefined), undefined);
    assert.equal(readVisualization({ Visualization: null }), undefined);
  });
});

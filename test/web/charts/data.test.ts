import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chartColumns } from '../../../web/src/charts/chart-columns.ts';
import { asShares, chartData, MOST_CATEGORIES, MOST_SERIES } from '../../../web/src/charts/chart-data.ts';
import { readVisualization } from '../../../web/src/charts/visualization.ts';
import type { KqlType } from '../../../web/src/grid/values/cell-text.ts';

const data = (
  types: Record<string, KqlType>,
  rows: unknown[][],
  render: Record<string, unknown>,
  order: Iterable<number> = rows.keys(),
) => {
  const columns = Object.entries(types).map(([name, type]) => ({ name, type }));
  const asked = readVisualization(render)!;
  const found = chartColumns({ columns, rows }, asked);
  if ('refused' in found) throw new Error(found.refused);
  return chartData({ columns, rows, order }, found, asked);
};
const day = (n: number) => `2026-07-${String(n).padStart(2, '0')}T00:00:00.0000000Z`;
const ms = (n: number) => Date.UTC(2026, 6, n);

describe('points of a chart', () => {
  it('a series for each value, by time', () => {
    const { series, scale } = data(
      { T: 'datetime', Who: 'string', n: 'long' },
      [
        [day(2), 'a', 1],
        [day(1), 'a', 2],
        [day(1), 'b', 3],
      ],
      { visualization: 'timechart' },
    );
    assert.equal(scale, 'time');
    assert.deepEqual(
      series.map(({ name, points }) => [name, points]),
      [
        [
          'a',
          [
            [ms(1), 2],
            [ms(2), 1],
          ],
        ],
        ['b', [[ms(1), 3]]],
      ],
    );
  });
  it('names tell measures apart where there are several', () => {
    const { series } = data({ T: 'datetime', Who: 'string', n: 'long', m: 'long' }, [[day(1), 'a', 1, 2]], {
      visualization: 'timechart',
    });
    assert.deepEqual(
      series.map(({ name }) => name),
      ['a: n', 'a: m'],
    );
  });
  it('arrays are taken apart', () => {
    const { series } = data({ Who: 'string', T: 'dynamic', n: 'dynamic' }, [['a', [day(1), day(2)], [5, null]]], {
      visualization: 'timechart',
    });
    assert.deepEqual(series[0]!.points, [
      [ms(1), 5],
      [ms(2), null],
    ]);
  });
  it('bars of the same name and series are added up, and it is said', () => {
    const { series, categories, notes } = data(
      { A: 'string', n: 'long' },
      [
        ['x', 1],
        ['y', 5],
        ['x', 2],
      ],
      { visualization: 'columnchart' },
    );
    assert.deepEqual(categories, ['x', 'y']);
    assert.deepEqual(series[0]!.points, [
      [0, 3],
      [1, 5],
    ]);
    assert.match(notes.join(), /added up/);
  });
  it('lines are not: both points stay', () => {
    const { series, notes } = data(
      { T: 'datetime', n: 'long' },
      [
        [day(1), 1],
        [day(1), 2],
      ],
      { visualization: 'timechart' },
    );
    assert.equal(series[0]!.points.length, 2);
    assert.deepEqual(notes, []);
  });
  it('accumulate adds up what came before', () => {
    const { series } = data(
      { T: 'datetime', n: 'long' },
      [
        [day(2), 2],
        [day(1), 1],
        [day(3), null],
      ],
      { visualization: 'timechart', accumulate: true },
    );
    assert.deepEqual(
      series[0]!.points.map(([, y]) => y),
      [1, 3, 3],
    );
  });
  it('too many series: the largest, and it is said', () => {
    const rows = Array.from({ length: MOST_SERIES + 20 }, (_, i) => [day(1), `s${i}`, i]);
    const { series, notes } = data({ T: 'datetime', Who: 'string', n: 'long' }, rows, { visualization: 'timechart' });
    assert.equal(series.length, MOST_SERIES);
    assert.equal(series[0]!.name, 's20');
    assert.match(notes.join(), /50 largest of 70 series/);
  });
  it('too many names: the first, and it is said', () => {
    const rows = Array.from({ length: MOST_CATEGORIES + 1 }, (_, i) => [`n${i}`, i]);
    const { categories, notes } = data({ A: 'string', n: 'long' }, rows, { visualization: 'barchart' });
    assert.equal(categories.length, MOST_CATEGORIES);
    assert.match(notes.join(), /Only the first/);
  });
  it('a name shows what would not be seen', () => {
    const { categories } = data(
      { A: 'string', n: 'long' },
      [
        ['a\u202Eb', 1],
        ['', 2],
        [null, 3],
      ],
      { visualization: 'columnchart' },
    );
    assert.deepEqual(categories, ['a\\u{202E}b', '(empty)', 'null']);
  });
  it('says what has no place in it', () => {
    const types = { T: 'datetime', Who: 'string', n: 'long' } as const;
    const some = Array.from({ length: 60 }, (_, i) => [day(1), `s${i}`, i - 5]);
    const said = (render: Record<string, unknown>, own = some) => data(types, own, render).notes.join(' ');
    assert.match(said({ visualization: 'piechart', xcolumn: 'Who', ycolumns: 'n' }), /below 0/);
    assert.match(said({ visualization: 'timechart', yaxis: 'log' }), /log axis/);
    assert.match(said({ visualization: 'columnchart', kind: 'stacked100' }), /Shares are of/);
    assert.match(said({ visualization: 'timechart', ysplit: 'panels' }), /first 5 series/);
    assert.match(said({ visualization: 'anomalychart' }), /no anomalycolumns/);
    const few = some.slice(10, 12);
    for (const visualization of ['timechart', 'columnchart'])
      assert.equal(said({ visualization, kind: 'stacked100', ysplit: 'panels', yaxis: 'log' }, few), '');
  });
  it('only the rows that the filters keep', () => {
    const { series } = data(
      { A: 'string', n: 'long' },
      [
        ['x', 1],
        ['y', 2],
      ],
      { visualization: 'columnchart' },
      [1],
    );
    assert.deepEqual(series[0]!.points, [[0, 2]]);
  });
  it('shares are of the sum at each place, with what is missing as nothing', () => {
    const shares = asShares([
      {
        name: 'a',
        own: 'a',
        measure: 'n',
        points: [
          [0, 1],
          [1, 4],
        ],
      },
      { name: 'b', own: 'b', measure: 'n', points: [[0, 3]] },
    ]);
    assert.deepEqual(
      shares.map(({ points }) => points),
      [
        [
          [0, 25],
          [1, 100],
        ],
        [
          [0, 75],
          [1, 0],
        ],
      ],
    );
  });
});

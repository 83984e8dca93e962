import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChartSeries } from '../../../web/src/charts/chart-data.ts';
import { snapped } from '../../../web/src/charts/snapped.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 14);

/** A chart with points at these days, over two series. */
const chartAt = (...days: readonly number[]) => ({
  series: [days.slice(0, 3), days.slice(2)].map(
    (own): ChartSeries => ({ name: '', own: '', measure: '', points: own.map((day) => [START + day * DAY, 1]) }),
  ),
});
const span = (from: number, until: number) => [START + from * DAY, START + until * DAY] as const;

test('a marked stretch of a line is widened to whole bins, also beyond the ends and where bins are empty', () => {
  const data = chartAt(0, 1, 2, 3, 7);
  const of = (from: number, until: number) => snapped(span(from, until), { data, kind: 'timechart' });
  assert.deepEqual(of(1.297, 2.6), span(1, 3));
  assert.deepEqual(of(1, 2), span(1, 2));
  assert.deepEqual(of(4.2, 5.5), span(4, 6));
  assert.deepEqual(of(-0.4, 7.3), span(-1, 8));
  assert.deepEqual(of(2.1, 2.2), span(2, 3));
});

test('the column of a bin stands around its place: what is touched is taken', () => {
  const data = chartAt(0, 1, 2, 3);
  const of = (from: number, until: number) => snapped(span(from, until), { data, kind: 'columnchart' });
  assert.deepEqual(of(1.8, 2.2), span(2, 3));
  assert.deepEqual(of(0.7, 3.1), span(1, 4));
});

test('where nothing is binned only the milliseconds are whole', () => {
  const irregular = chartAt(0, 1.31, 2.77, 3.01);
  assert.deepEqual(snapped([START + 0.4, START + 9.2], { data: irregular, kind: 'linechart' }), [START, START + 10]);
  const two = chartAt(0, 1);
  assert.deepEqual(snapped([START + 0.4, START + 9.2], { data: two, kind: 'linechart' }), [START, START + 10]);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { long, real, string } from '../check.ts';
import { compute, list, lists } from './rows.ts';

/** Traffic of five weeks by the hour: days with a shape, quiet weekends, some noise. */
const hours = Array.from({ length: 24 * 7 * 5 }, (_, i) => {
  const [day, hour] = [Math.floor(i / 24) % 7, i % 24];
  return (day >= 5 ? 10 : 15) - Math.floor(hour / 10) ** 2 + ((i * 7919) % 1000) / 500;
});
const withOutliers = hours.map(
  (item, i) => item + ([150, 200, 780].includes(i) ? -8 : [300, 400, 600].includes(i) ? 8 : 0),
);
const halfDays = [
  80, 139, 87, 110, 68, 54, 50, 51, 53, 133, 86, 141, 97, 156, 94, 149, 95, 140, 77, 61, 50, 54, 47, 133, 72, 152, 94,
  148, 105, 162, 101, 160, 87, 63, 53, 55, 54, 151, 103, 189, 108, 183, 113, 175, 113, 178, 90, 71, 62, 62, 65, 165,
  109, 181, 115, 182, 121, 178, 114, 170,
];
const saw = (length: number, period: number): number[] => Array.from({ length }, (_, i) => i % period);

describe('periods', () => {
  it('are found with their scores, and zeros for those that are not there', () => {
    const [periods, scores] = lists(compute('series_periods_detect', halfDays, real(0), real(50), long(2n)));
    assert.deepEqual(periods, [14, 0]);
    assert.equal(Math.trunc(scores![0]! * 100), 84);
    assert.equal(scores![1], 0);
    assert.deepEqual(lists(compute('series_periods_detect', halfDays, real(20), real(50), long(1n)))[0], [0]);
  });

  it('are checked', () => {
    const [periods, scores] = lists(
      compute('series_periods_validate', halfDays, real(14), real(10), real(3), real(31)),
    );
    assert.deepEqual(periods, [14, 10, 3, 31]);
    assert.deepEqual(
      scores!.map((score) => Math.trunc(score * 100)),
      [84, 0, 0, 0],
    );
  });

  it('of a week come before those of a day', () => {
    const [periods] = lists(compute('series_periods_detect', hours, real(4), real(400), long(2n)));
    assert.equal(periods![0], 168);
    const rising = hours.map((item, i) => item + i / 144);
    assert.deepEqual(lists(compute('series_periods_detect', rising, real(4), real(400), long(1n)))[0], [168]);
  });

  it('are not found in a level series, nor in noise', () => {
    assert.deepEqual(compute('series_periods_detect', [1, 1, 1, 1, 1, 1, 1, 1, 1], real(0), real(9), long(1n)), [
      [0],
      [0],
    ]);
    const noise = Array.from({ length: 500 }, (_, i) => ((i + 1) ** 3 * 48271) % 10007);
    assert.deepEqual(lists(compute('series_periods_detect', noise, real(4), real(250), long(1n)))[0], [0]);
  });

  it('take no gaps, and no endless number', () => {
    assert.equal(compute('series_periods_detect', [1, null], real(0), real(9), long(1n)), null);
    assert.throws(() => compute('series_periods_detect', [1], real(0), real(9), long(10n ** 9n)), /periods/);
  });
});

describe('series_seasonal', () => {
  it('is the median of each phase', () => {
    assert.deepEqual(compute('series_seasonal', [1, 3, 5, 1, 3, 5, 2, 4, 6], long(3n)), [1, 3, 5, 1, 3, 5, 1, 3, 5]);
    assert.deepEqual(compute('series_seasonal', [1, 2, 3, 6], long(2n)), [2, 4, 2, 4]);
  });

  it('finds the period, and gives zeros where there is none', () => {
    const disturbed = [2, 5, 3, 4, ...saw(21, 6).map((phase) => [3, 2, 1, 2, 3, 4][phase]!)];
    assert.deepEqual(list(compute('series_seasonal', disturbed)).slice(0, 7), [1, 2, 3, 4, 3, 2, 1]);
    assert.deepEqual(compute('series_seasonal', saw(30, 5)), saw(30, 5));
    assert.deepEqual(compute('series_seasonal', [1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6]), Array(12).fill(0));
    for (const period of [0n, -2n, 3n]) assert.deepEqual(compute('series_seasonal', [4, 5], long(period)), [0, 0]);
  });
});

describe('series_decompose', () => {
  it('adds up: seasonal + trend is the baseline, the baseline + residual the series', () => {
    const [baseline, seasonal, trend, residual] = lists(
      compute('series_decompose', hours, long(-1n), string('linefit')),
    );
    hours.forEach((item, i) => {
      assert.equal(baseline![i], seasonal![i]! + trend![i]!);
      assert.ok(Math.abs(baseline![i]! + residual![i]! - item) < 1e-9);
    });
    assert.deepEqual(seasonal!.slice(0, 168), seasonal!.slice(168, 336));
  });

  it('takes the trend that is asked for', () => {
    const trendOf = (trend: string): number[] =>
      lists(compute('series_decompose', [1, 2, 3, 7], long(0n), string(trend)))[2]!;
    assert.deepEqual(trendOf('none'), [0, 0, 0, 0]);
    assert.deepEqual(trendOf('avg'), [3.25, 3.25, 3.25, 3.25]);
    assert.ok(Math.abs(trendOf('linefit')[3]! - 6.1) < 1e-12);
    assert.throws(() => compute('series_decompose', [1, 2], long(0n), string('other')), /trends/);
  });

  it('does not learn from test points, and foretells them', () => {
    const line = [1, 2, 3, 4, 99, -99];
    const [baseline] = lists(compute('series_decompose_forecast', line, long(2n), long(0n), string('linefit')));
    [1, 2, 3, 4, 5, 6].forEach((item, i) => {
      assert.ok(Math.abs(baseline![i]! - item) < 1e-9);
    });
    assert.equal(compute('series_decompose_forecast', line, long(6n)), null);
  });

  it('gives null for gaps and refuses periods below -1', () => {
    assert.equal(compute('series_decompose', [1, null]), null);
    assert.equal(compute('series_decompose', []), null);
    assert.throws(() => compute('series_decompose', [1], long(-2n)), /period/);
  });
});

describe('anomalies', () => {
  it('are the points that were put in', () => {
    const [flags, scores, baseline] = lists(compute('series_decompose_anomalies', withOutliers));
    const found = list(flags!).flatMap((flag, i) => (flag === 0 ? [] : [[i, flag]]));
    assert.deepEqual(found, [
      [150, -1],
      [200, -1],
      [300, 1],
      [400, 1],
      [600, 1],
      [780, -1],
    ]);
    assert.ok(scores![300]! > 1.5 && scores![200]! < -1.5);
    assert.equal(baseline!.length, hours.length);
  });

  it('are fewer where the threshold is higher', () => {
    const [flags] = lists(compute('series_decompose_anomalies', withOutliers, real(1000)));
    assert.ok(list(flags!).every((flag) => flag === 0));
  });
});

describe('series_outliers', () => {
  const series = [...saw(11, 11), 30, -20];

  it('scores what lies outside of the percentiles, in widths of their range', () => {
    const scores = list(compute('series_outliers', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, null], string('tukey')));
    assert.equal(scores[11], (100 - 8.25) / 5.5);
    assert.equal(scores[5], 0);
    assert.equal(scores[12], 0);
    assert.ok(scores[0]! < 0 && scores[0]! > -1.5);
  });

  it('takes other percentiles, for ctukey only', () => {
    const standard = compute('series_outliers', series);
    assert.deepEqual(compute('series_outliers', series, string('ctukey'), real(null), real(10), real(90)), standard);
    assert.notDeepEqual(compute('series_outliers', series, string('ctukey'), real(null), real(20), real(80)), standard);
    assert.deepEqual(
      compute('series_outliers', series, string('tukey'), real(null), real(20), real(80)),
      compute('series_outliers', series, string('tukey')),
    );
  });

  it('passes over the value to ignore, and refuses what it does not know', () => {
    assert.equal(list(compute('series_outliers', series, string('ctukey'), real(30)))[11], 0);
    assert.throws(() => compute('series_outliers', series, string('other')), /ctukey/);
    assert.throws(() => compute('series_outliers', series, string('ctukey'), real(null), real(1)), /percentiles/);
    assert.equal(compute('series_outliers', 'a'), null);
    assert.deepEqual(compute('series_outliers', []), []);
  });
});

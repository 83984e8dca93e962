import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Value } from '../../../../src/values/index.ts';
import { int } from '../check.ts';
import { compute, list } from './rows.ts';

const near = (found: Value | undefined, expected: number, digits = 9): void =>
  assert.ok(
    Math.abs((found as number) - expected) < 10 ** -digits * Math.max(1, Math.abs(expected)),
    `${found}, not ${expected}`,
  );

const tuple = (name: string, ...args: Parameters<typeof compute> extends [string, ...infer Rest] ? Rest : never) =>
  compute(name, ...args) as Value[];

const slope = fc.integer({ min: -50, max: 50 });

describe('series_fit_line', () => {
  it('fits the line through x = 1, 2, 3, …', () => {
    const [rsquare, a, variance, rvariance, b, fit] = tuple(
      'series_fit_line',
      [2, 5, 6, 8, 11, 15, 17, 18, 25, 26, 30, 30],
    );
    near(rsquare, 0.982900730884447);
    near(a, 2.7307692307692308);
    near(variance, 98.62878787878788);
    near(rvariance, 1.6864801864801868);
    near(b, -1.6666666666666667);
    near((fit as Value[])[0], 1.0641025641025641);
    near((fit as Value[])[11], 31.102564102564102);
  });

  it('says the same in a bag', () => {
    const bag = compute('series_fit_line_dynamic', [1, 3, 2]) as Map<string, Value>;
    assert.deepEqual([...bag.keys()], ['rsquare', 'slope', 'variance', 'rvariance', 'interception', 'line_fit']);
    assert.deepEqual([...bag.values()], compute('series_fit_line', [1, 3, 2]));
  });

  it('gives null where there is no series of numbers', () => {
    for (const none of [[], [1, null], [1, 'a'], 'a', null]) assert.equal(compute('series_fit_line', none), null);
  });

  it('explains all of a line', () => {
    fc.assert(
      fc.property(slope, slope, fc.integer({ min: 2, max: 50 }), (a, b, length) => {
        const line = Array.from({ length }, (_, i) => a * (i + 1) + b);
        const [rsquare, found, , rvariance, interception] = tuple('series_fit_line', line);
        near(rsquare, 1);
        near(found, a);
        near(rvariance, 0, 6);
        near(interception, b, 6);
      }),
    );
  });
});

describe('series_fit_2lines', () => {
  it('finds the break of two lines', () => {
    const [rsquare, split, , rvariance, , , right, , , , , left] = tuple(
      'series_fit_2lines',
      [1, 2, 3, 4, 20, 18, 16, 14],
    );
    near(rsquare, 1);
    assert.equal(split, 4n);
    near(rvariance, 0);
    near(right, -2);
    near(left, 1);
  });

  it('says the same in a bag of bags', () => {
    const bag = compute('series_fit_2lines_dynamic', [1, 2, 3, 9, 7, 5]) as Map<string, Map<string, Value>>;
    const columns = tuple('series_fit_2lines', [1, 2, 3, 9, 7, 5]);
    assert.deepEqual([...bag.keys()], ['rsquare', 'split_idx', 'variance', 'rvariance', 'line_fit', 'right', 'left']);
    assert.deepEqual([...bag.get('right')!.values()], columns.slice(5, 10));
    assert.deepEqual([...bag.get('left')!.keys()], ['rsquare', 'slope', 'interception', 'variance', 'rvariance']);
  });

  it('is never worse than one line', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 4, maxLength: 40 }), (series) => {
        const [one, two] = [tuple('series_fit_line', series), tuple('series_fit_2lines', series)];
        assert.ok((two[0] as number) >= (one[0] as number) - 1e-9);
      }),
    );
  });

  it('needs two points for each line', () => {
    assert.equal(compute('series_fit_2lines', [1, 2, 3]), null);
    assert.equal(compute('series_fit_2lines_dynamic', [1, 2, 3, null]), null);
  });
});

describe('series_fit_poly', () => {
  it('gives the coefficients, the highest power first', () => {
    const x = [-3, -1, 0, 2, 5, 7];
    const y = x.map((item) => 2 * item ** 3 - item + 4);
    const [rsquare, coefficients, , rvariance, fit] = tuple('series_fit_poly', y, x, int(3n));
    near(rsquare, 1);
    near(rvariance, 0, 6);
    [2, 0, -1, 4].forEach((expected, i) => {
      near((coefficients as Value[])[i], expected, 8);
    });
    list(fit).forEach((item, i) => {
      near(item, y[i]!);
    });
  });

  it('of degree 1 is series_fit_line', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 3, maxLength: 40 }), (series) => {
        const [line, poly] = [tuple('series_fit_line', series), tuple('series_fit_poly', series)];
        near((poly[1] as Value[])[0], line[1] as number, 8);
        near((poly[1] as Value[])[1], line[4] as number, 8);
        near(poly[3], line[3] as number, 8);
      }),
    );
  });

  it('takes high degrees', () => {
    const x = Array.from({ length: 200 }, (_, i) => i / 40 - 2.3);
    const [rsquare, coefficients] = tuple(
      'series_fit_poly',
      x.map((item) => item ** 8 - 8 * item ** 3 + 6),
      x,
      int(8n),
    );
    near(rsquare, 1);
    near((coefficients as Value[])[0], 1, 6);
    near((coefficients as Value[])[5], -8, 6);
  });

  it('gives null where points are too few or x is the same, and refuses strange degrees', () => {
    assert.equal(compute('series_fit_poly', [1, 2], [1, 2], int(2n)), null);
    assert.equal(compute('series_fit_poly', [1, 2, 3], [1, 1, 1], int(1n)), null);
    assert.equal(compute('series_fit_poly', [1, 2, 3], [1, 2], int(1n)), null);
    assert.throws(() => compute('series_fit_poly', [1, 2], [1, 2], int(-1n)), /degree/);
    assert.throws(() => compute('series_fit_poly', [1, 2], [1, 2], int(51n)), /degree/);
  });
});

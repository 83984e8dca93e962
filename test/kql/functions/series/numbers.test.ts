import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seriesFunctions } from '../../../../src/kql/functions/series/index.ts';
import { type KqlType, parseDynamic, type Value } from '../../../../src/values/index.ts';
import { bool, checkRows, dynamic, long, real, type TypedValue } from '../check.ts';
import { compute } from './rows.ts';

type Row = readonly [name: string, args: readonly TypedValue[], expected: number | null];

const cases: readonly Row[] = [
  ['series_sum', [dynamic('[1,2,3,4]')], 10],
  ['series_sum', [dynamic('[1.5,-2]')], -0.5],
  ['series_sum', [dynamic('[1,null]')], null],
  ['series_sum', [dynamic('[1,"a"]')], null],
  ['series_sum', [dynamic('1')], null],
  ['array_sum', [dynamic('[1,2,3,4]')], 10],
  ['array_sum', [dynamic('[true]')], null],
  ['array_sum', [dynamic('[1,null,3]')], 4],
  ['array_sum', [dynamic('[]')], null],
  ['series_sum', [dynamic('[1,null,3]')], null],
  ['series_product', [dynamic('[1,2,3,4]')], 24],
  ['series_product', [dynamic('[1,null]')], null],
  ['series_magnitude', [dynamic('[3,4]')], 5],
  ['series_magnitude', [dynamic('[3,null,4]')], 5],
  ['series_magnitude', [dynamic('[]')], null],
  ['series_dot_product', [dynamic('[1,2,4]'), dynamic('[4,2,1]')], 12],
  ['series_dot_product', [dynamic('[1,2,4]'), dynamic('[4,2]')], 8],
  ['series_dot_product', [dynamic('[1,"a",4]'), dynamic('[4,2,null]')], 4],
  ['series_dot_product', [dynamic('[1,2,3]'), long(10n)], 60],
  ['series_dot_product', [real(0.5), dynamic('[1,2,3]')], 3],
  ['series_dot_product', [dynamic('[]'), dynamic('[1]')], null],
  ['series_dot_product', [dynamic('null'), dynamic('[1]')], null],
  ['series_cosine_similarity', [dynamic('[1,0]'), dynamic('[0,1]')], 0],
  ['series_cosine_similarity', [dynamic('[1,0]'), dynamic('[2,0,9]')], 1],
  ['series_cosine_similarity', [dynamic('[1,0]'), dynamic('[2,0]'), real(2), real(2)], 0.5],
  ['series_cosine_similarity', [dynamic('[]'), dynamic('[]')], null],
  ['series_pearson_correlation', [dynamic('[1,2,3,4,5]'), dynamic('[10,8,6,4,2]')], -1],
  ['series_pearson_correlation', [dynamic('[1,2]'), dynamic('[1,2,3]')], null],
  ['series_pearson_correlation', [dynamic('[1,null]'), dynamic('[1,2]')], null],
];

const stats = (json: string, ...more: readonly TypedValue[]) => ({
  name: 'series_stats',
  args: [dynamic(json), ...more],
  type: 'dynamic' as KqlType,
});

describe('one number of a series or two', () => {
  it('is computed in the evaluator and through the engine', () =>
    checkRows(
      seriesFunctions,
      cases.map(([name, args, expected]) => ({ name, args, type: 'real', expected })),
    ));

  it('the correlation of a series with its own multiple is 1', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 9 }), (a, factor) => {
        const found = compute(
          'series_pearson_correlation',
          a,
          a.map((item) => item * factor + 1),
        ) as number;
        assert.ok(Math.abs(found - 1) < 1e-9);
      }),
    );
  });
});

describe('series_stats', () => {
  it('gives seven statistics, null where a gap forbids them', () =>
    checkRows(seriesFunctions, [
      { ...stats('[1,5,3,5,1]'), expected: [1, 0n, 5, 1n, 3, 2, 4] },
      { ...stats('[4]'), expected: [4, 0n, 4, 0n, 4, 0, 0] },
      { ...stats('[1,null]'), expected: null },
      { ...stats('[1,"NaN"]'), expected: null },
      { ...stats('[]'), expected: null },
      { ...stats('[null,1,"Infinity",3]', bool(true)), expected: [1, 1n, 3, 3n, 2, Math.SQRT2, 2] },
      { ...stats('[null]', bool(true)), expected: null },
    ]));

  it('gives a bag with the sum and the length too', () => {
    const expected = parseDynamic(
      '{"min":1.0,"min_idx":0,"max":3.0,"max_idx":1,"avg":2.0,"stdev":1.4142135623730951,"variance":2.0,"sum":4.0,"len":2}',
    ) as Value;
    return checkRows(seriesFunctions, [
      { name: 'series_stats_dynamic', args: [dynamic('[1,3]')], type: 'dynamic', expected },
      { name: 'series_stats_dynamic', args: [dynamic('[1,"a"]')], type: 'dynamic', expected: null },
    ]);
  });
});

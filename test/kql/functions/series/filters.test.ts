import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seriesFunctions } from '../../../../src/kql/functions/series/index.ts';
import { parseDynamic, type Value } from '../../../../src/values/index.ts';
import { bool, checkRows, dynamic, type TypedValue } from '../check.ts';
import { compute, list } from './rows.ts';

type Row = readonly [name: string, args: readonly TypedValue[], expected: string];

const spike = dynamic('[0,0,0,6,0,0,0]');
const three = dynamic('[1,1,1]');

const cases: readonly Row[] = [
  ['series_fir', [spike, three], '[0,0,0,2,2,2,0]'],
  ['series_fir', [spike, three, bool(true), bool(true)], '[0,0,2,2,2,0,0]'],
  ['series_fir', [spike, dynamic('[1,1]'), bool(false), bool(true)], '[0,0,0,6,6,0,0]'],
  ['series_fir', [spike, three, bool(false)], '[0,0,0,6,6,6,0]'],
  ['series_fir', [spike, dynamic('[1,2,3]'), bool(false)], '[0,0,0,6,12,18,0]'],
  ['series_fir', [dynamic('[0,0,2,2,3]'), dynamic('[1,-1]')], '[0,0,2,0,1]'],
  ['series_fir', [dynamic('[0,0,2,2,3]'), dynamic('[1,-1]'), bool(true)], 'null'],
  ['series_fir', [dynamic('[1,null]'), three], 'null'],
  ['series_fir', [spike, dynamic('[]')], 'null'],
  ['series_fir', [dynamic('[]'), three], '[]'],
  ['series_iir', [dynamic('[1,2,3,4]'), dynamic('[1]'), dynamic('[1,-1]')], '[1,3,6,10]'],
  ['series_iir', [dynamic('[8,0,0]'), dynamic('[1]'), dynamic('[2,-1]')], '[4,2,1]'],
  ['series_iir', [dynamic('[1,2,3]'), dynamic('[1,1]'), dynamic('[1]')], '[1,3,5]'],
  ['series_iir', [dynamic('[1]'), dynamic('[1]'), dynamic('[0,1]')], 'null'],
  ['series_iir', [dynamic('[1,"a"]'), dynamic('[1]'), dynamic('[1]')], 'null'],
];

describe('filters', () => {
  it('weigh each point and those before it, in the evaluator and through the engine', () =>
    checkRows(
      seriesFunctions,
      cases.map(([name, args, expected]) => ({
        name,
        args,
        type: 'dynamic',
        expected: parseDynamic(expected) as Value,
      })),
    ));

  it('a sum and its differences undo each other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 50 }), (series) => {
        const total = compute('series_iir', series, [1], [1, -1]);
        assert.deepEqual(list(compute('series_fir', total, [1, -1])), series);
      }),
    );
  });

  it('refuse by name what would take too long', () => {
    const long = Array.from({ length: 20_000 }, () => 1);
    assert.throws(() => compute('series_fir', long, long), /series_fir.*multiplications/);
    assert.throws(() => compute('series_iir', long, [1], long), /series_iir.*multiplications/);
  });
});

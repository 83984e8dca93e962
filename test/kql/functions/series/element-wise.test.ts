import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seriesFunctions } from '../../../../src/kql/functions/series/index.ts';
import { dynamicToJson, parseDynamic, type Value } from '../../../../src/values/index.ts';
import { checkRows, dynamic, long, real, type TypedValue } from '../check.ts';
import { compute } from './rows.ts';

type Row = readonly [name: string, args: readonly TypedValue[], expected: string];

const cases: readonly Row[] = [
  ['series_abs', [dynamic('[-6.5,0,8.2]')], '[6.5,0.0,8.2]'],
  ['series_abs', [dynamic('[-6,0,8,null]')], '[6,0,8,null]'],
  ['series_abs', [dynamic('[-1,"a",true,{"b":1},[2]]')], '[1,null,null,null,null]'],
  ['series_abs', [dynamic('[]')], '[]'],
  ['series_abs', [dynamic('{"a":1}')], 'null'],
  ['series_abs', [dynamic('7')], 'null'],
  ['series_abs', [dynamic('null')], 'null'],
  ['series_sign', [dynamic('[-6,0,8]')], '[-1,0,1]'],
  ['series_sign', [dynamic('[-0.5,0.0,1e300,null]')], '[-1,0,1,null]'],
  ['series_floor', [dynamic('[-1.5,1,2.5]')], '[-2.0,1.0,2.0]'],
  ['series_floor', [dynamic('[-1,9007199254740993]')], '[-1,9007199254740993]'],
  ['series_ceiling', [dynamic('[-1.5,1,2.5]')], '[-1.0,1.0,3.0]'],
  ['series_exp', [dynamic('[0,1]')], '[1.0,2.718281828459045]'],
  ['series_log', [dynamic('[1,0,-1]')], '[0.0,"-Infinity","NaN"]'],
  ['series_acos', [dynamic('[-1,0,1,2]')], '[3.141592653589793,1.5707963267948966,0.0,"NaN"]'],
  ['series_asin', [dynamic('[-1,0,1]')], '[-1.5707963267948966,0.0,1.5707963267948966]'],
  ['series_atan', [dynamic('[0,1]')], '[0.0,0.7853981633974483]'],
  ['series_cos', [dynamic('[0]')], '[1.0]'],
  ['series_sin', [dynamic('[0]')], '[0.0]'],
  ['series_tan', [dynamic('[0,null]')], '[0.0,null]'],
  ['series_add', [dynamic('[1,2,4]'), dynamic('[4,2,1]')], '[5,4,5]'],
  ['series_add', [dynamic('[1,2,4]'), dynamic('[4,2.5]')], '[5.0,4.5,null]'],
  ['series_add', [dynamic('[1,2]'), long(1n)], '[2,3]'],
  ['series_add', [dynamic('[1,2]'), real(0.5)], '[1.5,2.5]'],
  ['series_add', [long(1n), dynamic('[1,null]')], '[2,null]'],
  ['series_add', [dynamic('[1,2]'), long(null)], '[null,null]'],
  ['series_add', [dynamic('[1]'), dynamic('null')], 'null'],
  ['series_add', [dynamic('[9223372036854775807]'), long(1n)], '[-9223372036854775808]'],
  ['series_subtract', [dynamic('[1,2,4]'), dynamic('[4,2,1]')], '[-3,0,3]'],
  ['series_multiply', [dynamic('[1,2,4]'), dynamic('[4,2,1]')], '[4,4,4]'],
  ['series_divide', [dynamic('[1,2,4]'), dynamic('[4,2,1]')], '[0.25,1.0,4.0]'],
  ['series_divide', [dynamic('[2,-2,0]'), long(0n)], '["Infinity","-Infinity","NaN"]'],
  ['series_pow', [dynamic('[1,2,3,4]'), dynamic('[1,2,3,0.5]')], '[1.0,4.0,27.0,2.0]'],
  ['series_equals', [dynamic('[1,2,4]'), dynamic('[4,2.0,1]')], '[false,true,false]'],
  ['series_not_equals', [dynamic('[1,2,4]'), dynamic('[4,2,1]')], '[true,false,true]'],
  ['series_less', [dynamic('[1,2,4,1]'), dynamic('[4,2,1]')], '[true,false,false,null]'],
  ['series_less_equals', [dynamic('[1,2,4]'), dynamic('[4,2,1]')], '[true,true,false]'],
  ['series_greater', [dynamic('[1,2,4]'), dynamic('[4,2,1]')], '[false,false,true]'],
  ['series_greater', [dynamic('[9007199254740993]'), dynamic('[9007199254740992]')], '[true]'],
  ['series_greater_equals', [dynamic('[1,2,"x"]'), real(2)], '[false,true,null]'],
  ['series_add', [dynamic('["NaN","Infinity"]'), long(1n)], '["NaN","Infinity"]'],
];

describe('functions of the elements of series', () => {
  it('compute every element, in the evaluator and through the engine', () =>
    checkRows(
      seriesFunctions,
      cases.map(([name, args, expected]) => ({
        name,
        args,
        type: 'dynamic',
        expected: parseDynamic(expected) as Value,
      })),
    ));

  it('print whole numbers whole and reals with a fraction', () => {
    for (const [name, args, expected] of cases) assert.equal(dynamicToJson(compute(name, ...args)), expected, name);
  });

  const whole = fc.array(fc.option(fc.bigInt(-(2n ** 62n), 2n ** 62n)), { maxLength: 20 });

  it('add and subtract undo each other', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const back = compute('series_subtract', compute('series_add', a, b), b) as Value[];
        assert.equal(back.length, Math.max(a.length, b.length));
        back.forEach((item, i) => {
          assert.equal(item, b[i] == null ? null : (a[i] ?? null));
        });
      }),
    );
  });

  it('compare as opposites', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const [less, not] = [compute('series_less', a, b), compute('series_greater_equals', a, b)] as Value[][];
        less!.forEach((item, i) => {
          assert.equal(not![i], item === null ? null : !item);
        });
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seriesFunctions } from '../../../../src/kql/functions/series/index.ts';
import { dynamicToJson, parseDynamic, type Value } from '../../../../src/values/index.ts';
import { bool, checkRows, dynamic, long, real, type TypedValue } from '../check.ts';
import { compute } from './rows.ts';

type Row = readonly [name: string, args: readonly TypedValue[], expected: string];

const gaps = dynamic('[null,111,null,36,41,null,null,16,61,33,null]');

const cases: readonly Row[] = [
  ['series_fill_forward', [gaps], '[null,111,111,36,41,41,41,16,61,33,33]'],
  ['series_fill_forward', [dynamic('[0,1,0,2.5]'), long(0n)], '[0,1,1,2.5]'],
  ['series_fill_forward', [dynamic('[1,0,null]'), real(0)], '[1,1,null]'],
  ['series_fill_forward', [dynamic('["a",null]')], '["a","a"]'],
  ['series_fill_forward', [dynamic('{}')], 'null'],
  ['series_fill_backward', [gaps], '[111,111,36,36,41,16,16,16,61,33,null]'],
  ['series_fill_backward', [dynamic('[-1,2,-1]'), long(-1n)], '[2,2,-1]'],
  ['series_fill_const', [gaps, real(0)], '[0.0,111,0.0,36,41,0.0,0.0,16,61,33,0.0]'],
  ['series_fill_const', [gaps, long(-1n)], '[-1,111,-1,36,41,-1,-1,16,61,33,-1]'],
  ['series_fill_const', [dynamic('[1,2,null]'), long(7n), long(2n)], '[1,7,null]'],
  ['series_fill_const', [dynamic('[]'), long(7n)], '[]'],
  ['series_fill_linear', [gaps], '[111,111,73,36,41,32,24,16,61,33,33]'],
  ['series_fill_linear', [dynamic('[1.0,null,2,null]')], '[1.0,1.5,2,2]'],
  ['series_fill_linear', [dynamic('[-1,null,-4]')], '[-1,-2,-4]'],
  ['series_fill_linear', [gaps, real(null), bool(false)], '[null,111,73,36,41,32,24,16,61,33,null]'],
  ['series_fill_linear', [dynamic('[null,null]')], '[0.0,0.0]'],
  ['series_fill_linear', [dynamic('[null]'), real(null), bool(true), real(3.5)], '[3.5]'],
  ['series_fill_linear', [dynamic('[null]'), real(null), bool(true), real(null)], '[null]'],
  ['series_fill_linear', [dynamic('[1,0,3]'), long(0n)], '[1,2,3]'],
];

describe('filling series', () => {
  it('replaces what is missing and nothing else, in the evaluator and through the engine', async () => {
    for (const [name, args, expected] of cases) assert.equal(dynamicToJson(compute(name, ...args)), expected, name);
    await checkRows(
      seriesFunctions,
      cases.map(([name, args, expected]) => ({
        name,
        args,
        type: 'dynamic',
        expected: parseDynamic(expected) as Value,
      })),
    );
  });

  const series = fc.array(fc.option(fc.integer({ min: -1000, max: 1000 }).map(BigInt)), { maxLength: 30 });

  it('leaves no gap between two numbers, and each number where it was', () => {
    const fills = ['series_fill_forward', 'series_fill_backward', 'series_fill_linear'];
    fc.assert(
      fc.property(series, fc.constantFrom(...fills), (items, name) => {
        const filled = compute(name, items) as Value[];
        const [first, last] = [items.findIndex((item) => item !== null), items.findLastIndex((item) => item !== null)];
        filled.forEach((item, i) => {
          if (items[i] !== null) assert.equal(item, items[i]);
          if (i >= first && i <= last) assert.notEqual(item, null);
        });
      }),
    );
  });

  it('fills a line that has holes with that line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 2, maxLength: 30 }),
        fc.integer({ min: -9, max: 9 }),
        (holes, slope) => {
          const line = holes.map((_, i) => BigInt(slope * i));
          const holed = line.map((item, i) => (holes[i] && i > 0 && i < line.length - 1 ? null : item));
          assert.deepEqual(compute('series_fill_linear', holed), line);
        },
      ),
    );
  });
});

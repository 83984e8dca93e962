import { test } from 'node:test';
import { countAggregates } from '../../../src/kql/aggregates/count.ts';
import { extremeAggregates } from '../../../src/kql/aggregates/extremes.ts';
import { sumAggregates } from '../../../src/kql/aggregates/sums.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { checkGroups, type Group } from './check.ts';

const group = (
  name: string,
  types: readonly KqlType[],
  rows: readonly (readonly Value[])[],
  type: KqlType,
  expected: Value,
  constants: readonly Value[] = [],
): Group => ({ name, types, rows, type, expected, constants });

test('counts', () =>
  checkGroups(countAggregates, [
    group('count', ['long'], [[1n], [null], [1n]], 'long', 3n),
    group('count', ['long'], [], 'long', 0n),
    group('countif', ['bool'], [[true], [null], [false], [true]], 'long', 2n),
    group('dcount', ['long'], [[1n], [null], [1n], [2n]], 'long', 2n),
    group('dcount', ['string'], [['a'], [''], ['A'], ['a']], 'long', 3n),
    group('dcount', ['long', 'long'], [[1n], [2n]], 'long', 2n, [4n]),
    group('dcount', ['long'], [], 'long', 0n),
    group(
      'dcountif',
      ['long', 'bool'],
      [
        [1n, true],
        [1n, true],
        [2n, false],
        [3n, null],
      ],
      'long',
      1n,
    ),
    group('count_distinct', ['real'], [[1.5], [1.5], [2]], 'long', 2n),
    group(
      'count_distinctif',
      ['long', 'bool'],
      [
        [1n, true],
        [2n, false],
      ],
      'long',
      1n,
    ),
  ]));

test('sums and averages leave null out', () =>
  checkGroups(sumAggregates, [
    group('sum', ['int'], [[1n], [null], [2n]], 'long', 3n),
    group('sum', ['long'], [], 'long', 0n),
    group('sum', ['real'], [[1.5], [2]], 'real', 3.5),
    group('sum', ['timespan'], [[1n], [2n]], 'timespan', 3n),
    group(
      'sumif',
      ['long', 'bool'],
      [
        [1n, true],
        [5n, false],
        [7n, null],
      ],
      'long',
      1n,
    ),
    group('avg', ['long'], [[1n], [2n], [null]], 'real', 1.5),
    group('avg', ['long'], [], 'real', Number.NaN),
    group(
      'avgif',
      ['real', 'bool'],
      [
        [1, true],
        [5, false],
      ],
      'real',
      1,
    ),
    group('avg', ['timespan'], [[1n], [4n]], 'timespan', 2n),
    group(
      'avg',
      ['datetime'],
      [[638_882_177_361_234_567n], [638_882_177_361_234_569n]],
      'datetime',
      638_882_177_361_234_568n,
    ),
    group('avg', ['timespan'], [], 'timespan', null),
  ]));

test('extremes', () =>
  checkGroups(extremeAggregates, [
    group('max', ['long'], [[1n], [null], [3n]], 'long', 3n),
    group('min', ['long'], [[1n], [null], [3n]], 'long', 1n),
    group('min', ['long'], [], 'long', null),
    group('max', ['string'], [['a'], ['B']], 'string', 'a'),
    group('min', ['string'], [], 'string', ''),
    group('max', ['bool'], [[false], [true]], 'bool', true),
    group('max', ['datetime'], [[1n], [9n]], 'datetime', 9n),
    group('max', ['real'], [[Number.NaN], [2], [Number.NaN], [1]], 'real', Number.NaN),
    group('max', ['real'], [[2], [Number.NaN]], 'real', Number.NaN),
    group('max', ['real'], [[Number.NaN], [null]], 'real', Number.NaN),
    group('min', ['real'], [[Number.NaN], [2], [1]], 'real', Number.NaN),
    group('min', ['real'], [[2], [Number.NaN], [Number.NEGATIVE_INFINITY]], 'real', Number.NaN),
    group('min', ['real'], [[2], [null], [-1.5]], 'real', -1.5),
    group('min', ['real'], [[null], [Number.NaN]], 'real', Number.NaN),
    group(
      'arg_max',
      ['real', 'string'],
      [
        [Number.NaN, 'a'],
        [2, 'b'],
        [null, 'c'],
      ],
      'string',
      'a',
    ),
    group(
      'arg_max',
      ['real', 'string'],
      [
        [null, 'a'],
        [Number.NaN, 'b'],
      ],
      'string',
      'b',
    ),
    group(
      'arg_min',
      ['real', 'string'],
      [
        [2, 'a'],
        [Number.NaN, 'b'],
        [1, 'c'],
      ],
      'string',
      'b',
    ),
    group(
      'maxif',
      ['long', 'bool'],
      [
        [1n, true],
        [9n, false],
        [10n, null],
      ],
      'long',
      1n,
    ),
    group(
      'minif',
      ['long', 'bool'],
      [
        [1n, false],
        [9n, true],
      ],
      'long',
      9n,
    ),
    group(
      'arg_max',
      ['long', 'string'],
      [
        [1n, 'a'],
        [3n, 'c'],
        [2n, 'b'],
      ],
      'string',
      'c',
    ),
    group(
      'arg_max',
      ['long', 'long'],
      [
        [1n, 5n],
        [3n, null],
        [null, 9n],
      ],
      'long',
      null,
    ),
    group(
      'arg_min',
      ['long', 'long'],
      [
        [1n, null],
        [3n, 4n],
      ],
      'long',
      null,
    ),
    group(
      'arg_min',
      ['string', 'long'],
      [
        ['b', 1n],
        ['a', 2n],
      ],
      'long',
      2n,
    ),
    group('arg_max', ['long', 'string'], [], 'string', ''),
    group('take_any', ['long'], [[null], [3n]], 'long', 3n),
    group(
      'take_anyif',
      ['long', 'bool'],
      [
        [1n, false],
        [3n, true],
      ],
      'long',
      3n,
    ),
    group('take_anyif', ['string', 'bool'], [['a', false]], 'string', ''),
  ]));

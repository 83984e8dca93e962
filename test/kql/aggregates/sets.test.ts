import { test } from 'node:test';
import { bagAggregates } from '../../../src/kql/aggregates/bags.ts';
import { setAggregates } from '../../../src/kql/aggregates/sets.ts';
import { type Dynamic, type KqlType, parseDatetime, type Value } from '../../../src/values/index.ts';
import { checkGroups, type Group } from './check.ts';

const group = (
  name: string,
  types: readonly KqlType[],
  rows: readonly (readonly Value[])[],
  expected: Value,
  constants: readonly Value[] = [],
): Group => ({ name, types, rows, type: 'dynamic', expected, constants });

test('make_list keeps order and repetitions, leaves null out unless it is a dynamic, and takes arrays apart', () =>
  checkGroups(setAggregates, [
    group('make_list', ['string'], [['b'], ['a'], ['b'], ['']], ['b', 'a', 'b', '']),
    group('make_list', ['long'], [[3n], [null], [1n]], [3n, 1n]),
    group('make_list', ['long'], [], []),
    group('make_list', ['long'], [[null]], []),
    group('make_list', ['long', 'long'], [[3n], [2n], [1n]], [3n, 2n], [2n]),
    group('make_list', ['datetime'], [[parseDatetime('2026-01-01')]], ['2026-01-01T00:00:00.0000000Z']),
    group('make_list', ['timespan'], [[10_000_000n]], ['00:00:01']),
    group('make_list', ['bool'], [[true], [null], [false]], [true, false]),
    group('make_list', ['real'], [[1.5], [Number.NaN]], [1.5, 'NaN']),
    group('make_list', ['string'], [['say "no"\n']], ['say "no"\n']),
    group(
      'make_list',
      ['dynamic'],
      [[[1n, [2n], null]], [null], ['x'], [new Map([['a', 1n]])]],
      [1n, [2n], null, null, 'x', new Map([['a', 1n]])],
    ),
    group(
      'make_list_if',
      ['long', 'bool'],
      [
        [3n, true],
        [2n, false],
        [1n, null],
      ],
      [3n],
    ),
    group(
      'make_list_if',
      ['long', 'bool', 'long'],
      [
        [3n, true],
        [2n, true],
      ],
      [3n],
      [1n],
    ),
    group('make_list_with_nulls', ['long'], [[3n], [null]], [3n, null]),
    group('make_list_with_nulls', ['long'], [], []),
    group('make_list_with_nulls', ['dynamic'], [[null], [[1n, 2n]], [[]]], [null, 1n, 2n]),
  ]));

test('make_set takes each value once', () =>
  checkGroups(setAggregates, [
    group('make_set', ['string'], [['b'], ['a'], ['b'], ['']], ['', 'a', 'b']),
    group('make_set', ['int'], [[5n], [1n], [7n], [5n], [null]], [1n, 5n, 7n]),
    group('make_set', ['int', 'long'], [[5n], [1n], [7n]], [1n, 5n], [2n]),
    group('make_set', ['int'], [], []),
    group(
      'make_set_if',
      ['int', 'bool'],
      [
        [5n, true],
        [1n, false],
      ],
      [5n],
    ),
    group(
      'make_set',
      ['dynamic'],
      [[['A1', 'A2', 'A3']], [['A2', 'C1']], [['C2', 'A3']], [['C2', 'A1']], ['B'], [null]],
      ['A1', 'A2', 'A3', 'B', 'C1', 'C2'],
    ),
  ]));

const bag = (entries: Readonly<Record<string, Dynamic>>): Dynamic => new Map(Object.entries(entries));

test('make_bag merges bags and leaves out what is none', () =>
  checkGroups(bagAggregates, [
    group('make_bag', ['dynamic'], [[bag({ a: 1n })], [bag({ b: [2n] })], [null], ['x']], bag({ a: 1n, b: [2n] })),
    group('make_bag', ['dynamic'], [[bag({ 'a/b~"c': null })], [bag({})]], bag({ 'a/b~"c': null })),
    group('make_bag', ['dynamic'], [[bag({ a: 1n, b: 2n })], [bag({ a: 3n, c: 4n })]], bag({ a: 1n, b: 2n, c: 4n })),
    group('make_bag', ['dynamic', 'long'], [[bag({ a: 1n })], [bag({ b: 2n })]], bag({ a: 1n }), [1n]),
    group('make_bag', ['dynamic'], [], bag({})),
    group(
      'make_bag_if',
      ['dynamic', 'bool'],
      [
        [bag({ a: 1n }), true],
        [bag({ b: 2n }), false],
      ],
      bag({ a: 1n }),
    ),
  ]));

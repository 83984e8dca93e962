import { test } from 'node:test';
import { betweenFunctions } from '../../../src/kql/functions/between.ts';
import { conditionalFunctions } from '../../../src/kql/functions/conditional.ts';
import { logicFunctions } from '../../../src/kql/functions/logic.ts';
import { type KqlType, parseDatetime, parseTimespan, type Value } from '../../../src/values/index.ts';
import { checkRandom, rowOf } from './agreement.ts';
import { bool, type Case, checkRows, dynamic, int, long, real, string, type TypedValue } from './check.ts';

const lines = (type: KqlType, rows: readonly (readonly [string, readonly TypedValue[], Value])[]): Case[] =>
  rows.map(([name, args, expected]) => ({ name, args, type, expected }));

test('and, or and not know null', () =>
  checkRows(
    logicFunctions,
    lines('bool', [
      ['and', [bool(true), bool(true)], true],
      ['and', [bool(true), bool(false)], false],
      ['and', [bool(null), bool(false)], false],
      ['and', [bool(null), bool(true)], false],
      ['and', [bool(true), bool(true), bool(false)], false],
      ['or', [bool(null), bool(true)], true],
      ['or', [bool(null), bool(false)], false],
      ['or', [bool(false), bool(false)], false],
      ['not', [bool(true)], false],
      ['not', [bool(null)], null],
    ]),
  ));

test('iff and case take the first predicate that is true', () =>
  checkRows(conditionalFunctions, [
    ...lines('string', [
      ['iff', [bool(true), string('a'), string('b')], 'a'],
      ['iff', [bool(false), string('a'), string('b')], 'b'],
      ['iif', [bool(null), string('a'), string('b')], 'b'],
      ['case', [bool(false), string('a'), bool(true), string('b'), bool(true), string('c'), string('d')], 'b'],
      ['case', [bool(false), string('a'), bool(null), string('b'), string('d')], 'd'],
      ['iff', [bool(true), dynamic('"x"'), string('b')], 'x'],
    ]),
    ...lines('real', [['iff', [bool(true), int(1n), real(2.5)], 1]]),
    ...lines('dynamic', [
      ['iff', [bool(true), long(1n), string('a')], 1n],
      ['iff', [bool(false), long(1n), string('a')], 'a'],
    ]),
  ]));

test('coalesce takes the first that is not null, of texts the first not empty', () =>
  checkRows(conditionalFunctions, [
    ...lines('long', [
      ['coalesce', [long(null), long(42n), long(33n)], 42n],
      ['coalesce', [long(null), int(7n)], 7n],
      ['coalesce', [long(null), long(null)], null],
    ]),
    ...lines('string', [
      ['coalesce', [string(''), string('a'), string('b')], 'a'],
      ['coalesce', [string(''), string('')], ''],
    ]),
  ]));

test('max_of and min_of prefer values to null', () =>
  checkRows(conditionalFunctions, [
    ...lines('long', [
      ['max_of', [long(10n), long(1n), long(-3n), long(17n)], 17n],
      ['min_of', [long(10n), long(1n), long(-3n), long(17n)], -3n],
      ['max_of', [long(null), long(2n)], 2n],
      ['min_of', [long(null), int(2n)], 2n],
      ['max_of', [long(null), long(null)], null],
    ]),
    ...lines('real', [
      ['min_of', [real(Number.NaN), real(1)], Number.NaN],
      ['min_of', [real(1), real(Number.NaN), real(-1)], Number.NaN],
      ['max_of', [real(1), real(Number.NaN)], Number.NaN],
      ['min_of', [real(2), real(-1.5)], -1.5],
    ]),
    ...lines('string', [['max_of', [string('a'), string('B')], 'a']]),
  ]));

const datetime = (text: string): TypedValue => ['datetime', parseDatetime(text)];
const timespan = (text: string): TypedValue => ['timespan', parseTimespan(text)];

test('between has both ends, and a length after a datetime', () =>
  checkRows(
    betweenFunctions,
    lines('bool', [
      ['between', [long(50n), long(50n), long(55n)], true],
      ['between', [long(55n), long(50n), long(55n)], true],
      ['between', [long(56n), long(50n), long(55n)], false],
      ['!between', [long(56n), long(50n), long(55n)], true],
      ['!between', [long(50n), long(50n), long(55n)], false],
      ['between', [long(5n), real(4.5), real(5.5)], true],
      ['between', [datetime('2007-07-30'), datetime('2007-07-27'), timespan('3d')], true],
      ['between', [datetime('2007-07-30 00:00:00.0000001'), datetime('2007-07-27'), timespan('3d')], false],
      ['between', [long(null), long(1n), long(2n)], null],
      ['!between', [long(null), long(1n), long(2n)], null],
      ['between', [long(9n), long(null), long(2n)], false],
      ['!between', [long(9n), long(null), long(2n)], true],
    ]),
  ));

test('the engine and the evaluator agree', async () => {
  for (const row of betweenFunctions)
    for (const type of ['long', 'real', 'datetime', 'timespan'] as const)
      await checkRandom(row, [type, type, type], 'bool');
  for (const name of ['max_of', 'min_of'])
    for (const type of ['long', 'real', 'string', 'bool', 'datetime'] as const)
      await checkRandom(rowOf(conditionalFunctions, name), [type, type, type], type, {
        // One letter of four bytes sorts before another of two in UTF-16, not in UTF-8.
        keep: (values) => type !== 'string' || values.every((value) => /^[\0-\x7f]*$/.test(String(value))),
      });
});

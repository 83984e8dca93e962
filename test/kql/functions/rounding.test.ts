import { test } from 'node:test';
import { roundingFunctions } from '../../../src/kql/functions/rounding.ts';
import { type KqlType, parseDatetime, parseTimespan, type Value } from '../../../src/values/index.ts';
import { checkRandom, rowOf } from './agreement.ts';
import { type Case, checkRows, int, long, real, type TypedValue } from './check.ts';

const lines = (type: KqlType, rows: readonly (readonly [string, readonly TypedValue[], Value])[]): Case[] =>
  rows.map(([name, args, expected]) => ({ name, args, type, expected }));
const datetime = (text: string): TypedValue => ['datetime', parseDatetime(text)];
const timespan = (text: string): TypedValue => ['timespan', parseTimespan(text)];

test('bin goes down to a multiple of the size, also below zero', () =>
  checkRows(roundingFunctions, [
    ...lines('real', [
      ['bin', [real(4.5), long(1n)], 4],
      ['bin', [real(-4.5), long(2n)], -6],
      ['bin', [real(4.5), real(-1)], null],
    ]),
    ...lines('long', [
      ['bin', [long(17n), long(5n)], 15n],
      ['floor', [long(-1n), long(5n)], -5n],
      ['bin', [long(-10n), long(5n)], -10n],
      ['bin', [int(7n), int(2n)], 6n],
      ['bin', [long(10n), long(0n)], null],
      ['bin', [long(10n), long(-1n)], null],
      ['bin', [long(null), long(5n)], null],
      ['bin', [long(5n), long(null)], null],
    ]),
    ...lines('timespan', [
      ['bin', [timespan('16d'), timespan('7d')], parseTimespan('14d')],
      ['bin', [timespan('-1h'), timespan('1d')], parseTimespan('-1d')],
      ['bin_at', [timespan('1h'), timespan('1d'), timespan('12h')], parseTimespan('-12h')],
    ]),
    ...lines('datetime', [
      ['bin', [datetime('1970-05-11 13:45:07'), timespan('1d')], parseDatetime('1970-05-11')],
      ['bin', [datetime('0001-01-01 13:45:07'), timespan('1h')], parseDatetime('0001-01-01 13:00')],
      ['bin_at', [datetime('2017-05-17 10:20'), timespan('7d'), datetime('2017-06-04')], parseDatetime('2017-05-14')],
      [
        'bin_at',
        [datetime('2017-05-15 10:20'), timespan('1d'), datetime('1970-01-01 12:00')],
        parseDatetime('2017-05-14 12:00'),
      ],
    ]),
    ...lines('real', [['bin_at', [real(6.5), real(2.5), long(7n)], 4.5]]),
  ]));

test('round, ceiling, abs and sign', () =>
  checkRows(roundingFunctions, [
    ...[
      ['round', [real(2.98765), int(3n)], 2.988],
      ['round', [real(2.15), int(1n)], 2.2],
      ['round', [real(-50.55), int(-2n)], -100],
      ['round', [real(21.5), int(-1n)], 20],
    ].map(([name, args, expected]): Case => ({ name, args, type: 'real', expected, constantArgs: [1] }) as Case),
    ...lines('real', [
      ['round', [real(2.5)], 3],
      ['round', [real(-2.5)], -3],
      ['ceiling', [real(-1.1)], -1],
      ['ceiling', [real(null)], null],
      ['abs', [real(-1.5)], 1.5],
      ['sign', [real(-42.1)], -1],
      ['sign', [long(0n)], 0],
      ['sign', [int(3n)], 1],
    ]),
    ...lines('long', [
      ['abs', [long(-5n)], 5n],
      ['round', [long(5n)], 5n],
      ['ceiling', [long(5n)], 5n],
    ]),
    ...lines('timespan', [['abs', [timespan('-1d')], parseTimespan('1d')]]),
  ]));

test('the engine and the evaluator agree', async () => {
  const inner = (value: Value): boolean => typeof value !== 'bigint' || (value < 2n ** 60n && value > -(2n ** 60n));
  const keep = (values: readonly Value[]): boolean => values.every(inner);
  const bin = rowOf(roundingFunctions, 'bin');
  await checkRandom(bin, ['long', 'long'], 'long', { keep });
  await checkRandom(bin, ['real', 'real'], 'real');
  await checkRandom(bin, ['timespan', 'timespan'], 'timespan', { keep });
  await checkRandom(bin, ['datetime', 'timespan'], 'datetime', { keep });
  const binAt = rowOf(roundingFunctions, 'bin_at');
  await checkRandom(binAt, ['long', 'long', 'long'], 'long', { keep });
  await checkRandom(binAt, ['datetime', 'timespan', 'datetime'], 'datetime', { keep });
  await checkRandom(rowOf(roundingFunctions, 'round'), ['real'], 'real');
  await checkRandom(rowOf(roundingFunctions, 'ceiling'), ['real'], 'real');
  await checkRandom(rowOf(roundingFunctions, 'abs'), ['long'], 'long', { keep });
  await checkRandom(rowOf(roundingFunctions, 'sign'), ['real'], 'real');
  await checkRandom(rowOf(roundingFunctions, 'sign'), ['decimal'], 'real');
});

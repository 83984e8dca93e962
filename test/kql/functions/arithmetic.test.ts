import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arithmeticFunctions } from '../../../src/kql/functions/arithmetic.ts';
import { type KqlType, parseDatetime, parseTimespan, type Value } from '../../../src/values/index.ts';
import { checkRandom, rowOf } from './agreement.ts';
import { type Case, checkRows } from './check.ts';

type Line = readonly [a: KqlType, x: Value, operator: string, b: KqlType, y: Value, type: KqlType, expected: Value];

const check = (lines: readonly Line[]): Promise<void> =>
  checkRows(
    arithmeticFunctions,
    lines.map(
      ([a, x, name, b, y, type, expected]): Case => ({
        name,
        args: [
          [a, x],
          [b, y],
        ],
        type,
        expected,
      }),
    ),
  );

test('numbers: whole ones stay whole, a real makes a real', () =>
  check([
    ['long', 7n, '/', 'long', 2n, 'long', 3n],
    ['long', -7n, '/', 'long', 2n, 'long', -3n],
    ['long', 7n, '/', 'long', 0n, 'long', null],
    ['long', 7n, '/', 'real', 2, 'real', 3.5],
    ['real', 1, '/', 'real', 0, 'real', Number.POSITIVE_INFINITY],
    ['real', 0, '/', 'real', 0, 'real', Number.NaN],
    ['int', 2_147_483_647n, '+', 'int', 1n, 'long', 2_147_483_648n],
    ['int', 2n, '*', 'real', 1.5, 'real', 3],
    ['long', null, '+', 'long', 10n, 'long', null],
    ['decimal', '1.5', '+', 'int', 1n, 'decimal', '2.5'],
    ['dynamic', 5n, '*', 'long', 2n, 'long', 10n],
  ]));

test('modulo is never negative', () =>
  check([
    ['long', 14n, '%', 'long', 12n, 'long', 2n],
    ['long', -14n, '%', 'long', 12n, 'long', 10n],
    ['long', 14n, '%', 'long', -12n, 'long', 2n],
    ['long', -14n, '%', 'long', -12n, 'long', 10n],
    ['long', -9_223_372_036_854_775_808n, '%', 'long', -1n, 'long', 0n],
    ['long', 1n, '%', 'long', 0n, 'long', null],
    ['real', -5.5, '%', 'real', 2, 'real', 0.5],
  ]));

const time = (text: string): bigint => parseTimespan(text)!;
const day = (text: string): bigint => parseDatetime(text)!;

test('datetimes and timespans', () =>
  check([
    ['datetime', day('1997-06-25'), '-', 'datetime', day('1910-06-11'), 'timespan', time('31791d')],
    ['datetime', day('1910-06-11'), '+', 'timespan', time('1d'), 'datetime', day('1910-06-12')],
    ['timespan', time('1d'), '+', 'datetime', day('1910-06-11'), 'datetime', day('1910-06-12')],
    ['timespan', time('1d'), '+', 'timespan', time('2d'), 'timespan', time('3d')],
    ['timespan', time('1d'), '/', 'timespan', time('5h'), 'real', 4.8],
    ['real', 1.5, '*', 'timespan', time('1h'), 'timespan', time('90m')],
    ['timespan', time('1h'), '*', 'int', 24n, 'timespan', time('1d')],
    ['timespan', time('1h'), '/', 'long', 2n, 'timespan', time('30m')],
    ['timespan', time('1h'), '/', 'real', 0, 'timespan', null],
    ['timespan', time('90m'), '%', 'timespan', time('1h'), 'timespan', time('30m')],
    ['datetime', null, '-', 'datetime', 0n, 'timespan', null],
    // years before 1 and after 9999
    ['datetime', 0n, '-', 'timespan', 1n, 'datetime', null],
    ['datetime', day('9999-12-31'), '+', 'timespan', time('1d'), 'datetime', null],
  ]));

test('what has no meaning is refused, by the engine and by the evaluator', () => {
  for (const [name, a, b, type] of [
    ['+', 'datetime', 'datetime', 'datetime'],
    ['*', 'datetime', 'long', 'datetime'],
    ['-', 'timespan', 'datetime', 'datetime'],
  ] as const) {
    const row = rowOf(arithmeticFunctions, name);
    const args = [a, b].map((one) => ({ sql: 'x', type: one, nullable: true, constant: undefined }));
    const refuse = (reason: string): never => {
      throw new Error(reason);
    };
    assert.throws(() => row.sql!({ name, args, type, asFilter: false, refuse }), /cannot compute/);
    assert.throws(() => row.evaluate([0n, 0n], { name, argTypes: [a, b], type }), { code: 'KQL0005' });
  }
});

test('the engine and the evaluator agree where nothing overflows', async () => {
  const small = (value: Value): boolean => typeof value !== 'bigint' || (value < 2n ** 31n && value > -(2n ** 31n));
  for (const name of ['+', '-', '*', '/', '%']) {
    const row = rowOf(arithmeticFunctions, name);
    const keep = (values: readonly Value[]): boolean => name === '%' || values.every(small);
    await checkRandom(row, ['int', 'long'], 'long', { keep });
    await checkRandom(row, ['long', 'long'], 'long', { keep });
    await checkRandom(row, ['real', 'real'], 'real');
    await checkRandom(row, ['long', 'real'], 'real');
  }
  await checkRandom(rowOf(arithmeticFunctions, '*'), ['timespan', 'real'], 'timespan');
  await checkRandom(rowOf(arithmeticFunctions, '/'), ['timespan', 'real'], 'timespan');
  await checkRandom(rowOf(arithmeticFunctions, '/'), ['timespan', 'timespan'], 'real');
  await checkRandom(rowOf(arithmeticFunctions, '-'), ['datetime', 'datetime'], 'timespan');
});

test('a minus sign', () =>
  checkRows(arithmeticFunctions, [
    { name: 'negate', args: [['long', 5n]], type: 'long', expected: -5n },
    { name: 'negate', args: [['real', 1.5]], type: 'real', expected: -1.5 },
    { name: 'negate', args: [['timespan', null]], type: 'timespan', expected: null },
  ]));

test('a sum outside the years 1 to 9999 is null', () => {
  const last = 3_155_378_975_999_999_999n;
  const row = rowOf(arithmeticFunctions, '+');
  const sum = (ticks: bigint): Value =>
    row.evaluate([last, ticks], { name: '+', argTypes: ['datetime', 'timespan'], type: 'datetime' });
  assert.equal(sum(0n), last);
  assert.equal(sum(1n), null);
});

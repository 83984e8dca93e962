import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arithmeticFunctions } from '../../../src/kql/functions/arithmetic.ts';
import { conversionFunctions } from '../../../src/kql/functions/conversions.ts';
import { heldDecimal } from '../../../src/kql/functions/decimal.ts';
import { roundingFunctions } from '../../../src/kql/functions/rounding.ts';
import type { Value } from '../../../src/values/index.ts';
import { type Case, checkRows, dynamic, long, real, string, type TypedValue } from './check.ts';

const decimal = (value: string | null): TypedValue => ['decimal', value];
const cases = (rows: readonly (readonly [string, readonly TypedValue[], Value])[]): Case[] =>
  rows.map(([name, args, expected]) => ({ name, args, type: 'decimal', expected }));

test('decimals are multiplied, divided and taken by their rest', () =>
  checkRows(
    arithmeticFunctions,
    cases([
      ['*', [decimal('1.5'), decimal('-2.25')], '-3.375'],
      ['*', [real(1.5), decimal('2')], '3'],
      ['/', [decimal('1'), long(4n)], '0.25'],
      ['%', [decimal('-14'), decimal('12')], '10'],
      ['*', [decimal(null), decimal('2')], null],
      ['/', [decimal('1'), decimal(null)], null],
      ['+', [decimal('0.000000000000000001'), decimal('1')], '1.000000000000000001'],
    ]),
  ));

test('decimals are rounded and laid into bins', () =>
  checkRows(
    roundingFunctions,
    cases([
      ['round', [decimal('2.555'), long(2n)], '2.56'],
      ['round', [decimal('-2.5')], '-3'],
      ['round', [decimal('1250'), long(-2n)], '1300'],
      ['bin', [decimal('-4.7'), decimal('1')], '-5'],
      ['bin', [decimal('4.7'), long(0n)], null],
      ['bin_at', [decimal('6.5'), decimal('2.5'), decimal('7')], '4.5'],
      ['ceiling', [decimal('-1.2')], '-1'],
      ['ceiling', [decimal('1.2')], '2'],
    ]),
  ));

test('texts, reals and dynamics become decimals without loss', () =>
  checkRows(
    conversionFunctions,
    cases([
      ['todecimal', [string('-1.50')], '-1.5'],
      ['todecimal', [string('x')], null],
      ['todecimal', [real(0.00001)], '0.00001'],
      ['todecimal', [real(Number.NaN)], null],
      ['todecimal', [dynamic('1.5')], '1.5'],
    ]),
  ));

test('what the engine cannot hold is refused, not cut', async () => {
  assert.throws(() => heldDecimal('0.1234567890123456789'), { code: 'KQL0005' });
  assert.equal(heldDecimal('0.123456789012345678'), '0.123456789012345678');
  const long19 = '0.1234567890123456789';
  await assert.rejects(checkRows(conversionFunctions, cases([['todecimal', [string(long19)], long19]])), /18 after it/);
  await assert.rejects(
    checkRows(arithmeticFunctions, cases([['/', [decimal('1'), decimal('3')], `0.${'3'.repeat(34)}`]])),
    /18 after it/,
  );
});

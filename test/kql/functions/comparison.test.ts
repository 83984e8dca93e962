import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparisonFunctions } from '../../../src/kql/functions/comparison.ts';
import type { SqlArg } from '../../../src/kql/functions/row.ts';
import { sqlLiteral } from '../../../src/kql/functions/sql-literal.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { rowOf } from './agreement.ts';
import { type Case, checkAgreement, checkRows, type TypedValue } from './check.ts';
import { samples } from './samples.ts';

/** A case as text: `['long', 1n, '==', 'real', 1, true]`. */
type Line = readonly [a: KqlType, x: Value, operator: string, b: KqlType, y: Value, expected: boolean | null];

const cases = (lines: readonly Line[]): Case[] =>
  lines.map(([a, x, name, b, y, expected]) => {
    const args: readonly TypedValue[] = [
      [a, x],
      [b, y],
    ];
    return { name, args, type: 'bool', expected };
  });

const GUID = '74be27de-1e4e-49d9-b579-fe0b331d3642';

test('values of one type are equal or not', () =>
  checkRows(
    comparisonFunctions,
    cases([
      ['long', 1n, '==', 'long', 1n, true],
      ['long', 1n, '==', 'long', 2n, false],
      ['string', 'a', '==', 'string', 'a', true],
      ['string', 'a', '==', 'string', 'A', false],
      ['string', 'a', '!=', 'string', 'A', true],
      ['bool', true, '==', 'bool', true, true],
      ['bool', true, '!=', 'bool', true, false],
      ['guid', GUID, '==', 'guid', GUID, true],
      ['decimal', '1.5', '==', 'decimal', '1.50', true],
      ['decimal', '1.5', '<', 'decimal', '10', true],
      ['datetime', 0n, '<', 'datetime', 1n, true],
      ['timespan', -1n, '>=', 'timespan', 0n, false],
      ['real', Number.NaN, '==', 'real', Number.NaN, false],
      ['real', Number.NaN, '!=', 'real', Number.NaN, true],
      ['real', Number.NaN, '>', 'real', 1, false],
      ['real', 1, '<', 'real', Number.NaN, false],
      ['real', Number.POSITIVE_INFINITY, '>', 'real', 1, true],
      ['real', -0, '==', 'real', 0, true],
    ]),
  ));

test('null is unequal to every value, and of two nulls nothing is known', () =>
  checkRows(
    comparisonFunctions,
    cases([
      ['long', null, '==', 'long', 1n, false],
      ['long', null, '!=', 'long', 1n, true],
      ['long', 1n, '!=', 'long', null, true],
      ['long', null, '==', 'long', null, null],
      ['long', null, '!=', 'long', null, null],
      ['long', null, '<', 'long', 1n, null],
      ['long', null, '>', 'long', null, null],
      ['real', null, '>', 'real', Number.NaN, null],
      ['real', Number.NaN, '>', 'real', null, null],
      ['real', null, '!=', 'real', Number.NaN, true],
      ['bool', null, '!=', 'bool', true, true],
    ]),
  ));

test('numbers of different types are compared as the wider', () =>
  checkRows(
    comparisonFunctions,
    cases([
      ['int', 1n, '==', 'long', 1n, true],
      ['long', 1n, '<', 'real', 1.5, true],
      ['real', 1.5, '>', 'int', 1n, true],
      ['long', 2n, '==', 'real', 2, true],
      ['bool', true, '==', 'long', 1n, true],
      ['bool', true, '==', 'long', 2n, false],
      ['bool', false, '==', 'real', 0, true],
      ['decimal', '2', '==', 'int', 2n, true],
      ['decimal', '0.5', '<', 'real', 0.75, true],
      ['long', 5n, '!=', 'real', Number.NaN, true],
    ]),
  ));

test('a text or a dynamic becomes what stands on the other side', () =>
  checkRows(
    comparisonFunctions,
    cases([
      ['bool', true, '!=', 'string', '0', true],
      ['bool', false, '!=', 'string', '0', false],
      ['bool', true, '==', 'string', 'TRUE', true],
      ['long', 12n, '==', 'string', '12', true],
      ['string', '12', '!=', 'long', 13n, true],
      ['guid', GUID, '==', 'string', GUID.toUpperCase(), true],
      ['timespan', 864_000_000_000n, '==', 'string', '1.00:00:00', true],
      ['datetime', 621_355_968_000_000_000n, '==', 'string', '1970-01-01', true],
      ['dynamic', 'fail', '==', 'string', 'fail', true],
      ['dynamic', 'fail', '==', 'string', 'pass', false],
      ['dynamic', 5n, '==', 'long', 5n, true],
      ['dynamic', 5n, '>', 'long', 7n, false],
      ['dynamic', 1.5, '==', 'long', 1n, false],
      ['dynamic', 1.5, '>', 'long', 1n, true],
      ['dynamic', 9_007_199_254_740_993n, '==', 'long', 9_007_199_254_740_992n, false],
      ['dynamic', 1e30, '>', 'long', 1n, true],
      ['dynamic', 1.5, '>', 'real', 1, true],
      ['dynamic', null, '==', 'string', '', true],
      ['dynamic', null, '==', 'long', 1n, false],
      ['dynamic', true, '==', 'bool', true, true],
    ]),
  ));

const numbers = ['bool', 'int', 'long', 'real', 'decimal'] as const;

test('the engine and the evaluator agree on every pair of types', async () => {
  const pairs = [
    ...numbers.flatMap((a) => numbers.map((b) => [a, b] as const)),
    ...(['datetime', 'timespan', 'guid', 'string'] as const).map((type) => [type, type] as const),
  ];
  for (const row of comparisonFunctions) {
    for (const [a, b] of pairs) {
      const lists = samples[a].flatMap((x) => samples[b].map((y) => [x, y]));
      await checkAgreement(row, [a, b], 'bool', lists);
      await checkAgreement(row, [a, b], 'bool', lists.slice(samples[b].length + 1), [[0], [1]]);
    }
  }
});

test('a column against a constant prints bare, so that the engine can compare while it scans', () => {
  const arg = (type: KqlType, constant?: Value): SqlArg =>
    constant === undefined
      ? { sql: 'x', type, nullable: type !== 'string', constant }
      : { sql: sqlLiteral(type, constant), type, nullable: false, constant };
  const print = (name: string, args: readonly SqlArg[]): string => {
    const refuse = (reason: string): never => assert.fail(reason);
    return rowOf(comparisonFunctions, name).sql!({ name, args, type: 'bool', asFilter: true, refuse });
  };
  assert.equal(print('==', [arg('string'), arg('string', 'a')]), "(x = 'a')");
  assert.equal(print('!=', [arg('string'), arg('string', 'a')]), "(x <> 'a')");
  assert.equal(print('!=', [arg('bool'), arg('bool', true)]), '(x IS DISTINCT FROM true)');
  assert.equal(print('==', [arg('long'), arg('long', 5n)]), '(x = 5::BIGINT)');
  assert.equal(print('>=', [arg('datetime'), arg('datetime', 5n)]), '(x >= 5::BIGINT)');
  assert.equal(print('>', [arg('long'), arg('real', 5)]), '(x > 5::BIGINT)');
  assert.equal(print('<', [arg('real'), arg('long', 5n)]), '(x < 5::DOUBLE)');
  assert.equal(print('==', [arg('bool'), arg('string', '0')]), '(x = false)');
});

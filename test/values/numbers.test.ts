import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { formatReal, parseReal, parseWhole } from '../../src/values/index.ts';

test('a real keeps its fraction, and takes an exponent where it is very large or small', () => {
  const printed: readonly (readonly [number, string])[] = [
    [0, '0.0'],
    [-0, '-0.0'],
    [5, '5.0'],
    [-123.456, '-123.456'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [1.5e300, '1.5e+300'],
    [5e-324, '5e-324'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ];
  for (const [value, text] of printed) assert.equal(formatReal(value), text);
});

test('a real prints as the engine prints it, and reads back', async () => {
  const values = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { seed: 1, numRuns: 500 });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const list = values.map((value, i) => `(${i}, '${value}'::DOUBLE)`).join(', ');
  const rows = (await connection.runAndReadAll(`SELECT x::VARCHAR FROM (VALUES ${list}) t(n, x) ORDER BY n`)).getRows();
  connection.closeSync();
  instance.closeSync();
  values.forEach((value, i) => {
    if (!Object.is(value, -0)) assert.equal(formatReal(value), rows[i]![0]);
    assert.equal(parseReal(formatReal(value)), value);
  });
});

test('texts that say a number, and texts that do not', () => {
  assert.equal(parseWhole(' -12 '), -12n);
  assert.equal(parseWhole('0x1F'), 31n);
  assert.equal(parseReal('1e3'), 1000);
  assert.equal(parseReal('.5'), 0.5);
  assert.equal(parseReal('-inf'), Number.NEGATIVE_INFINITY);
  for (const text of ['', '1.5', '1e3', '1_0', '-0x1f', '0x', 'x']) assert.equal(parseWhole(text), null, text);
  for (const text of ['', '.', '1e', '1_0', '0x1f', '1,5', 'infinite']) assert.equal(parseReal(text), null, text);
});

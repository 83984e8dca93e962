import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { binaryFunctions } from '../../../src/kql/functions/binary.ts';
import { mathFunctions } from '../../../src/kql/functions/math.ts';
import type { KqlType, Value } from '../../../src/values/index.ts';
import { checkRandom, rowOf } from './agreement.ts';
import { type Case, checkRows, int, long, real, selectRows, type TypedValue } from './check.ts';

const lines = (type: KqlType, rows: readonly (readonly [string, readonly TypedValue[], Value])[]): Case[] =>
  rows.map(([name, args, expected]) => ({ name, args, type, expected }));
const INF = Number.POSITIVE_INFINITY;

test('what is not defined is null, NaN or infinite', () =>
  checkRows(mathFunctions, [
    ...lines('real', [
      ['pow', [long(2n), long(3n)], 8],
      ['pow', [real(0), real(-1)], INF],
      ['exp', [real(0)], 1],
      ['exp', [real(1e5)], INF],
      ['exp2', [real(3)], 8],
      ['exp10', [int(3n)], 1000],
      ['sqrt', [long(256n)], 16],
      ['sqrt', [real(-1)], Number.NaN],
      ['sqrt', [real(null)], null],
      ['log', [real(1)], 0],
      ['log', [real(0)], -INF],
      ['log', [real(-1)], null],
      ['log2', [long(8n)], 3],
      ['log10', [long(1000n)], 3],
      ['log10', [real(null)], null],
      ['sin', [real(0)], 0],
      ['sin', [real(INF)], Number.NaN],
      ['cos', [real(0)], 1],
      ['cot', [real(0)], INF],
      ['acos', [real(1)], 0],
      ['acos', [real(1.1)], null],
      ['asin', [real(-2)], null],
      ['atan2', [real(0), real(1)], 0],
      ['radians', [long(180n)], Math.PI],
      ['degrees', [real(Math.PI)], 180],
      ['pi', [], Math.PI],
    ]),
    ...lines('bool', [
      ['isnan', [real(Number.NaN)], true],
      ['isnan', [long(1n)], false],
      ['isinf', [real(-INF)], true],
      ['isinf', [real(Number.NaN)], false],
      ['isfinite', [real(1)], true],
      ['isfinite', [real(INF)], false],
      ['isfinite', [real(Number.NaN)], false],
    ]),
  ]));

const near = (a: number, b: number): boolean => Object.is(a, b) || Math.abs(a - b) <= 1e-13 * Math.max(1, Math.abs(b));

test('the engine and the evaluator agree to the last digits', async () => {
  const numbers = fc.sample(fc.double({ min: -700, max: 700, noNaN: true }), { numRuns: 100, seed: 9 });
  for (const row of mathFunctions.filter(({ name }) => !['pi', 'rand', 'atan2', 'pow'].includes(name))) {
    const call = { name: row.name, argTypes: ['real'] as const, type: 'real' as const };
    const refuse = (reason: string): never => assert.fail(reason);
    const arg = { sql: 'x', type: 'real', nullable: true, constant: undefined } as const;
    const sql = row.sql!({ name: row.name, args: [arg], type: 'real', asFilter: false, refuse });
    const cells = await selectRows(
      `SELECT ${sql} FROM (VALUES ${numbers.map((x, i) => `(${i}, ${x}::DOUBLE)`)}) t(n, x) ORDER BY n`,
    );
    cells.forEach(([cell], i) => {
      const value = row.evaluate([numbers[i]!], call);
      const equal = typeof value === 'number' && typeof cell === 'number' ? near(cell, value) : cell === value;
      assert.ok(equal, `${row.name}(${numbers[i]}): engine ${cell}, evaluator ${value}`);
    });
  }
});

test('a random number lies from 0 to 1, or is a whole one below the given', async () => {
  const rand = rowOf(mathFunctions, 'rand');
  assert.equal(rand.foldable, false);
  const call = { name: 'rand', type: 'real', asFilter: false, refuse: assert.fail } as const;
  const count = { sql: '3', type: 'long', nullable: false, constant: 3n } as const;
  const sql = `SELECT ${rand.sql!({ ...call, args: [] })} AS a, ${rand.sql!({ ...call, args: [count] })} AS b FROM range(1000)`;
  const [found] = await selectRows(
    `SELECT min(a) >= 0 AND max(a) < 1, list_sort(list(DISTINCT b))::VARCHAR FROM (${sql})`,
  );
  assert.deepEqual(found, [true, '[0.0, 1.0, 2.0]']);
});

test('bits', () =>
  checkRows(binaryFunctions, [
    ...lines('long', [
      ['binary_and', [long(6n), long(3n)], 2n],
      ['binary_or', [int(6n), long(3n)], 7n],
      ['binary_xor', [long(6n), long(3n)], 5n],
      ['binary_not', [long(1n)], -2n],
      ['binary_shift_left', [long(1n), int(2n)], 4n],
      ['binary_shift_left', [long(1n), int(63n)], -(2n ** 63n)],
      ['binary_shift_left', [long(3n), int(65n)], 6n],
      ['binary_shift_left', [long(1n), int(-1n)], null],
      ['binary_shift_right', [long(-8n), int(1n)], -4n],
      ['binary_shift_right', [long(1n), int(2n)], 0n],
      ['bitset_count_ones', [long(42n)], 3n],
      ['bitset_count_ones', [long(-1n)], 64n],
      ['binary_and', [long(null), long(1n)], null],
    ]),
    ...lines('string', [
      ['tohex', [long(256n)], '100'],
      ['tohex', [long(-256n)], 'ffffffffffffff00'],
      ['tohex', [long(null)], ''],
    ]),
    ...lines('string', [
      ['tohex', [int(-256n), int(8n)], 'ffffff00'],
      ['tohex', [long(256n), int(8n)], '00000100'],
      ['tohex', [long(256n), int(2n)], '100'],
    ]).map((one) => ({ ...one, constantArgs: [1] })),
  ]));

test('the engine and the evaluator agree on bits', async () => {
  for (const row of binaryFunctions) {
    if (row.name === 'tohex') await checkRandom(row, ['long'], 'string');
    else if (/not|ones/.test(row.name)) await checkRandom(row, ['long'], 'long');
    else await checkRandom(row, ['long', 'int'], 'long');
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MailhuntError } from '../../../src/errors/index.ts';
import { frequentPatterns } from '../../../src/kql/compute/frequent-patterns.ts';
import { patternRows } from '../../../src/kql/compute/pattern-rows.ts';

const WIDTH = 4;
const tables = fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: WIDTH, maxLength: WIDTH }), {
  minLength: 1,
  maxLength: 12,
});

/** Every choice of columns and of values that a row has there, with its rows: the long way round. */
function closedPatterns(rows: readonly (readonly string[])[], least: number): Map<string, number> {
  const closed = new Map<string, number>();
  for (let mask = 0; mask < 1 << WIDTH; mask++)
    for (const model of rows) {
      const held = rows.filter((row) => row.every((value, i) => (mask & (1 << i)) === 0 || value === model[i]));
      const shared = model.map((value, i) => (held.every((row) => row[i] === value) ? value : '*'));
      if (held.length >= least && shared.some((value) => value !== '*')) closed.set(shared.join(), held.length);
    }
  return closed;
}

function mined(rows: readonly (readonly string[])[], least: number, maxDimensions = WIDTH): Map<string, number> {
  const data = patternRows(rows, [...Array(WIDTH).keys()], () => [1]);
  const isFrequent = ([weight = 0]: readonly number[]) => weight >= least;
  const found = frequentPatterns(data, { what: 'test', isFrequent, maxDimensions });
  return new Map(
    found.map(({ pattern, weights: [weight = 0] }) => {
      const texts = data.values.map((values, i) => (pattern.has(i) ? values[pattern.get(i)!] : '*'));
      return [texts.join(), weight];
    }),
  );
}

test('finds the closed frequent patterns, all of them and no other', () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: 1, max: 6 }), (rows, least) => {
      if (rows.length < least) return;
      assert.deepEqual(new Map([...mined(rows, least)].sort()), new Map([...closedPatterns(rows, least)].sort()));
    }),
  );
});

test('of two values that always come together one counts as a dimension', () => {
  const rows = [
    ['a', 'a', 'a', 'b'],
    ['a', 'a', 'b', 'b'],
    ['b', 'b', 'a', 'b'],
  ];
  assert.ok(mined(rows, 1, 1).has('b,b,a,b'));
  assert.ok(!mined(rows, 1, 1).has('a,a,a,b'));
  assert.ok(mined(rows, 1, 2).has('a,a,a,b'));
});

test('refuses what makes too many patterns by name', () => {
  const rows = Array.from({ length: 16 }, (_, i) => Array.from({ length: 16 }, (_, j) => (i === j ? 'x' : 'y')));
  const data = patternRows(rows, [...rows.keys()], () => [1]);
  assert.throws(
    () => frequentPatterns(data, { what: 'basket', isFrequent: () => true, maxDimensions: 16 }),
    (error) => error instanceof MailhuntError && error.code === 'KQL0005' && /10000 patterns/.test(error.message),
  );
});

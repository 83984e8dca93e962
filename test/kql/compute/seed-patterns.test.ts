import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patternRows } from '../../../src/kql/compute/pattern-rows.ts';
import { seedPatterns } from '../../../src/kql/compute/seed-patterns.ts';

const rows = [
  ...Array<string[]>(60).fill(['Hail', 'no', 'one']),
  ...Array<string[]>(20).fill(['Flood', 'yes', 'two']),
  ...Array.from({ length: 20 }, (_, i) => [`e${i}`, `d${i}`, 'one']),
];

function patterns(sizeWeight: number): string[] {
  const data = patternRows(rows, [0, 1, 2], () => [1]);
  return seedPatterns(data, 25, sizeWeight).map(({ pattern, weights }) => {
    const texts = data.values.map((values, i) => (pattern.has(i) ? values[pattern.get(i)!] : '*'));
    return `${weights[0]} ${texts.join()}`;
  });
}

test('finds what many rows share, the best first, and no row that stands alone', () => {
  assert.deepEqual(patterns(0.7), ['60 Hail,no,one', '20 Flood,yes,two']);
  assert.deepEqual(patterns(0.5), ['20 Flood,yes,two', '60 Hail,no,one']);
});

test('where only size counts the widest pattern comes first', () => {
  assert.deepEqual(patterns(1), ['80 *,*,one', '20 Flood,yes,two']);
});

test('no rows, no patterns', () => {
  assert.deepEqual(
    seedPatterns(
      patternRows([], [0], () => [1]),
      5,
      0.5,
    ),
    [],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planOf, victims } from './chaos.ts';

test('a plan is the same for its seed, another for another, and leaves nobody out', () => {
  const of = (seed: number) => planOf(seed, { letters: 500, hands: 1 });
  assert.deepEqual(of(7), of(7));
  assert.notDeepEqual(of(7), of(8));
  const struck = new Set(of(7).flatMap(({ strikes }) => strikes.map(({ victim }) => victim)));
  assert.deepEqual([...struck].sort(), [...victims].sort());
});

test('some come together, and all while letters are on their way', () => {
  const plans = [1, 2, 3, 4, 5].flatMap((seed) => planOf(seed, { letters: 500, hands: 2 }));
  assert.ok(plans.some(({ strikes }) => strikes.length > 1));
  assert.ok(plans.every(({ after }) => after > 0 && after < 500));
});

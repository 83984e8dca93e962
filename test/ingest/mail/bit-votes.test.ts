import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BitVotes } from '../../../src/ingest/mail/bit-votes.ts';

const HALF = 26;

/** The same, bit by bit. */
function counted(numbers: readonly (readonly [low: number, high: number])[]): number {
  let majority = 0;
  for (let bit = 0; bit < 2 * HALF; bit++) {
    const set = numbers.filter(([low, high]) => ((bit < HALF ? low : high) >>> (bit % HALF)) & 1).length;
    if (set > numbers.length / 2) majority += 2 ** bit;
  }
  return majority;
}

test('the bits that more than half of the numbers have', () => {
  const number = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 40 }), (numbers) => {
      const votes = new BitVotes();
      for (const [low, high] of numbers) votes.add(low, high);
      assert.equal(votes.majority(), counted(numbers));
    }),
  );
});

test('half of the numbers are no majority', () => {
  const votes = new BitVotes();
  votes.add(1, 1);
  votes.add(0, 1);
  assert.equal(votes.majority(), 2 ** HALF);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KnownKeys } from '../../src/store/known-keys.ts';

/** Whole numbers of 53 bits, the same in every run. */
function marks(count: number, seed: number): number[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) ^ (state >>> 12)) >>> 0;
  };
  return Array.from({ length: count }, () => (next() % 2 ** 21) * 2 ** 32 + next());
}

for (const count of [1, 1000, 300_000]) {
  test(`${count} keys: none that was put in is missed, few others look known`, () => {
    const keys = KnownKeys.for(count, 2 ** 25)!;
    const mine = marks(count, 1);
    for (const mark of mine) keys.add(mark);
    assert.ok(mine.every((mark) => keys.mayHave(mark)));
    assert.equal(keys.isFull, false);
    const own = new Set(mine);
    const others = marks(50_000, 77).filter((mark) => !own.has(mark));
    const looks = others.filter((mark) => keys.mayHave(mark)).length;
    assert.ok(looks < others.length / 1000, `${looks} of ${others.length}`);
  });
}

test('the ends of what a mark can be', () => {
  const keys = KnownKeys.for(1, 2 ** 25)!;
  for (const mark of [0, 1, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    assert.equal(keys.mayHave(mark), false);
    keys.add(mark);
    assert.equal(keys.mayHave(mark), true);
  }
});

test('it says when it is full, and is none where it would be too large', () => {
  const keys = KnownKeys.for(1, 2 ** 25)!;
  for (let mark = 0; !keys.isFull; mark++) keys.add(mark);
  assert.equal(KnownKeys.for(100_000_000, 2 ** 30), undefined);
  assert.equal(KnownKeys.for(1000, 2 ** 10), undefined, 'no more than what is left');
});

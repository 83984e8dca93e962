import assert from 'node:assert/strict';
import { test } from 'node:test';
import { largestIn, Memory } from '../../src/gateway/memory.ts';

test('memory is given back, no more of it than was taken; the last quarter is for small messages', () => {
  const memory = new Memory(6_400);
  const [one, other, small] = [memory.hold(), memory.hold(), memory.hold()];
  assert.ok(one.grow(4_000));
  assert.ok(one.grow(4_700));
  assert.ok(!other.grow(101));
  assert.ok(small.grow(100));
  for (const more of Array.from({ length: 15 }, () => memory.hold())) assert.ok(more.grow(100));
  assert.ok(one.grow(4_700), 'who asks for no more keeps what he has');
  assert.ok(!one.grow(4_701));
  one.release();
  one.release();
  assert.ok(!other.grow(3_201));
  assert.ok(other.grow(3_200));
});

test('a message that is judged takes four times its size, and as much room must be there for one that is announced', () => {
  const memory = new Memory(6_400);
  assert.equal(largestIn(6_400), 1_200);
  assert.deepEqual(
    [1_200, 1_201].map((octets) => memory.hasRoom(octets)),
    [true, false],
  );
  const [one, other] = [memory.hold(), memory.hold()];
  assert.ok(one.grow(1_100) && other.grow(400));
  // 4,800 of it are for large ones: 400 are gone, 4,400 are left.
  assert.ok(one.growToBeJudged());
  assert.ok(!other.growToBeJudged());
  assert.ok(!other.grow(401));
  one.release();
  assert.ok(other.growToBeJudged());
  other.release();
  assert.ok(memory.hasRoom(1_200));
});

test('a message that two hold is there until both have let go, in whatever order and however often', () => {
  const memory = new Memory(6_400);
  for (const frontFirst of [true, false]) {
    const hold = memory.hold();
    assert.ok(hold.grow(1_000) && hold.growToBeJudged());
    const [giveBack, other] = [hold.share(), hold.share()];
    other();
    other();
    const steps = [() => hold.release(), giveBack];
    const [first, second] = frontFirst ? steps : steps.toReversed();
    first!();
    first!();
    assert.ok(!memory.hasRoom(1_000));
    second!();
    second!();
    assert.ok(memory.hasRoom(1_200));
    assert.ok(!memory.hasRoom(1_201));
  }
});

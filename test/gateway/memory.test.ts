import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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

describe('what the messages of one client take at most, of 6,400 octets', () => {
  type Took = readonly [client: string | undefined, octets: number, isJudged?: 'judged'];
  const [one, other] = ['192.0.2.1', '192.0.2.2'];
  const judged = (client: string, octets: number): Took => [client, octets, 'judged'];
  const rows: readonly {
    readonly name: string;
    readonly before: readonly Took[];
    /** The largest messages that find room then: while they come, and to be judged. */
    readonly by: string | undefined;
    readonly comes: number;
    readonly isJudged: number;
  }[] = [
    { name: 'one alone gets a quarter', before: [], by: one, comes: 1_600, isJudged: 1_200 },
    { name: 'and not two', before: [[one, 800]], by: one, comes: 800, isJudged: 800 },
    {
      name: 'another client gets a third of what is left',
      before: [[one, 1_600]],
      by: other,
      comes: 1_200,
      isJudged: 800,
    },
    {
      name: 'an IPv6 client is its /64',
      before: [['2001:db8::1', 800]],
      by: '2001:db8::ffff:2',
      comes: 800,
      isJudged: 800,
    },
    { name: 'and not its /48', before: [['2001:db8::1', 800]], by: '2001:db8:0:1::1', comes: 1_400, isJudged: 1_000 },
    { name: 'IPv4 may be written as IPv6', before: [[one, 800]], by: `::ffff:${one}`, comes: 800, isJudged: 800 },
    { name: 'whom nobody knows is one', before: [['', 800]], by: '', comes: 800, isJudged: 800 },
    {
      name: 'a server that names nobody has all',
      before: [[undefined, 1_000]],
      by: undefined,
      comes: 3_800,
      isJudged: 950,
    },
    { name: 'the largest may be judged', before: [judged(one, 400)], by: other, comes: 1_200, isJudged: 800 },
    {
      name: 'but not beside another of the same client',
      before: [judged(one, 400)],
      by: one,
      comes: 1_200,
      isJudged: 400,
    },
    { name: 'what is judged does not come any more', before: [judged(one, 100)], by: one, comes: 1_500, isJudged: 700 },
  ];
  for (const { name, before, by, comes, isJudged } of rows) {
    test(name, () => {
      const memory = new Memory(6_400);
      for (const [client, octets, then] of before) {
        const hold = memory.hold(client);
        assert.ok(hold.grow(octets) && (then === undefined || hold.growToBeJudged()));
      }
      const room = (octets: number): boolean => {
        const hold = memory.hold(by);
        const has = hold.grow(octets);
        hold.release();
        return has;
      };
      assert.deepEqual([comes, comes + 1].map(room), [true, false]);
      assert.deepEqual(
        [isJudged, isJudged + 1].map((octets) => memory.hasRoom(octets, by)),
        [true, false],
      );
    });
  }

  test('sixteen clients that take all they can, in small messages without end, leave room for the seventeenth', () => {
    const memory = new Memory(6_400);
    const holds = Array.from({ length: 16 * 64 }, (_, at) => memory.hold(`192.0.2.${at % 16}`));
    for (const hold of holds) for (let octets = 1; octets <= 100 && hold.grow(octets); octets++);
    const [next, last] = [memory.hold('198.51.100.1'), memory.hold('198.51.100.2')];
    assert.ok(next.grow(100) && next.growToBeJudged());
    assert.ok(last.grow(100));
    assert.ok(!memory.hasRoom(100, '192.0.2.0'));
    for (const hold of [...holds, next, last]) hold.release();
    assert.ok(memory.hasRoom(1_200, '192.0.2.0'));
  });

  test('a share comes back with the message, whether it was judged or not', () => {
    const memory = new Memory(6_400);
    for (let at = 0; at < 3; at++) {
      const [judged, coming] = [memory.hold(one), memory.hold(one)];
      assert.ok(judged.grow(600) && judged.growToBeJudged() && coming.grow(500));
      const giveBack = judged.share();
      judged.release();
      coming.release();
      assert.ok(!memory.hasRoom(1_000, one), 'the other that has it counts for the client');
      giveBack();
      assert.ok(memory.hasRoom(1_200, one));
    }
  });
});

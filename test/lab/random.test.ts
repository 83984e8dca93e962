import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { randomFor } from '../../src/lab/random.ts';

const numbers = (...name: readonly (string | number)[]): number[] => {
  const random = randomFor(...name);
  return Array.from({ length: 1000 }, () => random.next());
};

describe('chance from a seed', () => {
  it('is the same for the same name, everywhere and always', () => {
    assert.deepEqual(numbers(1, 'a', 2), numbers(1, 'a', 2));
    // Written down once: a demo made on another machine or next year must not differ.
    assert.equal(randomFor(1, 'a', 2).guid(), randomFor(1, 'a', 2).guid());
    assert.equal(randomFor(1, 'newsletter', 17).hex(16), '8804794802649fa8');
  });

  it('is another for another name, however alike', () => {
    const names = [
      [1, 'a', 2],
      [2, 'a', 2],
      [1, 'a', 3],
      [1, 'b', 2],
      [1, 'a2'],
      ['1a', 2],
    ] as const;
    const first = new Set(names.map((name) => randomFor(...name).next()));
    assert.equal(first.size, names.length);
  });

  it('is even, and stays in its bounds', () => {
    const drawn = numbers('even');
    assert.ok(drawn.every((n) => n >= 0 && n < 1));
    const mean = drawn.reduce((sum, n) => sum + n, 0) / drawn.length;
    assert.ok(Math.abs(mean - 0.5) < 0.05, String(mean));
    const random = randomFor('dice');
    const faces = new Set(Array.from({ length: 200 }, () => random.between(1, 6)));
    assert.deepEqual([...faces].toSorted(), [1, 2, 3, 4, 5, 6]);
  });

  it('gives different members, and not more than there are', () => {
    const list = ['a', 'b', 'c', 'd'];
    for (let i = 0; i < 50; i++) assert.equal(new Set(randomFor('several', i).several(list, 3)).size, 3);
    assert.deepEqual(randomFor('several').several(list, 9).toSorted(), list);
  });

  it('gives GUIDs of version 4 in small letters', () => {
    for (let i = 0; i < 50; i++)
      assert.match(randomFor(i).guid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

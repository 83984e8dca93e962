import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { digestOf, MOST_CENTROIDS, mergedDigests, readDigest } from '../../../src/kql/functions/digest.ts';
import { distinctIn, mergedSketches, sketchOf } from '../../../src/kql/functions/sketch.ts';
import { rankAmong, totalWeight, weightedValues } from '../../../src/kql/functions/weighted-values.ts';
import type { Value } from '../../../src/values/index.ts';

const once = (values: readonly Value[]) => values.map((value) => ({ value, weight: 1 }));

test('a digest keeps each value and how often it counts; null and what counts for nothing is left out', () => {
  assert.deepEqual(digestOf([...once([2n, 1n, 2n, null]), { value: 9n, weight: 0 }], 'long'), [
    [7n],
    [1n, 2n],
    [1n, 2n],
  ]);
  assert.deepEqual(digestOf(once([5n]), 'datetime'), [[7n, 'datetime'], [5n], [1n]]);
  assert.equal(digestOf([], 'long'), null);
});

test('of more values than a digest keeps, neighbours go together and the weight stays', () => {
  const values = Array.from({ length: 3 * MOST_CENTROIDS }, (_, i) => BigInt(i));
  const digest = readDigest(digestOf(once(values), 'long'))!;
  assert.ok(digest.values.length <= MOST_CENTROIDS);
  assert.equal(totalWeight(digest.values), values.length);
  assert.ok(Math.abs(Number(rankAmong(digest.values, 50)) - values.length / 2) <= 3);
});

test('merging digests is the digest of all values', () => {
  const values = fc.array(fc.bigInt(-50n, 50n), { maxLength: 30 });
  fc.assert(
    fc.property(values, values, (a, b) => {
      const merged = mergedDigests([digestOf(once(a), 'long'), digestOf(once(b), 'long')], 'merge_tdigest');
      assert.deepEqual(merged, digestOf(once([...a, ...b]), 'long'));
    }),
    { numRuns: 100, seed: 7 },
  );
  assert.throws(
    () => mergedDigests([digestOf(once([1n]), 'long'), digestOf(once([1n]), 'datetime')], 'merge_tdigest'),
    { code: 'KQL0005' },
  );
});

test('a text that is no digest is none', () => {
  for (const state of [null, 1n, [], [[7n], [1n], []], [[8n], [1n], [1n]], [[7n], ['a'], [1n]], [[7n], [], []]])
    assert.equal(readDigest(state), undefined);
});

test('the nearest rank of weighted values is that of the values repeated', () => {
  const item = fc.record({ value: fc.bigInt(-9n, 9n), weight: fc.integer({ min: 0, max: 5 }) });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 20 }), fc.integer({ min: 0, max: 100 }), (items, share) => {
      const repeated = items.flatMap(({ value, weight }) => once(Array.from({ length: weight }, () => value)));
      assert.equal(rankAmong(weightedValues(items), share), rankAmong(weightedValues(repeated), share));
    }),
    { numRuns: 200, seed: 8 },
  );
});

test('a sketch counts distinct values; merged ones count what they share once', () => {
  const [a, b] = [sketchOf([1n, 2n, 2n, null], 'long'), sketchOf([2n, 3n], 'int')];
  assert.equal(distinctIn(a), 2n);
  assert.equal(distinctIn(mergedSketches([a, b, null], 'hll_merge')), 3n);
  assert.equal(distinctIn(sketchOf(['1', ''], 'string')), 2n);
  assert.equal(distinctIn([[7n], [1n], [1n]]), null);
  assert.throws(() => mergedSketches([a, sketchOf([1n], 'long', 2n)], 'hll_merge'), { code: 'KQL0005' });
  assert.throws(() => sketchOf([1n], 'long', 5n), { code: 'KQL0005' });
});

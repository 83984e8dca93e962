import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutated, randomAt } from '../../scripts/mutate-kql.ts';

const texts = ['T | where a == "x" and b > 10 | summarize count() by c', 'print x = 1 | extend y = strlen("é")'];

test('a changed query can be made again from its seed and index', () => {
  for (let index = 0; index < 200; index++)
    assert.equal(mutated(texts, randomAt(7, index)), mutated(texts, randomAt(7, index)));
});

test('queries of a run are changed, and not all in the same way', () => {
  const made = Array.from({ length: 500 }, (_, index) => mutated(texts, randomAt(7, index)));
  assert.ok(new Set(made).size > 400);
  assert.ok(made.filter((text) => texts.includes(text)).length < 50);
  assert.ok(made.every((text) => text.length <= 100_000));
  assert.notDeepEqual(
    made.slice(0, 10),
    Array.from({ length: 10 }, (_, index) => mutated(texts, randomAt(8, index))),
  );
});

test('an empty text can be changed', () => {
  for (let index = 0; index < 100; index++) assert.equal(typeof mutated([''], randomAt(1, index)), 'string');
});

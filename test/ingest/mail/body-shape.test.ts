import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyShapeOf } from '../../../src/ingest/mail/body-shape.ts';
import { inTime } from '../../in-time.ts';

const shapeOf = (text: string, html?: string): number | undefined => bodyShapeOf({ text, html });

/** Bits in which two shapes differ. */
function distance(one: number | undefined, other: number | undefined): number {
  assert.ok(one !== undefined && other !== undefined);
  return (BigInt(one) ^ BigInt(other)).toString(2).replaceAll('0', '').length;
}

const letter =
  'Dear Anna, your mailbox is almost full. Please sign in at https://x.example/1 to keep receiving mail. Reference 4711. ' +
  'The help desk of Contoso thanks you for your cooperation and wishes you a pleasant day.';
const another =
  'Hello team, the meeting on Monday moves to ten in the large room. Please bring the numbers of the quarter, the plan for ' +
  'the warehouse and whatever else you want to talk about before the summer.';

test('a letter to somebody else with another number and link is near', () => {
  const changed = letter.replace('Anna', 'Berta').replace('4711', '99').replace('x.example/1', 'y.example/zz?q=2');
  assert.ok(distance(shapeOf(letter), shapeOf(changed)) <= 6);
});

test('another letter is far', () => {
  assert.ok(distance(shapeOf(letter), shapeOf(another)) > 12);
});

test('what is not seen makes no difference', () => {
  assert.equal(shapeOf(letter.replace('mailbox', 'mail\u200bbox').toUpperCase()), shapeOf(letter));
  assert.equal(shapeOf('', `<style>p{}</style><p>${letter}</p>`), shapeOf(letter));
});

test('shapes of one version are those of the next: stores are full of them', () => {
  const odd =
    'Grüße aus Zürich: ½ Ⅷ ٣٤5 mal 𝟙𝟚 a1b22c, ﬁnal e\u0301té İstanbul 𐐀𐐨 日本語 \ud800 x-y_z 2026-07-18 naïve façade';
  assert.deepEqual(
    [letter, odd, 'word '.repeat(6000)].map((text) => shapeOf(text)),
    [2548841673173121, 2024540692647521, 957128426128447],
  );
});

test('a body of eleven words has no shape, one of twelve has', () => {
  const words = 'one two three four five six seven eight nine ten eleven';
  assert.deepEqual([shapeOf(words), shapeOf(''), typeof shapeOf(`${words} twelve`)], [undefined, undefined, 'number']);
});

test('a shape is a whole number that JSON keeps', () => {
  for (const text of [letter, another]) {
    const shape = shapeOf(text)!;
    assert.ok(Number.isSafeInteger(shape) && shape >= 0 && shape < 2 ** 52);
  }
});

test('a body of megabytes takes no time', async () => {
  await inTime(2000, () => {
    shapeOf('word '.repeat(2_000_000), `<p>${'<b>'.repeat(300_000)}`);
    shapeOf(`https://${'a'.repeat(1_000_000)}`);
  });
});

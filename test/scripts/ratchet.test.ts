import assert from 'node:assert/strict';
import { test } from 'node:test';
import { broken, brokenHunts } from '../../scripts/ratchet.ts';

const limit = { pass: 10, crash: 0, deviations: { 'a#1': 'the page says otherwise' } };

for (const [name, pass, crash, wrong, said] of [
  ['as it was', 10, 0, ['a#1'], ''],
  ['better', 11, 0, ['a#1'], ''],
  ['fewer pass', 9, 0, ['a#1'], '9 pass, 10 did'],
  ['a crash', 10, 1, ['a#1'], '1 crash, 0 did'],
  ['a wrong answer without a reason', 10, 0, ['a#1', 'b#1'], 'wrong: b#1'],
  ['a reason without a wrong answer', 10, 0, [], 'no deviation any more: a#1'],
] as const) {
  test(`the ratchet over a corpus file: ${name}`, () => assert.equal(broken({ pass, crash }, wrong, limit), said));
}

test('the ratchet over hunts', () => {
  const held = { run: 3, rows: 2, equal: 3 };
  assert.equal(brokenHunts({ run: 4, rows: 2, equal: 3 }, held), '');
  assert.equal(brokenHunts({ run: 3, rows: 1, equal: 2 }, held), 'rows: 1, 2 did; equal: 2, 3 did');
});

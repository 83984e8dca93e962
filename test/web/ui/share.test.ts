import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shareAt, sharePressed } from '../../../web/src/ui/share.ts';

const line = { isColumns: true, min: 10, max: 90, initial: 40 };

it('the pointer draws the line, within its bounds', () => {
  assert.equal(shareAt(333, 1000, 10, 90), 33.3);
  assert.equal(shareAt(-5, 1000, 10, 90), 10);
  assert.equal(shareAt(2000, 1000, 10, 90), 90);
  assert.equal(shareAt(10, 0, 10, 90), 10, 'a box that is not drawn yet');
});

it('arrow keys in its direction move it, others do not', () => {
  assert.equal(sharePressed('ArrowRight', 40, line), 42);
  assert.equal(sharePressed('ArrowLeft', 11, line), 10);
  assert.equal(sharePressed('ArrowUp', 40, line), undefined);
  assert.equal(sharePressed('ArrowUp', 40, { ...line, isColumns: false }), 38);
  assert.deepEqual(
    ['Home', 'End', 'Enter', 'a'].map((key) => sharePressed(key, 60, line)),
    [10, 90, 40, undefined],
  );
});

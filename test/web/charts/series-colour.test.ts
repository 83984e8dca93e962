import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriesColours } from '../../../web/src/charts/series-colour.ts';

const rows: readonly (readonly [readonly string[], readonly number[]])[] = [
  [
    ['pass', 'Fail'],
    [2, 4],
  ],
  [
    ['fail', 'none', 'pass'],
    [4, 7, 2],
  ],
  [
    ['pass', 'Inbox'],
    [0, 1],
  ],
  [['fail'], [0]],
  [
    ['a', 'b', 'c'],
    [0, 1, 2],
  ],
];

for (const [names, colours] of rows)
  test(`${names.join(', ')}: ${colours.join(', ')}`, () => {
    assert.deepEqual(seriesColours(names), colours);
  });

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PassedTime } from '../../../src/gateway/quarantine/passed-time.ts';

const HOUR = 3_600_000;

/** What is believed of some looks, all in hours: of the wall clock and of the one that never leaps. */
const believed = (
  last: number | undefined,
  ...looks: readonly (readonly [wall: number, elapsed: number])[]
): string => {
  const passed = new PassedTime(last === undefined ? undefined : last * HOUR);
  return looks
    .map(([wall, elapsed]) => passed.at(wall * HOUR, elapsed * HOUR))
    .map(({ time, isDoubted }) => `${time / HOUR}${isDoubted ? '?' : ''}`)
    .join(' ');
};

const rows: readonly (readonly [name: string, found: string, expected: string])[] = [
  ['nothing is known: the clock is believed', believed(undefined, [900, 0], [901, 1]), '900 901'],
  ['time passes', believed(100, [100, 0], [150, 50], [1000, 900]), '100 150 1000'],
  ['off for a night', believed(100, [124, 0], [125, 1]), '124 125'],
  [
    'off for longer: counted from what is known, until a day has passed',
    believed(100, [200, 0], [223, 23], [224, 24], [225, 25]),
    '100? 123? 224 225',
  ],
  ['a leap while it runs', believed(100, [100, 0], [900, 1], [923, 24], [924, 25]), '100 101? 124? 924'],
  ['a leap that is taken back', believed(100, [100, 0], [900, 1], [102, 2], [103, 3]), '100 101? 102 103'],
  [
    'a second leap begins the day anew',
    believed(100, [900, 0], [2000, 12], [2012, 24], [2024, 36]),
    '100? 112? 124? 2024',
  ],
  ['a clock that is set back is believed', believed(100, [50, 0], [51, 1]), '50 51'],
  [
    'one that stood in 1970 and is set right is doubted for a day',
    believed(5000, [0, 0], [5001, 1], [5025, 25]),
    '0 1? 5025',
  ],
  [
    'leaps that are each small are a large one',
    believed(100, [100, 0], [112, 1], [124, 2], [136, 3], [148, 4]),
    '100 112 124 103? 104?',
  ],
  ['a clock that is slow does not save up for a leap', believed(100, [100, 0], [110, 30], [170, 60]), '100 110 140?'],
];
for (const [name, found, expected] of rows) test(name, () => assert.equal(found, expected));

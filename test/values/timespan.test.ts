import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatTimespan, parseTimespan } from '../../src/values/index.ts';

const read: readonly (readonly [text: string, timespan: string])[] = [
  ['2d', '2.00:00:00'],
  ['1.5h', '01:30:00'],
  ['30m', '00:30:00'],
  ['30min', '00:30:00'],
  ['10s', '00:00:10'],
  ['.5s', '00:00:00.5000000'],
  ['100ms', '00:00:00.1000000'],
  ['10microsecond', '00:00:00.0000100'],
  ['1tick', '00:00:00.0000001'],
  ['250nanos', '00:00:00.0000002'],
  ['15 seconds', '00:00:15'],
  ['-3D', '-3.00:00:00'],
  ['2', '2.00:00:00'],
  ['0.12:34:56.7', '12:34:56.7000000'],
  ['00:05', '00:05:00'],
  ['-1.02:03:04.0000001', '-1.02:03:04.0000001'],
];

test('texts that say a timespan', () => {
  for (const [text, timespan] of read) {
    const ticks = parseTimespan(text);
    assert.equal(ticks === null ? null : formatTimespan(ticks), timespan, text);
  }
});

test('texts that say none', () => {
  for (const text of ['', 'd', '1w', '1.5', '24:00:00', '00:60:00', '1:2:3:4', '99999999d', '1 d 2 h'])
    assert.equal(parseTimespan(text), null, text);
});

test('what is printed reads back, every tick', () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 62n), 2n ** 62n), (ticks) => parseTimespan(formatTimespan(ticks)) === ticks),
    { seed: 1, numRuns: 500 },
  );
});

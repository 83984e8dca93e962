import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoInterval } from '../../../src/server/http/iso-interval.ts';
import { formatDatetime, parseDatetime } from '../../../src/values/index.ts';

const NOW = parseDatetime('2026-03-31T12:00:00Z') as bigint;
const short = (ticks: bigint | undefined) => (ticks === undefined ? '' : formatDatetime(ticks).slice(0, 19));

/** What is written, from when, to when. */
const rows: readonly (readonly [string, string, string])[] = [
  ['P1D', '2026-03-30T12:00:00', '2026-03-31T12:00:00'],
  ['PT90M', '2026-03-31T10:30:00', '2026-03-31T12:00:00'],
  ['p1dt1h', '2026-03-30T11:00:00', '2026-03-31T12:00:00'],
  ['P2W', '2026-03-17T12:00:00', '2026-03-31T12:00:00'],
  ['P1M', '2026-02-28T12:00:00', '2026-03-31T12:00:00'],
  ['P1Y', '2025-03-31T12:00:00', '2026-03-31T12:00:00'],
  ['2026-01-01', '2026-01-01T00:00:00', ''],
  ['2026-01-01T01:00:00Z/2026-01-02T00:00:00Z', '2026-01-01T01:00:00', '2026-01-02T00:00:00'],
  ['2026-01-01/P1M', '2026-01-01T00:00:00', '2026-02-01T00:00:00'],
  ['P3D/2026-01-04', '2026-01-01T00:00:00', '2026-01-04T00:00:00'],
  ['P999999Y', '0001-01-01T00:00:00', '2026-03-31T12:00:00'],
];

for (const [text, from, to] of rows)
  test(text, () => {
    const interval = isoInterval(text, NOW, '/');
    assert.deepEqual([short(interval.from), short(interval.to)], [from, to]);
  });

for (const text of [
  '',
  'P',
  'PT',
  'P1',
  '1D',
  'P1D/P1D',
  'a/b',
  '2026-01-01/2026-01-02/2026-01-03',
  'P1.5D',
  '-P1D',
  '2026-13-01',
])
  test(`${JSON.stringify(text)} is refused`, () => {
    assert.throws(() => isoInterval(text, NOW, '/'), { code: 'HTTP0002' });
  });

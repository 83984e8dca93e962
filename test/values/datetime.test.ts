import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDatetime, MAX_DATETIME_TICKS, parseDatetime, ticksOfDate } from '../../src/values/index.ts';

const read: readonly (readonly [text: string, datetime: string])[] = [
  // ISO 8601 and the sortable forms
  ['2014-05-25T08:20:03.123456Z', '2014-05-25T08:20:03.1234560Z'],
  ['2014-05-25T08:20:03.123456', '2014-05-25T08:20:03.1234560Z'],
  ['2014-05-25T08:20', '2014-05-25T08:20:00.0000000Z'],
  ['2014-11-08 15:55:55.123456Z', '2014-11-08T15:55:55.1234560Z'],
  ['2014-11-08 15:55', '2014-11-08T15:55:00.0000000Z'],
  ['2014-11-08', '2014-11-08T00:00:00.0000000Z'],
  ['2014-11', '2014-11-01T00:00:00.0000000Z'],
  ['2014', '2014-01-01T00:00:00.0000000Z'],
  ['2014-1-5', '2014-01-05T00:00:00.0000000Z'],
  ['2025, 6, 14', '2025-06-14T00:00:00.0000000Z'],
  ['2014-11-08 15:05 GMT', '2014-11-08T15:05:00.0000000Z'],
  ['2014-11-08T15:05:25+02:00', '2014-11-08T13:05:25.0000000Z'],
  ['2014-11-08T15:05:25 -0530', '2014-11-08T20:35:25.0000000Z'],
  // RFC 822 and RFC 850
  ['Sat, 8 Nov 14 15:05:02 GMT', '2014-11-08T15:05:02.0000000Z'],
  ['Sat, 8 Nov 14 15:05', '2014-11-08T15:05:00.0000000Z'],
  ['8 Nov 14 15:05:02', '2014-11-08T15:05:02.0000000Z'],
  ['Tue, 1 Jul 2003 10:52:37 +0200', '2003-07-01T08:52:37.0000000Z'],
  ['Saturday, 08-Nov-14 15:05:02 GMT', '2014-11-08T15:05:02.0000000Z'],
  ['08-Nov-14 15:05', '2014-11-08T15:05:00.0000000Z'],
  ['08-Nov-94 15:05', '1994-11-08T15:05:00.0000000Z'],
  // the month first
  ['12-02-2022', '2022-12-02T00:00:00.0000000Z'],
  ['1/2/2020 3:04:05 PM', '2020-01-02T15:04:05.0000000Z'],
  ['1/2/2020 12:04 AM', '2020-01-02T00:04:00.0000000Z'],
  // the ends, and digits below a tick
  ['0001-01-01', '0001-01-01T00:00:00.0000000Z'],
  ['9999-12-31T23:59:59.99999999Z', '9999-12-31T23:59:59.9999999Z'],
];

test('texts that say a datetime', () => {
  for (const [text, datetime] of read) {
    const ticks = parseDatetime(text);
    assert.equal(ticks === null ? null : formatDatetime(ticks), datetime, text);
  }
});

test('texts that say none', () => {
  for (const text of [
    '',
    'yesterday',
    '2014-02-30',
    '2014-13-01',
    '2014/02-03',
    '0000-01-01',
    '2014-01-01 24:00',
    '2014-01-01 12:60',
    '2014-01-01 13:00 AM',
    '2014-01-01T00:00+15:00',
    '0001-01-01T00:00+01:00',
    '9999-12-31T23:00-02:00',
    '8 Foo 14 15:05',
    '20140101',
    '2014-01-01 and more',
  ])
    assert.equal(parseDatetime(text), null, text);
});

test('what is printed reads back, every tick', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, MAX_DATETIME_TICKS), (ticks) => parseDatetime(formatDatetime(ticks)) === ticks),
    { seed: 1, numRuns: 500 },
  );
});

test('a calendar day in ticks, or null where there is none', () => {
  assert.equal(ticksOfDate(1970, 1, 1), 621_355_968_000_000_000n);
  assert.equal(ticksOfDate(99, 1, 1), 30_926_016_000_000_000n);
  assert.equal(ticksOfDate(2016, 2, 29) !== null, true);
  assert.equal(ticksOfDate(2017, 2, 29), null);
  assert.equal(ticksOfDate(10_000, 1, 1), null);
});

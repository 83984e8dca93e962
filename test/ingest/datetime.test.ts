import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isoTicks, localTicks, unixMsTicks } from '../../src/ingest/datetime.ts';
import { formatDatetime, MAX_DATETIME_TICKS, parseDatetime } from '../../src/values/index.ts';

const shown = (digits: string | null): string | null => (digits === null ? null : formatDatetime(BigInt(digits)));

const iso: Readonly<Record<string, string | null>> = {
  '2026-07-18T14:08:56.1234567Z': '2026-07-18T14:08:56.1234567Z',
  '2026-07-18T14:08:56.123456789Z': '2026-07-18T14:08:56.1234567Z',
  '2026-07-18T14:08:56.0000000': '2026-07-18T14:08:56.0000000Z',
  '2026-07-18T14:08:56.1Z': '2026-07-18T14:08:56.1000000Z',
  '2026-07-18 14:08:56': '2026-07-18T14:08:56.0000000Z',
  '2026-07-18T14:08': '2026-07-18T14:08:00.0000000Z',
  '2026-07-18': '2026-07-18T00:00:00.0000000Z',
  '2026-07-18T14:08:56+02:00': '2026-07-18T12:08:56.0000000Z',
  '2026-07-18 14:08:56 -0530': '2026-07-18T19:38:56.0000000Z',
  '2026-12-31T23:30:00-01': '2027-01-01T00:30:00.0000000Z',
  '2024-02-29T00:00:00Z': '2024-02-29T00:00:00.0000000Z',
  '0001-01-01T00:00:00Z': '0001-01-01T00:00:00.0000000Z',
  '0001-01-01T00:00:00.0000001Z': '0001-01-01T00:00:00.0000001Z',
  '9998-12-31T23:59:59.9999999Z': '9998-12-31T23:59:59.9999999Z',
  '9999-12-31T23:59:59.9999999Z': null,
  '0000-01-01T00:00:00Z': null,
  '0001-01-01T00:00:00+01:00': null,
  '9999-12-31T23:59:59-01:00': null,
  '10000-01-01T00:00:00Z': null,
  '2023-02-29T00:00:00Z': null,
  '2026-13-01T00:00:00Z': null,
  '2026-07-18T24:00:00Z': null,
  '2026-07-18T14:08:60Z': null,
  '2026-07-18T14:08:56.Z': null,
  '2026-07-18T14:08:56X': null,
  '2026-07-18T14:08:56+15:00': null,
  '2026-7-18': null,
  Inbound: null,
};

for (const [text, expected] of Object.entries(iso)) {
  test(`ISO 8601: ${text}`, () => assert.equal(shown(isoTicks(text)), expected));
}

const local: Readonly<Record<string, string | null>> = {
  '7/18/2026 2:08:56 PM': '2026-07-18T14:08:56.0000000Z',
  '7/8/2026 12:08:56 AM': '2026-07-08T00:08:56.0000000Z',
  '7/18/2026, 2:08:56.123 PM': '2026-07-18T14:08:56.1230000Z',
  '7/18/2026 14:08': '2026-07-18T14:08:00.0000000Z',
  '18/07/2026 14:08:56': '2026-07-18T14:08:56.0000000Z',
  '7/7/2026 14:08:56': '2026-07-07T14:08:56.0000000Z',
  '7/8/2026 14:08:56': null,
  '18/07/2026 2:08:56 PM': null,
  '18.07.2026 14:08:56': '2026-07-18T14:08:56.0000000Z',
  '2026/07/18 14:08:56': '2026-07-18T14:08:56.0000000Z',
  'Jul 18, 2026 2:08:56 PM': '2026-07-18T14:08:56.0000000Z',
  'Jul 18, 2026 2:08:56\u202fPM': '2026-07-18T14:08:56.0000000Z',
  'July 18, 2026 at 2:08 PM': '2026-07-18T14:08:00.0000000Z',
  'Sat, 18 Jul 2026 14:08:56 GMT': '2026-07-18T14:08:56.0000000Z',
  '18-Jul-2026 14:08:56 +0200': '2026-07-18T12:08:56.0000000Z',
  'Feb 30, 2026 2:08:56 PM': null,
  'Jul 18, 2026 14:08:56 PM': null,
  'Foo 18, 2026': null,
  yesterday: null,
};

for (const [text, expected] of Object.entries(local)) {
  test(`local form: ${text}`, () => assert.equal(shown(localTicks(text)), expected));
}

test('Unix milliseconds are believed where thirteen digits can mean nothing else', () => {
  assert.equal(shown(unixMsTicks(1_784_383_736_123)), '2026-07-18T14:08:56.1230000Z');
  assert.equal(unixMsTicks(1_784_383_736), null);
  assert.equal(unixMsTicks(17_843_837_361_234), null);
});

/** Ticks of the year 9999, which is not taken. */
const YEAR_9999 = 365n * 864_000_000_000n;

test('every datetime that KQL prints is read back to the tick, before the year 9999', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: MAX_DATETIME_TICKS - YEAR_9999 }), (ticks) => {
      assert.equal(isoTicks(formatDatetime(ticks)), String(ticks));
    }),
  );
});

test('what is read as ISO 8601 is what KQL’s todatetime reads', () => {
  const date = fc.date({ min: new Date('0001-01-02'), max: new Date('9998-12-30'), noInvalidDate: true });
  const cut = fc.constantFrom(10, 16, 19, 21, 23);
  const zone = fc.constantFrom('', 'Z', '+02:00', '-0530');
  fc.assert(
    fc.property(date, cut, zone, (value, length, suffix) => {
      const text = value.toISOString().slice(0, length) + (length > 10 ? suffix : '');
      assert.equal(isoTicks(text), String(parseDatetime(text)));
    }),
  );
});

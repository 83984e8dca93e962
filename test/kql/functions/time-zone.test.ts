import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aroundFunctions } from '../../../src/kql/functions/around.ts';
import { timeZoneFunctions } from '../../../src/kql/functions/time-zone.ts';
import { timeZones } from '../../../src/kql/functions/time-zones.ts';
import { weekOfYearFunctions } from '../../../src/kql/functions/week-of-year.ts';
import { isTimeZone } from '../../../src/kql/functions/zone-offset.ts';
import { parseDatetime, parseTimespan } from '../../../src/values/index.ts';
import { rowOf } from './agreement.ts';
import { type Case, checkRows, long, real, string, type TypedValue } from './check.ts';

const at = (text: string): TypedValue => ['datetime', parseDatetime(text)];
const span = (text: string): TypedValue => ['timespan', parseTimespan(text)];
const cases = (name: string, rows: readonly (readonly [string, string, string | null])[]): Case[] =>
  rows.map(([from, zone, to]) => ({
    name,
    args: [at(from), string(zone)],
    type: 'datetime',
    expected: to === null ? null : parseDatetime(to),
  }));

test('from UTC to local', () =>
  checkRows(
    timeZoneFunctions,
    cases('datetime_utc_to_local', [
      ['2022-07-11 22:18:48.4678620', 'US/Pacific', '2022-07-11 15:18:48.4678620'],
      ['2022-07-11 22:18', 'Australia/Canberra', '2022-07-12 08:18'],
      ['2022-03-27 00:59:59.9999999', 'Europe/Brussels', '2022-03-27 01:59:59.9999999'],
      ['2022-03-27 01:00', 'Europe/Brussels', '2022-03-27 03:00'],
      ['2022-07-11 22:18', 'UTC', '2022-07-11 22:18'],
      ['9999-12-31 23:00', 'Europe/Brussels', null],
      ['0001-01-01 01:00', 'US/Pacific', null],
    ]),
  ));

test('from local to UTC; where clocks leap, the offset after it counts', () =>
  checkRows(
    timeZoneFunctions,
    cases('datetime_local_to_utc', [
      ['2020-02-02 20:02:20', 'US/Pacific', '2020-02-03 04:02:20'],
      ['2022-03-27 01:00', 'Europe/Brussels', '2022-03-27 00:00'],
      ['2022-03-27 02:00', 'Europe/Brussels', '2022-03-27 00:00'],
      ['2022-03-27 03:00', 'Europe/Brussels', '2022-03-27 01:00'],
      ['2022-10-30 01:59', 'Europe/Brussels', '2022-10-29 23:59'],
      ['2022-10-30 02:30', 'Europe/Brussels', '2022-10-30 01:30'],
      ['2022-10-30 03:00', 'Europe/Brussels', '2022-10-30 02:00'],
      ['2022-03-13 12:00', 'US/Pacific', '2022-03-13 19:00'],
    ]),
  ));

test('what is no zone is refused', () => {
  const row = rowOf(timeZoneFunctions, 'datetime_utc_to_local');
  const call = { name: row.name, type: 'datetime', argTypes: ['datetime', 'string'] } as const;
  assert.throws(() => row.evaluate([0n, '+05:00'], call), { code: 'KQL0005' });
  assert.ok(isTimeZone('US/Pacific') && !isTimeZone('us/pacific'));
  assert.equal(new Set(timeZones).size, timeZones.length);
});

test('weekofyear begins with the week of the first Wednesday', async () => {
  const week = (text: string, expected: bigint): Case => ({
    name: 'weekofyear',
    args: [at(text)],
    type: 'long',
    expected,
  });
  const cases = [
    week('2020-01-01', 1n),
    week('2020-01-04 23:59', 1n),
    week('2020-01-05', 2n),
    week('2021-01-02', 53n),
    week('2019-12-28 23:59', 52n),
    week('2019-12-29', 1n),
    week('2030-12-31', 1n),
  ];
  await checkRows(weekOfYearFunctions, cases);
});

test('around takes both ends in', () => {
  const is = (args: readonly TypedValue[], expected: boolean | null): Case => ({
    name: 'around',
    args,
    type: 'bool',
    expected,
  });
  return checkRows(aroundFunctions, [
    is([long(3n), long(5n), long(2n)], true),
    is([long(2n), long(5n), long(2n)], false),
    is([real(7), long(5n), long(2n)], true),
    is([real(7.1), long(5n), long(2n)], false),
    is([long(null), long(5n), long(2n)], null),
    is([at('2021-01-01 01:29'), at('2021-01-01 01:30'), span('1m')], true),
    is([at('2021-01-01 01:28:59.9999999'), at('2021-01-01 01:30'), span('1m')], false),
    is([at('2021-01-01'), at('2021-01-01'), ['timespan', null]], null),
  ]);
});

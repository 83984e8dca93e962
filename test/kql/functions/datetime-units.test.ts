import { test } from 'node:test';
import { datetimeMakeFunctions } from '../../../src/kql/functions/datetime-make.ts';
import { datetimeUnitFunctions } from '../../../src/kql/functions/datetime-units.ts';
import { type KqlType, parseDatetime, parseTimespan, type Value } from '../../../src/values/index.ts';
import { checkRandom, rowOf } from './agreement.ts';
import { type Case, checkAgreement, checkRows, int, long, real, string, type TypedValue } from './check.ts';
import { samples } from './samples.ts';

const datetime = (text: string): TypedValue => ['datetime', parseDatetime(text)];
const unitCase = (name: string, type: KqlType, args: readonly TypedValue[], expected: Value): Case => ({
  name,
  args,
  type,
  expected,
  constantArgs: [0],
});

const added: readonly (readonly [unit: string, count: bigint, from: string, expected: string])[] = [
  ['year', 1n, '2017-01-01', '2018-01-01'],
  ['Quarter', 1n, '2017-01-01', '2017-04-01'],
  ['month', 1n, '2017-01-31 12:00:00.0000001', '2017-02-28 12:00:00.0000001'],
  ['month', -15n, '2017-01-01', '2015-10-01'],
  ['year', 1n, '2016-02-29', '2017-02-28'],
  ['week', 100n, '2017-01-01', '2018-12-02'],
  ['day', -1n, '2017-01-01', '2016-12-31'],
  ['hour', 1n, '2017-01-01', '2017-01-01 01:00'],
  ['minute', 1n, '2017-01-01', '2017-01-01 00:01'],
  ['second', 1n, '2017-01-01', '2017-01-01 00:00:01'],
  ['millisecond', 1n, '2017-01-01', '2017-01-01 00:00:00.001'],
  ['microsecond', 1n, '2017-01-01', '2017-01-01 00:00:00.000001'],
  ['nanosecond', 700n, '2017-01-01', '2017-01-01 00:00:00.0000007'],
];

test('datetime_add', () =>
  checkRows(datetimeUnitFunctions, [
    ...added.map(([unit, count, from, expected]) =>
      unitCase('datetime_add', 'datetime', [string(unit), int(count), datetime(from)], parseDatetime(expected)),
    ),
    unitCase('datetime_add', 'datetime', [string('day'), int(-1n), datetime('0001-01-01')], null),
    unitCase('datetime_add', 'datetime', [string('year'), int(1n), datetime('9999-01-01')], null),
  ]));

const differences: readonly (readonly [unit: string, to: string, from: string, expected: bigint])[] = [
  ['year', '2017-01-01', '2000-12-31', 17n],
  ['quarter', '2017-07-01', '2017-03-30', 2n],
  ['month', '2017-01-01', '2015-12-30', 13n],
  ['week', '2017-10-29 00:00', '2017-09-30 23:59', 5n],
  ['day', '2017-10-29 00:00', '2017-09-30 23:59', 29n],
  ['hour', '2017-10-31 01:00', '2017-10-30 23:59', 2n],
  ['minute', '2017-10-30 23:05:01', '2017-10-30 23:00:59', 5n],
  ['second', '2017-10-30 23:00:10.100', '2017-10-30 23:00:00.900', 10n],
  ['millisecond', '2017-10-30 23:00:00.200100', '2017-10-30 23:00:00.100900', 100n],
  ['microsecond', '2017-10-30 23:00:00.1009001', '2017-10-30 23:00:00.1008009', 100n],
  ['nanosecond', '2017-10-30 23:00:00.0000000', '2017-10-30 23:00:00.0000007', -700n],
];

test('datetime_diff counts the borders between', () =>
  checkRows(
    datetimeUnitFunctions,
    differences.map(([unit, to, from, expected]) =>
      unitCase('datetime_diff', 'long', [string(unit), datetime(to), datetime(from)], expected),
    ),
  ));

const units: Readonly<Record<string, bigint>> = {
  year: 2017n,
  quarter: 4n,
  month: 10n,
  week_of_year: 44n,
  day: 30n,
  dayOfYear: 303n,
  hour: 1n,
  minute: 2n,
  second: 3n,
  millisecond: 765n,
  microsecond: 765_432n,
  nanosecond: 765_432_100n,
};

test('datetime_part', () =>
  checkRows(
    datetimeUnitFunctions,
    Object.entries(units).map(([unit, expected]) =>
      unitCase('datetime_part', 'int', [string(unit), datetime('2017-10-30 01:02:03.7654321')], expected),
    ),
  ));

test('the engine and the evaluator agree on every unit', async () => {
  for (const unit of ['year', 'quarter', 'month', 'week', 'day', 'hour', 'millisecond', 'nanosecond']) {
    const small = [0n, 1n, -1n, 13n, -26n, 120_000n, null];
    const adds = samples.datetime.flatMap((ticks) => small.map((count) => [unit, count, ticks]));
    const add = rowOf(datetimeUnitFunctions, 'datetime_add');
    await checkAgreement(add, ['string', 'int', 'datetime'], 'datetime', adds, [[0]]);
    if (unit === 'nanosecond') continue;
    const pairs = samples.datetime.flatMap((a) => samples.datetime.map((b) => [unit, a, b]));
    const diff = rowOf(datetimeUnitFunctions, 'datetime_diff');
    await checkAgreement(diff, ['string', 'datetime', 'datetime'], 'long', pairs, [[0]]);
  }
  for (const unit of Object.keys(units)) {
    const part = rowOf(datetimeUnitFunctions, 'datetime_part');
    await checkAgreement(
      part,
      ['string', 'datetime'],
      'int',
      samples.datetime.map((ticks) => [unit, ticks]),
      [[0]],
    );
  }
});

const made = (name: string, type: KqlType, args: readonly TypedValue[], expected: Value): Case => ({
  name,
  args,
  type,
  expected,
});

test('datetimes and timespans made of numbers', () =>
  checkRows(datetimeMakeFunctions, [
    made('make_datetime', 'datetime', [long(2017n), long(10n), long(1n)], parseDatetime('2017-10-01')),
    made(
      'make_datetime',
      'datetime',
      [int(2017n), int(10n), int(1n), int(12n), int(11n), real(0.1234567)],
      parseDatetime('2017-10-01 12:11:00.1234567'),
    ),
    made('make_datetime', 'datetime', [long(2017n), long(2n), long(29n)], null),
    made('make_datetime', 'datetime', [long(2017n), long(2n), long(1n), long(24n), long(0n)], null),
    made('make_datetime', 'datetime', [long(null), long(2n), long(1n)], null),
    made('make_timespan', 'timespan', [long(1n), long(15n)], parseTimespan('01:15:00')),
    made('make_timespan', 'timespan', [long(1n), long(15n), real(10.5)], parseTimespan('01:15:10.5')),
    made('make_timespan', 'timespan', [long(1n), long(12n), long(30n), real(55.123)], parseTimespan('1.12:30:55.123')),
    made('make_timespan', 'timespan', [long(25n), long(15n)], null),
    made('unixtime_seconds_todatetime', 'datetime', [long(1_546_300_800n)], parseDatetime('2019-01-01')),
    made('unixtime_seconds_todatetime', 'datetime', [real(1_546_300_800.5)], parseDatetime('2019-01-01 00:00:00.5')),
    made('unixtime_seconds_todatetime', 'datetime', [long(-1n)], parseDatetime('1969-12-31 23:59:59')),
    made('unixtime_seconds_todatetime', 'datetime', [long(9_223_372_036_854_775_807n)], null),
    made('unixtime_milliseconds_todatetime', 'datetime', [long(1_546_300_800_000n)], parseDatetime('2019-01-01')),
    made('unixtime_microseconds_todatetime', 'datetime', [long(1_546_300_800_000_000n)], parseDatetime('2019-01-01')),
    made(
      'unixtime_nanoseconds_todatetime',
      'datetime',
      [long(1_546_300_800_000_000_100n)],
      parseDatetime('2019-01-01 00:00:00.0000001'),
    ),
    made('unixtime_nanoseconds_todatetime', 'datetime', [long(-1n)], parseDatetime('1969-12-31 23:59:59.9999999')),
  ]));

test('the engine and the evaluator agree on numbers', async () => {
  for (const row of datetimeMakeFunctions) {
    if (row.name === 'make_datetime') await checkRandom(row, ['int', 'int', 'int'], 'datetime');
    else if (row.name === 'make_timespan') await checkRandom(row, ['long', 'int', 'int', 'real'], 'timespan');
    else {
      await checkRandom(row, ['long'], 'datetime');
      if (row.name !== 'unixtime_nanoseconds_todatetime') await checkRandom(row, ['real'], 'datetime');
    }
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeFormatFunctions } from '../../../src/kql/functions/time-format.ts';
import { type KqlType, parseDatetime, parseTimespan } from '../../../src/values/index.ts';
import { rowOf } from './agreement.ts';
import { checkAgreement, checkRows, string } from './check.ts';
import { samples } from './samples.ts';

type Line = readonly [text: string, format: string, expected: string];

const check = (
  name: string,
  type: KqlType,
  parse: (text: string) => bigint | null,
  lines: readonly Line[],
): Promise<void> =>
  checkRows(
    timeFormatFunctions,
    lines.map(([text, format, expected]) => ({
      name,
      args: [[type, parse(text)], string(format)],
      type: 'string' as const,
      expected,
      constantArgs: [1],
    })),
  );

test('format_datetime', () =>
  check('format_datetime', 'datetime', parseDatetime, [
    ['2017-01-29 09:00:05', 'yy-MM-dd [HH:mm:ss]', '17-01-29 [09:00:05]'],
    ['2017-01-29 09:00:05', 'yyyy-M-dd [H:mm:ss]', '2017-1-29 [9:00:05]'],
    ['2017-01-29 09:00:05', 'yy-MM-dd [hh:mm:ss tt]', '17-01-29 [09:00:05 AM]'],
    ['2009-06-15 13:45:30', 'h tt', '1 PM'],
    ['2009-06-15 00:45:30', 'hh tt', '12 AM'],
    ['2009-06-15 12:45:30', 'h', '12'],
    ['2009-06-01', 'd', '1'],
    ['0001-01-01', 'y yy yyyy', '1 01 0001'],
    ['2009-06-15T13:45:30.6175425', 'f ff fff ffff fffff ffffff fffffff', '6 61 617 6175 61754 617542 6175425'],
    ['2009-06-15T13:45:30.0001150', 'FFFFFFF', '000115'],
    ['2009-06-15T13:45:30.05', 'F_f', '_0'],
    ['2007-03-09 05:04:03', 'dddd MMMM', '0909 0303'],
    ['2007-03-09 05:04:03', 'ddd MMM', '099 033'],
    ['2007-03-09 05:04:06', 'MMmmM', '03043'],
    ['nothing', 'yyyy', ''],
  ]));

test('format_timespan', () =>
  check('format_timespan', 'timespan', parseTimespan, [
    ['29.09:00:05.12345', 'dd.hh:mm:ss:FF', '29.09:00:05:12'],
    ['29.09:00:05.12345', 'ddd.h:mm:ss [fffffff]', '029.9:00:05 [1234500]'],
    ['15.13:09:09', 'd H m s', '15 13 9 9'],
    ['1234.00:00:00', 'dd', '1234'],
    ['-02:30:00', 'hh:mm', '-02:30'],
    ['-1.02:30:00', 'd.hh:mm:ss', '-1.02:30:00'],
    ['-00:00:00.5', 'ss', '-00'],
    ['-02:30:00', '', ''],
  ]));

test('an unknown element is refused', () => {
  for (const format of ['yyy', 'HHH', 'x', 'yyyy%', 'ffffffff'])
    assert.throws(
      () =>
        rowOf(timeFormatFunctions, 'format_datetime').evaluate([0n, format], {
          name: '',
          argTypes: [],
          type: 'string',
        }),
      { code: 'KQL0005' },
      format,
    );
});

test('the engine and the evaluator agree on any time', async () => {
  const datetimes = samples.datetime.map((ticks) => [ticks, 'yyyy-MM-dd HH:mm:ss.fffffff hh tt y']);
  const timespans = samples.timespan.slice(0, 6).map((ticks) => [ticks, 'd.HH:mm:ss.FFFFFFF']);
  const [datetime, timespan] = timeFormatFunctions;
  await checkAgreement(datetime!, ['datetime', 'string'], 'string', datetimes, [[1]]);
  await checkAgreement(timespan!, ['timespan', 'string'], 'string', timespans, [[1]]);
});

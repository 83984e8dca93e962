import { test } from 'node:test';
import { datetimeFunctions } from '../../../src/kql/functions/datetime.ts';
import { type KqlType, parseDatetime, parseTimespan, type Value } from '../../../src/values/index.ts';
import { checkRandom } from './agreement.ts';
import { type Case, checkRows, type TypedValue } from './check.ts';

const at = (text: string): bigint => parseDatetime(text)!;
const toDatetime = (name: string, text: string, offset: bigint | undefined, expected: string | null): Case => {
  const args: readonly TypedValue[] =
    offset === undefined
      ? [['datetime', at(text)]]
      : [
          ['datetime', at(text)],
          ['long', offset],
        ];
  return { name, args, type: 'datetime', expected: expected === null ? null : at(expected) };
};

const NEW_YEAR = '2017-01-01 10:10:17';

test('starts and ends of calendar spans, a tick before the next', () =>
  checkRows(datetimeFunctions, [
    toDatetime('startofday', NEW_YEAR, undefined, '2017-01-01'),
    toDatetime('startofday', NEW_YEAR, -1n, '2016-12-31'),
    toDatetime('startofday', NEW_YEAR, 0n, '2017-01-01'),
    toDatetime('endofday', NEW_YEAR, undefined, '2017-01-01 23:59:59.9999999'),
    toDatetime('endofday', NEW_YEAR, 1n, '2017-01-02 23:59:59.9999999'),
    toDatetime('startofweek', NEW_YEAR, -1n, '2016-12-25'),
    toDatetime('startofweek', NEW_YEAR, undefined, '2017-01-01'),
    toDatetime('startofweek', '2016-12-31 23:59:59.9999999', undefined, '2016-12-25'),
    toDatetime('startofweek', '0001-01-01', undefined, null),
    toDatetime('endofweek', NEW_YEAR, -1n, '2016-12-31 23:59:59.9999999'),
    toDatetime('endofweek', NEW_YEAR, 1n, '2017-01-14 23:59:59.9999999'),
    toDatetime('startofmonth', NEW_YEAR, -1n, '2016-12-01'),
    toDatetime('startofmonth', '2016-02-29 23:00', undefined, '2016-02-01'),
    toDatetime('endofmonth', '2016-02-10', undefined, '2016-02-29 23:59:59.9999999'),
    toDatetime('endofmonth', '2017-02-10', 0n, '2017-02-28 23:59:59.9999999'),
    toDatetime('startofyear', NEW_YEAR, 1n, '2018-01-01'),
    toDatetime('endofyear', NEW_YEAR, undefined, '2017-12-31 23:59:59.9999999'),
    toDatetime('endofyear', '9999-03-03', undefined, '9999-12-31 23:59:59.9999999'),
    toDatetime('startofyear', '9999-03-03', 1n, null),
  ]));

const parts: readonly (readonly [name: string, text: string, type: KqlType, expected: Value])[] = [
  ['dayofweek', '2017-01-01', 'timespan', 0n],
  ['dayofweek', '2017-01-07 23:00', 'timespan', parseTimespan('6d')!],
  ['dayofweek', '0001-01-01', 'timespan', parseTimespan('1d')!],
  ['dayofmonth', '2015-12-14', 'int', 14n],
  ['dayofyear', '2016-12-31', 'int', 366n],
  ['getmonth', '2015-10-12', 'int', 10n],
  ['monthofyear', '2015-12-14', 'int', 12n],
  ['getyear', '2015-10-12', 'int', 2015n],
  ['hourofday', '2015-12-14 18:54', 'int', 18n],
  ['week_of_year', '2020-12-31', 'int', 53n],
  ['week_of_year', '2020-06-15', 'int', 25n],
  ['week_of_year', '1970-01-01', 'int', 1n],
  ['week_of_year', '2000-01-01', 'int', 52n],
];

test('parts of a datetime', () =>
  checkRows(
    datetimeFunctions,
    parts.map(([name, text, type, expected]) => ({ name, args: [['datetime', at(text)]], type, expected })),
  ));

test('the engine and the evaluator agree on any datetime', async () => {
  for (const row of datetimeFunctions) {
    const isSpan = /^(start|end)of/.test(row.name);
    const type = isSpan ? 'datetime' : row.name === 'dayofweek' ? 'timespan' : 'int';
    await checkRandom(row, ['datetime'], type);
    if (isSpan) await checkRandom(row, ['datetime', 'int'], type);
  }
});

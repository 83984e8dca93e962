import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions, readSetOptions } from '../../../src/server/kusto/options.ts';

/** Name, value, what is read; undefined where it is refused. */
const cases: [string, unknown, unknown][] = [
  ['servertimeout', '00:04:00', 240_000],
  ['servertimeout', '1.00:00:00.5', 86_400_500],
  ['ServerTimeout', '10m', 600_000],
  ['servertimeout', '00:00:00', undefined],
  ['servertimeout', '-1h', undefined],
  ['servertimeout', {}, undefined],
  ['notruncation', true, true],
  ['notruncation', 'True', true],
  ['notruncation', 1, true],
  ['notruncation', 'false', false],
  ['notruncation', 'yes', undefined],
  ['truncationmaxrecords', 5, 5],
  ['truncationmaxrecords', '5', 5],
  ['truncationmaxrecords', 1.5, undefined],
  ['truncationmaxrecords', '1e3', undefined],
  ['query_now', '1970-01-01', 621_355_968_000_000_000n],
  ['query_now', 'datetime(1970-01-01T00:00:00.0000001Z)', 621_355_968_000_000_001n],
  ['query_now', 'yesterday', undefined],
  ['results_error_reporting_placement', 'End_Of_Table', 'end_of_table'],
  ['results_error_reporting_placement', 'nowhere', undefined],
];
for (const [name, value, read] of cases)
  test(`option ${name} = ${JSON.stringify(value)}`, () => {
    if (read === undefined) assert.throws(() => readOptions({ [name]: value }, '/'), { code: 'HTTP0002' });
    else assert.deepEqual(readOptions({ [name]: value }, '/'), { [name.toLowerCase()]: read });
  });

test('options that are not known, and null, change nothing', () => {
  assert.deepEqual(readOptions({ queryconsistency: 'strong', constructor: 1, notruncation: null }, '/'), {});
});

test('a query text sets what it may set', () => {
  const set = { notruncation: true, truncationmaxrecords: 5n, query_now: 1n, servertimeout: 1n, foo: 'bar' };
  assert.deepEqual(readSetOptions(set, '/'), { notruncation: true, truncationmaxrecords: 5, query_now: 1n });
  assert.throws(() => readSetOptions({ truncationmaxrecords: 'many' }, '/'), { code: 'HTTP0002' });
});

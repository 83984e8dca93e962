import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from '../../../src/server/kusto/options.ts';
import { setStatements } from '../../../src/server/kusto/set-statements.ts';

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

/** Text, what it sets. */
const texts: [string, Record<string, string>][] = [
  ['T | take 1', {}],
  ['set notruncation; T', { notruncation: 'true' }],
  [
    "// c ; d\n set\ttruncationmaxrecords = '5' ;SET query_now=datetime(2020-01-01);T",
    { truncationmaxrecords: '5', query_now: 'datetime(2020-01-01)' },
  ],
  ['set servertimeout = 1h; T', {}],
  ['set truncationmaxsize=1; T', {}],
  ['let x = 1; set notruncation; T', {}],
  ['T | where s == "set notruncation;"', {}],
  ['set notruncation', {}],
];
for (const [text, set] of texts)
  test(`sets of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(setStatements(text), set);
  });

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellPrinter, jsonCell } from '../../src/ingest/cells.ts';
import { parseJson } from '../../src/ingest/json-text.ts';
import { ColumnTally } from '../../src/ingest/tally.ts';
import type { KqlType } from '../../src/values/index.ts';

/** How it is counted: not at all, by what was repaired, or by why it is lost (with a leading !). */
type Case = readonly [type: KqlType, source: string, cell: string, counted?: string];

function check(cell: string, tally: ColumnTally, expected: string, counted: string | undefined): void {
  assert.equal(cell, expected);
  JSON.parse(cell);
  const reasons = [...tally.counts.values()].map(({ lost, reason, count }) => `${lost ? '!' : ''}${reason} ${count}`);
  assert.deepEqual(reasons, counted === undefined ? [] : [`${counted} 1`]);
}

const tallyOf = (type: KqlType) => new ColumnTally('T', 'C', type, { file: 'f', line: 1 });

const fromJson: readonly Case[] = [
  ['string', '"abc"', '"abc"'],
  ['string', '""', '""'],
  ['string', 'null', '""'],
  ['string', '"a\\"b\\\\c\\n"', '"a\\"b\\\\c\\n"'],
  ['string', '"\\u0000"', '"\ufffd"'],
  ['string', '"\\ud83d"', '"\ufffd"'],
  ['string', '"\\ud83d\\ude00"', '"😀"'],
  ['string', '12', '"12"', 'number to text'],
  ['string', '9007199254740993', '"9007199254740993"', 'number to text'],
  ['string', 'true', '"true"', 'bool to text'],
  ['string', '["a", "b"]', '"[\\"a\\",\\"b\\"]"', 'array to JSON text'],
  ['string', '{"a": 1}', '"{\\"a\\":1}"', 'object to JSON text'],
  ['string', '{"a": 9007199254740993}', '"{\\"a\\":9007199254740993}"', 'object to JSON text'],
  ['string', '["\\u0000"]', '"[\\"\ufffd\\"]"', 'array to JSON text'],
  ['int', '5', '5'],
  ['int', '-5', '-5'],
  ['int', 'null', 'null'],
  ['int', '""', 'null'],
  ['int', '"5"', '5', 'text to number'],
  ['int', '" 5 "', '5', 'text to number'],
  ['int', 'true', '1', 'bool to number'],
  ['int', '"False"', '0', 'bool to number'],
  ['int', '2147483647', '2147483647'],
  ['int', '2147483648', 'null', '!out of the range of int'],
  ['int', '5.5', 'null', '!not a whole number'],
  ['int', '"five"', 'null', '!not a number'],
  ['int', '[5]', 'null', '!array in a int column'],
  ['long', '2898195034', '2898195034'],
  ['long', '9223372036854775807', '9223372036854775807'],
  ['long', '-9223372036854775808', '-9223372036854775808'],
  ['long', '9223372036854775808', 'null', '!out of the range of long'],
  ['long', '1e3', '1000'],
  ['real', '1.5', '1.5'],
  ['real', '"1.5"', '1.5', 'text to number'],
  ['real', '"x"', 'null', '!not a number'],
  ['decimal', '0.12345678901234567890', '0.12345678901234567890'],
  ['bool', 'true', 'true'],
  ['bool', '"True"', 'true', 'text to bool'],
  ['bool', '"FALSE"', 'false', 'text to bool'],
  ['bool', '1', 'true', 'number to bool'],
  ['bool', '"0"', 'false', 'number to bool'],
  ['bool', '2', 'null', '!not a bool'],
  ['bool', '"yes"', 'null', '!not a bool'],
  ['bool', 'null', 'null'],
  ['datetime', '"2026-07-18T14:08:56.1234567Z"', '639199805361234567'],
  ['datetime', '"2026-07-18T16:08:56.1234567+02:00"', '639199805361234567'],
  ['datetime', '"0001-01-01T00:00:00"', '0'],
  ['datetime', '"9998-12-31T23:59:59.9999999Z"', '3155063615999999999'],
  ['datetime', '""', 'null'],
  ['datetime', 'null', 'null'],
  ['datetime', '"7/18/2026 2:08:56 PM"', '639199805360000000', 'local form to datetime'],
  ['datetime', '1784383736000', '639199805360000000', 'Unix milliseconds to datetime'],
  ['datetime', '1784383736', 'null', '!not a datetime'],
  ['datetime', '"soon"', 'null', '!not a datetime'],
  ['datetime', '"10000-01-01T00:00:00Z"', 'null', '!not a datetime'],
  ['datetime', 'false', 'null', '!not a datetime'],
  ['timespan', '"1.02:03:04.5"', '937845000000'],
  ['timespan', '"soon"', 'null', '!not a timespan'],
  ['guid', '"3C7B1317-AC21-4754-5A76-08DEE4D61558"', '"3c7b1317-ac21-4754-5a76-08dee4d61558"'],
  ['guid', '"3C7B"', 'null', '!not a guid'],
  ['dynamic', 'null', 'null'],
  ['dynamic', '{"a": [1, 2]}', '"{\\"a\\":[1,2]}"'],
  ['dynamic', '"{\\"a\\": [1, 9007199254740993]}"', '"{\\"a\\":[1,9007199254740993]}"'],
  ['dynamic', '"plain words"', '"\\"plain words\\""'],
  ['dynamic', '5', '"5"'],
  ['dynamic', 'true', '"true"'],
];

for (const [type, source, cell, counted] of fromJson) {
  test(`JSON ${source} in a ${type} column`, () => {
    const tally = tallyOf(type);
    check(jsonCell(type, parseJson(source), tally), tally, cell, counted);
  });
}

/** CSV has no types: a number in digits is no repair there. */
const fromCsv: readonly Case[] = [
  ['string', '', '""'],
  ['string', ' a,"b" ', '" a,\\"b\\" "'],
  ['string', 'tab\there', '"tab\\there"'],
  ['int', '5', '5'],
  ['int', '', 'null'],
  ['int', '007', '7'],
  ['int', '+7', '7'],
  ['int', '-0', '0'],
  ['int', '5.0', '5', 'fraction of zero dropped'],
  ['int', 'True', '1', 'bool to number'],
  ['int', '1,234', 'null', '!not a number'],
  ['long', '2898195034', '2898195034'],
  ['bool', 'True', 'true'],
  ['bool', 'false', 'false'],
  ['bool', '1', 'true', 'number to bool'],
  ['bool', '', 'null'],
  ['bool', 'maybe', 'null', '!not a bool'],
  ['datetime', '2026-07-18 14:08:56', '639199805360000000'],
  ['datetime', ' 2026-07-18T14:08:56Z ', '639199805360000000', 'local form to datetime'],
  ['datetime', 'Jul 18, 2026 2:08:56 PM', '639199805360000000', 'local form to datetime'],
  ['datetime', '1784383736000', '639199805360000000', 'Unix milliseconds to datetime'],
  ['datetime', '', 'null'],
  ['dynamic', '', 'null'],
  ['dynamic', '["Phish"]', '"[\\"Phish\\"]"'],
  ['dynamic', 'Phish', '"\\"Phish\\""'],
];

for (const [type, source, cell, counted] of fromCsv) {
  test(`CSV ${JSON.stringify(source)} in a ${type} column`, () => {
    const tally = tallyOf(type);
    check(cellPrinter(type).text(source, tally, false), tally, cell, counted);
  });
}

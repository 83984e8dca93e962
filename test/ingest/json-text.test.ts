import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compactedJson, compactJson, numberText, parseJson } from '../../src/ingest/json-text.ts';

const kept: readonly (readonly [source: string, printed: string])[] = [
  ['{"id": 12345678901234567890, "n": 1}', '{"id":12345678901234567890,"n":1}'],
  ['[-1.00000000000000000001e+5, 0.1]', '[-1.00000000000000000001e+5,0.1]'],
  ['{"a": "12345678901234567890", "\\"9": "\\\\"}', '{"a":"12345678901234567890","\\"9":"\\\\"}'],
  ['{"id": 12345678901234567890, "nul": "\\u0000x"}', '{"id":12345678901234567890,"nul":"\ufffdx"}'],
];

for (const [source, printed] of kept) {
  test(`${source} keeps its digits`, () => assert.equal(compactJson(parseJson(source)), printed));
}

test('the text of a long number is its digits; a string of digits is no number', () => {
  assert.equal(numberText(parseJson('12345678901234567890')), '12345678901234567890');
  assert.equal(numberText(parseJson('"12345678901234567890"')), null);
});

for (const broken of ['012345678901234567', '{"a": 12345678901234567.}', '{"a": 1234567890123456 7}']) {
  test(`${broken} is no JSON`, () => assert.throws(() => parseJson(broken), SyntaxError));
}

test('blanks go between tokens, not inside strings, however long the string', () => {
  const long = `"${'a b'.repeat(4_000_000)}\\" c"`;
  assert.equal(compactedJson(`[ ${long} ,\n1 ]`), `[${long},1]`);
  assert.equal(compactedJson(`[ ${long}`), null);
});

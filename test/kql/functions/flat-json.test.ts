import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flatMemberSql } from '../../../src/kql/functions/flat-json.ts';
import { selectRows } from './check.ts';

const READING = `coalesce(CASE WHEN json_valid("t") THEN json_extract_string("t", '$.k') END, '')`;

/** What the engine reads of a text's member `k`: by the flat form, and by its JSON functions alone. */
async function bothOf(text: string): Promise<unknown[]> {
  const source = `(SELECT '${text.replaceAll("'", "''")}' AS t)`;
  const [row] = await selectRows(
    `SELECT ${flatMemberSql('"t"', '$.k', `'read: ' || ${READING}`)}, ${READING} FROM ${source}`,
  );
  return row!;
}

const flat: readonly (readonly [text: string, member: string])[] = [
  ['{"k":"v"}', 'v'],
  ['{"a":"1","k":"v","b":"2"}', 'v'],
  ['{"a":"k","k":"v"}', 'v'],
  ['{"a":",","k":"v"}', 'v'],
  ['{"a":"{","k":":"}', ':'],
  ['{"k":"first","k":"second"}', 'first'],
  ['{"kk":"x","K":"y"}', ''],
  ['{"k":""}', ''],
  ['{"k":"Zoë 🎣"}', 'Zoë 🎣'],
  [`{"k":"it's"}`, `it's`],
];
for (const [text, member] of flat) {
  test(`a flat bag of texts is read as its JSON is: ${text}`, async () => {
    assert.deepEqual(await bothOf(text), [member, member]);
  });
}

const other = [
  '',
  'null',
  '[]',
  '{}',
  '"k"',
  '{"k":1}',
  '{"k":null}',
  '{"k":"a\\"b"}',
  '{"k":"\\u0061"}',
  '{"k": "v"}',
  '{"a":{"k":"v"}}',
  '{"a":["k"],"k":"v"}',
  '{"k":"v",}',
  '{"k":"v"',
  '{"k":"v"} ',
  '{"k":"v""a":"b"}',
  '{"k":"line\nbreak"}',
  '{"k":"tab\t"}',
];
for (const text of other) {
  test(`what is no flat bag of texts goes to the JSON functions: ${JSON.stringify(text)}`, async () => {
    const [ours, theirs] = await bothOf(text);
    assert.equal(ours, `read: ${theirs}`);
  });
}

test('only a column and one plain step are read in this way', () => {
  assert.equal(flatMemberSql('lower("t")', '$.k', 'reading'), 'reading');
  assert.equal(flatMemberSql('"t"', '$.a.k', 'reading'), 'reading');
  assert.equal(flatMemberSql('"t"', '$."k*"', 'reading'), 'reading');
  assert.equal(flatMemberSql('"t"', '$[0]', 'reading'), 'reading');
  assert.notEqual(flatMemberSql('l."t"', '$.k_2', 'reading'), 'reading');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { statementAt, statementsIn, withoutInnerGaps } from '../../../web/src/editor/statements.ts';
import { inTime } from '../../in-time.ts';

/** A text, and its queries. */
const cases: readonly [text: string, queries: string[]][] = [
  ['', []],
  ['\n\n', []],
  ['A', ['A']],
  ['A\n\nB', ['A', 'B']],
  ['A\r\n\r\nB', ['A', 'B']],
  ['A\n \t\nB\n\n\n\nC\n', ['A', 'B', 'C']],
  ['A\nB', ['A\nB']],
  ['let d = 1d;\n\nA', ['let d = 1d;\n\nA']],
  ['let d = 1d; // a day\n\nA\n\nB', ['let d = 1d; // a day\n\nA', 'B']],
  ['A\n\n| take 1\n\nB', ['A\n\n| take 1', 'B']],
  ['// about A\n\nA\n\nB', ['// about A\n\nA', 'B']],
  ['A\n\n// about B\nB', ['A', '// about B\nB']],
  ['A\n\n// nothing follows', ['A']],
  ['let f = () {\n\nA\n};\nf()\n\nB', ['let f = () {\n\nA\n};\nf()', 'B']],
  ['print ```\n\n```\n\nB', ['print ```\n\n```', 'B']],
  ['A | where a == "("\n\nB', ['A | where a == "("', 'B']],
  ["A | where a == @'\\'\n\nB", ["A | where a == @'\\'", 'B']],
  ['A // (\n\nB', ['A // (', 'B']],
  // somebody is still writing: what is below is not swallowed
  ['A | where (a\n\nB\n\nC', ['A | where (a', 'B', 'C']],
  ['A | where a == "\n\nB', ['A | where a == "', 'B']],
];

for (const [text, queries] of cases)
  test(`the queries of ${JSON.stringify(text)}`, () => {
    const found = statementsIn(text);
    assert.deepEqual(
      found.map((statement) => statement.text),
      queries,
    );
    for (const { start, end, text: body } of found) assert.equal(text.slice(start, end), body);
  });

test('the query at a place: the one that it is in, else the one before, else the first', () => {
  const text = '\nA\n\nBB\n\n';
  const at = (offset: number) => statementAt(text, offset)?.text;
  assert.deepEqual([0, 1, 2, 3, 4, 6, 8].map(at), ['A', 'A', 'A', 'A', 'BB', 'BB', 'BB']);
  assert.equal(statementAt('\n\n', 1), undefined);
});

test('places hold for any text, and what the editor service is given has every other sign in its place', () => {
  const parts = [
    'A',
    '| take 1',
    'let a = 1;',
    '\n',
    '\n\n',
    ' ',
    '(',
    ')',
    '"',
    "'",
    '//',
    '```',
    '\\',
    '\r\n',
    '|',
    ';',
  ];
  const texts = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((some) => some.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      let end = 0;
      for (const statement of statementsIn(text)) {
        assert.ok(statement.start >= end && statement.text !== '');
        assert.equal(text.slice(statement.start, statement.end), statement.text);
        end = statement.end;
      }
      const given = withoutInnerGaps(text);
      assert.equal(given.length, text.length);
      for (const [i, sign] of [...text].entries()) assert.ok(given[i] === sign || (sign === '\n' && given[i] === ' '));
    }),
    { numRuns: 500, seed: 7 },
  );
});

test('an empty line inside a query is none for the editor service', () => {
  assert.equal(withoutInnerGaps('let d = 1d;\n\nA\n\nB'), 'let d = 1d; \nA\n\nB');
});

test('a large text is parted in no time', async () => {
  const text = `${'EmailEvents | where (Subject has "x")\n\n'.repeat(5_000)}${'('.repeat(2_000)}${'\n \n'.repeat(2_000)}`;
  assert.equal((await inTime(2_000, () => statementsIn(text))).length, 5_001);
});

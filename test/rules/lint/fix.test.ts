import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixRules } from '../../../src/rules/lint/fix-rules.ts';
import { fixedQuery } from '../../../src/rules/lint/fixed-query.ts';
import type { Lint } from '../../../src/rules/lint/lint.ts';
import { rulesOfText } from '../../../src/rules/read/read-rules.ts';
import { now, wordLint } from './rules.ts';

const edit = (start: number, length: number, text: string) => ({ span: { start, length }, text });

/** What a file becomes. */
async function fixed(path: string, text: string, lints: readonly Lint[]) {
  const { rules, problems } = rulesOfText(path, text);
  assert.deepEqual(problems, []);
  const result = await fixRules(rules, lints, { now }, () => text);
  const left = result.report.findings.length;
  return { text: result.files[0]?.after, refused: result.refused, count: result.fixed.length, left };
}

const lints = [
  wordLint('MH203', 'Bad', { instead: 'Good' }),
  wordLint('MH204', 'Split', { instead: 'x\n| where "q" == 1' }),
];

describe('fixes in a query', () => {
  it('are put in from the end, each whole', () => {
    const { text, applied } = fixedQuery('a b c', [[edit(0, 1, 'first'), edit(4, 1, 'last')], [edit(2, 1, '')]]);
    assert.equal(text, 'first  last');
    assert.deepEqual(applied, [0, 1]);
  });

  it('leave out what overlaps an earlier one, also at one place', () => {
    const { text, applied } = fixedQuery('abcdef', [
      [edit(1, 3, 'X')],
      [edit(3, 2, 'Y')],
      [edit(1, 0, 'Z')],
      [edit(5, 1, '!')],
    ]);
    assert.equal(text, 'aXe!');
    assert.deepEqual(applied, [0, 3]);
    assert.deepEqual(fixedQuery('abc', [[edit(0, 2, 'x'), edit(1, 1, 'y')]]).applied, []);
  });

  it('outside the text are a defect', () => {
    assert.throws(() => fixedQuery('abc', [[edit(2, 2, '')]]), RangeError);
  });
});

describe('fixes in files', () => {
  it('keep the indentation of a block, and all else of the file', async () => {
    const text =
      '# a comment\nname: A\nquery: |\n    T\n    | where Bad and Split # no comment\nversion: "1.0.0"  # kept\nx-own: [1]\n';
    const { text: after, count, left } = await fixed('a.yaml', text, lints);
    assert.equal(
      after,
      '# a comment\nname: A\nquery: |\n    T\n    | where Good and x\n    | where "q" == 1 # no comment\nversion: "1.0.0"  # kept\nx-own: [1]\n',
    );
    assert.deepEqual([count, left], [2, 0]);
  });

  it('keep line ends as the file has them', async () => {
    const { text } = await fixed(
      'a.yaml',
      'name: A\r\nquery: |\r\n  T\r\n  | where Split\r\nversion: 1.0.0\r\n',
      lints,
    );
    assert.equal(text, 'name: A\r\nquery: |\r\n  T\r\n  | where x\r\n  | where "q" == 1\r\nversion: 1.0.0\r\n');
  });

  it('write escapes in JSON', async () => {
    const text =
      '{\n "displayName": "A", "queryCondition": {"queryText": "T | where \\"\\u00e4\\" == 1\\n| where Bad and Split"},\n "schedule": {"frequency": "PT1H"}\n}';
    const { text: after } = await fixed('a.json', text, lints);
    assert.equal(after, text.replace('Bad', 'Good').replace('Split', 'x\\n| where \\"q\\" == 1'));
  });

  it('leave a file alone whose way of writing they do not fit', async () => {
    const text = 'name: A\nquery: "T | where Split"\n';
    assert.deepEqual(await fixed('a.yaml', text, lints), { text: undefined, refused: ['a.yaml'], count: 0, left: 1 });
  });

  it('change one rule of a file with several', async () => {
    const text = 'name: A\nquery: |\n  T\n---\nname: B\nquery: |\n  Bad\n';
    const { rules } = rulesOfText('a.yaml', text);
    if (rules.length === 2) assert.equal((await fixed('a.yaml', text, lints)).text, text.replace('Bad', 'Good'));
    const markdown =
      '# One\n\n```kql\nEmailEvents\n| where Subject has "Bad"\n```\n\n# Two\n\n```kql\nEmailEvents\n| where Subject has "fine"\n```\n';
    assert.equal((await fixed('a.md', markdown, lints)).text, markdown.replace('Bad', 'Good'));
  });

  it('come to an end where fixes undo each other', async () => {
    const pair = [wordLint('MH203', 'Ping', { instead: 'Pong' }), wordLint('MH204', 'Pong', { instead: 'Ping' })];
    const { count, left } = await fixed('a.kql', 'EmailEvents\n| where Subject has "Ping"\n', pair);
    assert.deepEqual([count, left], [10, 1]);
  });

  it('delete whole lines', async () => {
    const line: Lint = {
      ...wordLint('MH203', 'x'),
      *check({ rule: { query } }) {
        const start = query.indexOf('| take 1\n');
        if (start >= 0) yield { span: { start, length: 8 }, message: 'No.', fix: [edit(start, 9, '')] };
      },
    };
    const { text } = await fixed('a.yaml', 'name: A\nquery: |\n  T\n  | take 1\n  | count\nversion: 1.0.0\n', [line]);
    assert.equal(text, 'name: A\nquery: |\n  T\n  | count\nversion: 1.0.0\n');
  });
});

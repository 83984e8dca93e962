import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf, marksOf } from '../../../web/src/rules/rule-marks.ts';

test('a finding is marked at its place, as long as it says', () => {
  const finding = {
    lint: 'MH101',
    name: 'never-true',
    severity: 'warning',
    message: 'never',
    line: 4,
    column: 7,
  } as const;
  assert.deepEqual(marksOf([finding, { ...finding, span: { start: 90, length: 5 } }], []), [
    { line: 4, column: 7, endColumn: 8, severity: 'warning', code: 'MH101', message: 'never' },
    { line: 4, column: 7, endColumn: 12, severity: 'warning', code: 'MH101', message: 'never' },
  ]);
  const [nowhere] = marksOf([{ ...finding, line: 0, column: 0 }], []);
  assert.deepEqual([nowhere?.line, nowhere?.column, nowhere?.endColumn], [1, 1, 2]);
});

test('what keeps a file from being read is marked where it names a place, and else nowhere', () => {
  const [mark, ...others] = marksOf([], ['RULE0002 a.yaml line 3, column 5: no value', 'RULE0001 it is no rule']);
  assert.deepEqual([mark?.line, mark?.column, mark?.severity], [3, 5, 'error']);
  assert.deepEqual(others, []);
});

test('YAML and JSON are coloured, other texts not', () => {
  assert.deepEqual(['a.yaml', 'a.YML', 'a.json', 'a.kql', 'yaml'].map(languageOf), [
    'yaml',
    'yaml',
    'yaml',
    'plaintext',
    'plaintext',
  ]);
});

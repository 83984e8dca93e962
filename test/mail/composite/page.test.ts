import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compositeAuthenticationPage } from '../../../src/mail/composite/page.ts';
import { codesNotGiven, compositeRules } from '../../../src/mail/composite/rules.ts';

test('the page has a row for every code, in order, and no cell breaks its table', () => {
  const rows = compositeAuthenticationPage()
    .split('\n')
    .filter((line) => /^\| \d/.test(line));
  const codes = [...compositeRules.map(({ code }) => code), ...codesNotGiven.map(([code]) => code)];
  assert.deepEqual(
    rows.map((row) => row.split('|')[1]!.trim()),
    codes,
  );
  for (const row of rows) assert.ok([4, 7].includes(row.split('|').length), row);
});

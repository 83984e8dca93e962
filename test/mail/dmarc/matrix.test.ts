import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DmarcMode } from '../../../src/mail/dmarc/result.ts';
import { matrix } from './matrix.ts';
import { judge, nameOf, told } from './matrix-row.ts';

const modes: readonly DmarcMode[] = ['rfc9989', 'rfc7489'];

for (const mode of modes)
  for (const row of matrix)
    test(`RFC 9989 ${nameOf(row, mode)}`, async () => {
      const verdict = await judge(row, mode);
      assert.equal(told(verdict), row[mode], verdict.reason);
      assert.notEqual(verdict.reason, '');
    });

test('the matrix has no row twice and at least 180 of them', () => {
  assert.ok(matrix.length >= 180, String(matrix.length));
  assert.deepEqual(
    [...new Set(matrix.map((row) => nameOf(row)))],
    matrix.map((row) => nameOf(row)),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laidOut } from '../../src/cli/sql-layout.ts';

const rows: readonly [sql: string, expected: string][] = [
  ['SELECT 1', 'SELECT 1'],
  ['SELECT a FROM (SELECT 1 AS a) WHERE a > 0', 'SELECT a\nFROM (\n  SELECT 1 AS a\n)\nWHERE a > 0'],
  ['SELECT extract(year FROM t) FROM x', 'SELECT extract(year FROM t)\nFROM x'],
  ['SELECT \' FROM (SELECT\' AS "a WHERE" FROM t', 'SELECT \' FROM (SELECT\' AS "a WHERE"\nFROM t'],
  ["SELECT 'it''s FROM' FROM t", "SELECT 'it''s FROM'\nFROM t"],
  ['SELECT * FROM a LEFT JOIN b ON a.x = b.x', 'SELECT *\nFROM a\nLEFT JOIN b ON a.x = b.x'],
  ['SELECT 1 UNION ALL SELECT 2', 'SELECT 1\nUNION ALL SELECT 2'],
];

for (const [sql, expected] of rows) test(sql, () => assert.equal(laidOut(sql), expected));

test('only white space changes', () => {
  const sql =
    'WITH t AS (SELECT 1 AS a) SELECT count(*) FROM t INNER JOIN (SELECT 2 AS b) AS u ON true ORDER BY 1 LIMIT 3';
  assert.equal(laidOut(sql).replaceAll(/\s/g, ''), sql.replaceAll(/\s/g, ''));
});

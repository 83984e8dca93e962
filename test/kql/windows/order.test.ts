import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { compile } from '../../../src/kql/index.ts';

/** More rows than fit a row group of the engine, read by several threads. */
const ROWS = 1_200_007;

const catalog = {
  database: 'mail',
  version: 'order',
  tables: [{ name: 'Numbers', columns: [{ name: 'k', type: 'long' as const }], relation: 'numbers' }],
};

async function rowsOf(text: string): Promise<number[][]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '4' });
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE numbers AS SELECT (i * 7919) % ${ROWS} AS k FROM range(${ROWS}) t(i)`);
  const { rowsSql } = compile(text, { catalog, now: 0n }).tables[0]!;
  const rows = (await connection.runAndReadAll(rowsSql)).getRows();
  connection.closeSync();
  return rows.map(([row]) => JSON.parse(String(row)));
}

const isRising = (rows: readonly number[][]): boolean => rows.every(([k], i) => i === 0 || rows[i - 1]![0]! < k!);

test('the order of a sort holds through filters and window calls, over many rows and several threads', async () => {
  const windows = 'extend n = row_number(), p = prev(k), s = row_cumsum(1, k % 1000 == 0)';
  const rows = await rowsOf(`Numbers | sort by k asc | where k % 2 == 0 | ${windows} | where k % 5 == 0`);
  assert.equal(rows.length, Math.ceil(ROWS / 10));
  assert.ok(isRising(rows));
  const wrong = rows.find(
    ([k, n, p, s]) => n !== k! / 2 + 1 || p !== (k === 0 ? null : k! - 2) || s !== (k! % 1000) / 2 + 1,
  );
  assert.equal(wrong, undefined);
});

test('the order of a sort holds where nothing follows but a filter', async () => {
  assert.ok(isRising(await rowsOf('Numbers | sort by k asc | where k % 2 == 0')));
});

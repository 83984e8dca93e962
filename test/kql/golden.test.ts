import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { MailhuntError } from '../../src/errors/index.ts';
import { runQuery } from '../../src/kql/index.ts';
import { TestDatabase } from './duckdb.ts';
import { fixtures } from './fixtures.ts';

/**
 * A golden case is a folder: query.kql, then query.sql and rows.jsonl (first line the columns), or error.txt. Run with
 * RECORD=1 to write what comes out; then read the difference before it is committed. `unordered` marks a free row order.
 */
const root = new URL('./golden/', import.meta.url);
const now = 638_881_776_000_000_000n; // 2025-07-15T12:00:00Z
const record = process.env.RECORD === '1';
let database: TestDatabase;

before(async () => {
  database = await TestDatabase.open();
  for (const { name, columns, values } of fixtures) await database.table(name, columns, values);
});
after(() => database.close());

for (const name of readdirSync(root).sort()) {
  test(`golden: ${name}`, async () => {
    const folder = new URL(`${name}/`, root);
    const outcome = await answer(readFileSync(new URL('query.kql', folder), 'utf8'));
    const recorded = readdirSync(folder).filter((file) => file !== 'query.kql' && file !== 'unordered');
    if (record) for (const file of recorded) rmSync(new URL(file, folder));
    else assert.deepEqual(recorded.sort(), Object.keys(outcome).sort());
    const unordered = existsSync(new URL('unordered', folder));
    for (const [file, text] of Object.entries(outcome)) {
      const path = new URL(file, folder);
      if (record) writeFileSync(path, text);
      const expected = readFileSync(path, 'utf8');
      assert.deepEqual(
        lines(text, unordered && file === 'rows.jsonl'),
        lines(expected, unordered && file === 'rows.jsonl'),
        file,
      );
    }
  });
}

const lines = (text: string, sorted: boolean): string[] => (sorted ? text.split('\n').sort() : text.split('\n'));

async function answer(query: string): Promise<Record<string, string>> {
  try {
    const { tables, warnings } = await runQuery(query, { catalog: database.catalog, now, engine: database });
    const rows: string[] = [];
    for (const table of tables) {
      rows.push(JSON.stringify(table.columns.map(({ name, type }) => `${name}:${type}`)));
      if (table.visualization !== undefined) rows.push(`render ${JSON.stringify(table.visualization)}`);
      for await (const block of table.blocks) rows.push(...block);
    }
    rows.push(...warnings.map((warning) => `warning ${warning.code} ${warning.message}`));
    return { 'query.sql': `${tables.map(({ sql }) => sql).join('\n;\n')}\n`, 'rows.jsonl': `${rows.join('\n')}\n` };
  } catch (error) {
    if (!(error instanceof MailhuntError)) throw error;
    const place =
      error.span === undefined
        ? ''
        : ` at ${error.span.start}+${error.span.length}: ${query.slice(error.span.start, error.span.start + error.span.length)}`;
    return { 'error.txt': `${error.code} ${error.message}${place}\n` };
  }
}

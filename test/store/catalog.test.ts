import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runQuery } from '../../src/kql/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { inFolder, mail, NEW_YEAR, put } from './rig.ts';

async function ask(store: Store, text: string): Promise<string[]> {
  const { tables } = await runQuery(text, { catalog: store.catalog(), now: NEW_YEAR, engine: store.engine });
  const rows: string[] = [];
  for await (const block of tables[0]!.blocks) rows.push(...block);
  return rows;
}

const signIns = (table: string, id: string) => ({
  table,
  columns: ['Timestamp', 'CorrelationId'],
  rows: [`[${NEW_YEAR},"${id}"]`],
});

test("Sentinel's time column is there for a query that names it, and does not show otherwise", () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, mail([['m1', 'r', 'a', 3]]), mail([['m2', 'r', 'b', 1]]));
    const late = 'EmailEvents | where TimeGenerated > datetime(2026-01-03) | project NetworkMessageId, TimeGenerated';
    assert.deepEqual(await ask(store, late), ['["m1","2026-01-04T00:00:00.0000000Z"]']);
    const names = await ask(store, 'EmailEvents | getschema | where ColumnName startswith "Time" | project ColumnName');
    assert.deepEqual(names, ['["Timestamp"]']);
  }));

test('a table that was renamed is read under both names, with the rows that came in under either', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, signIns('AADSignInEventsBeta', 'old'));
    assert.deepEqual(await ask(store, 'EntraIdSignInEvents | project CorrelationId, IsConfidentialClient'), [
      '["old",null]',
    ]);
    await put(store, signIns('EntraIdSignInEvents', 'new'));
    for (const table of ['AADSignInEventsBeta', 'EntraIdSignInEvents']) {
      const rows = await ask(store, `${table} | sort by CorrelationId asc | project CorrelationId`);
      assert.deepEqual(rows, ['["new"]', '["old"]'], table);
    }
  }));

test('a table that is empty no more is another catalog', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const [empty, again] = [store.catalog().version, store.catalog().version];
    assert.equal(again, empty);
    await put(store, mail([['m1', 'r', 'a', 3]]));
    const filled = store.catalog().version;
    assert.notEqual(filled, empty);
    await put(store, mail([['m2', 'r', 'a', 3]]));
    assert.equal(store.catalog().version, filled);
  }));

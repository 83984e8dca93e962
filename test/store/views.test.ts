import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../src/store/index.ts';
import { inFolder, mail, put, texts } from './rig.ts';

test('people who open the file see the newest report of each thing, with times they can read', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(
      store,
      mail([['m1', 'r', 'first', 3]]),
      mail([['m1', 'r', 'second', 4]]),
      mail([['m2', 'r', 'other', 5]]),
    );
    assert.deepEqual(
      await texts(store, `SELECT Subject || ' ' || "Timestamp"::VARCHAR FROM latest.EmailEvents ORDER BY 1`),
      ['other 2026-01-06 00:00:00', 'second 2026-01-05 00:00:00'],
    );
  }));

test('the views outlive a compaction and a second start, and tell columns apart that differ in letter case', () =>
  inFolder(async (folder) => {
    {
      await using store = await openStore(folder);
      await put(store, mail([['m1', 'r', 'a', 3]]), mail([['m2', 'r', 'b', 1]]));
      await store.compact();
    }
    await using store = await openStore(folder);
    assert.deepEqual(await texts(store, 'SELECT Subject FROM latest.EmailEvents ORDER BY 1'), ['a', 'b']);
    const both = `SELECT string_agg(column_name, ' ') FROM duckdb_columns()
      WHERE schema_name = 'latest' AND table_name = 'DeviceProcessEvents' AND lower(column_name) LIKE 'logonid%'`;
    assert.deepEqual(await texts(store, both), ['LogonId LogonID~2']);
  }));

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ingest } from '../../src/ingest/index.ts';
import { openStore } from '../../src/store/index.ts';
import { exportsFolder } from './exports.ts';

test('rows of every kind reach the tables of a real store, once', async (t) => {
  const folder = exportsFolder(t, {
    'in/EmailEvents.csv':
      'Timestamp,NetworkMessageId,RecipientEmailAddress,Subject,Colour\n2026-07-18,m1,r,"a ""b"" \\ é",red\n,m2,r,,\n',
    'in/UrlClickEvents.jsonl':
      '{"Timestamp":"2026-07-18T14:08:56.1234567Z","Url":"u","IsClickedThrough":true,"NetworkMessageId":"m1"}\n'.repeat(
        2,
      ),
    'in/MessageEvents.json':
      '[{"Timestamp":"2026-07-18","IsOwnedThread":"True","RecipientDetails":[{"a":9007199254740993}],"Subject":"\\u0000"}]',
  });
  const path = join(folder, 'store');
  for (const rows of [5, 0]) {
    await using store = await openStore(path);
    const report = await ingest([join(folder, 'in')], { store, now: Date.now, reject: () => {} });
    assert.deepEqual([report.rows, report.failures, report.rejected], [rows, [], []]);
    assert.equal(store.counts.rejected, 0);
    const summary = (await store.summary()).filter((table) => table.rows > 0);
    const found = summary.map((table) => [table.name, table.rows, String(table.to)]);
    assert.deepEqual(found.sort(), [
      ['EmailEvents', 2, '639199296000000000'],
      ['MessageEvents', 1, '639199296000000000'],
      ['UrlClickEvents', 2, '639199805361234567'],
    ]);
  }
});

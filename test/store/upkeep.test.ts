import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableNamed } from '../../src/schema/index.ts';
import { openStore } from '../../src/store/index.ts';
import { storedTable } from '../../src/store/stored-table.ts';
import { cells, clicks, DAY, inFolder, mail, NEW_YEAR, put, relationOf, texts } from './rig.ts';

const days = (store: Parameters<typeof texts>[0]) =>
  texts(
    store,
    `SELECT ("Timestamp" // ${DAY} - ${NEW_YEAR / DAY})::VARCHAR || Subject FROM "EmailEvents" ORDER BY rowid`,
  );

test('retention removes what is older, superseded rows included, and nothing else', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(
      store,
      mail([
        ['m1', 'r', 'old', 1],
        ['m2', 'r', 'edge', 5],
        ['m3', 'r', 'new', 9],
      ]),
      mail([['m1', 'r', 'old2', 2]]),
      clicks(['u']),
    );
    await put(store, { table: 'EmailEvents', columns: ['Subject'], rows: ['["no time"]'] });
    assert.equal(await store.retain(NEW_YEAR + 5n * DAY), 3);
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['edge', 'new', 'no time']);
    assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), []);
    assert.equal(relationOf(store, 'EmailEvents'), '"EmailEvents"');
    assert.equal(await store.retain(NEW_YEAR + 5n * DAY), 0);
  }));

test('retention that takes the newest report does not bring an older one back', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, mail([['m1', 'r', 'first', 9]]), mail([['m1', 'r', 'second', 1]]));
    assert.equal(await store.retain(NEW_YEAR + 5n * DAY), 1);
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), []);
  }));

test('compaction puts rows in the order of their days and keeps them all', () =>
  inFolder(async (folder) => {
    {
      await using store = await openStore(folder);
      await put(
        store,
        mail([
          ['m1', 'r', 'a', 3],
          ['m2', 'r', 'b', 1],
        ]),
        mail([
          ['m3', 'r', 'c', 2],
          ['m4', 'r', 'd', 1],
        ]),
      );
      await put(store, mail([['m1', 'r', 'e', 3]]));
      assert.deepEqual(await days(store), ['3a', '1b', '2c', '1d', '3e']);
      assert.deepEqual(await store.compact(), ['EmailEvents']);
      assert.deepEqual(await days(store), ['1b', '1d', '2c', '3a', '3e']);
      assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['b', 'c', 'd', 'e']);
      assert.deepEqual(await store.compact(), []);
      await put(
        store,
        mail([
          ['m5', 'r', 'f', 3],
          ['m1', 'r', 'e', 3],
        ]),
      );
      assert.deepEqual(await store.compact(), [], 'rows in order need no compaction');
      await put(store, mail([['m6', 'r', 'g', 2]]));
    }
    await using store = await openStore(folder);
    assert.deepEqual(await store.compact(), ['EmailEvents'], 'the need for it outlives the process');
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['b', 'c', 'd', 'e', 'f', 'g']);
  }));

test('a store at rest compacts by itself', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder, { idle: 50 });
    await put(
      store,
      mail([
        ['m1', 'r', 'a', 3],
        ['m2', 'r', 'b', 1],
      ]),
    );
    for (let tries = 0; tries < 100 && (await days(store))[0] !== '1b'; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(await days(store), ['1b', '3a']);
  }));

const email = tableNamed('EmailEvents')!;
const urls = tableNamed('UrlClickEvents')!;
const fewer = (schema: typeof email) =>
  storedTable({
    ...schema,
    columns: schema.columns.filter(({ name }) => !['Subject', 'AttachmentCount', 'Workload'].includes(name)),
  });

test('columns that the schema has got since come in, empty, and reports are still recognised', () =>
  inFolder(async (folder) => {
    const batch = { table: 'EmailEvents', columns: ['NetworkMessageId', 'To'], rows: ['["m1","a"]', '["m2","b"]'] };
    {
      await using store = await openStore(folder, {}, { tables: [fewer(email), fewer(urls)] });
      await put(store, batch, clicks(['u', 'u'], { id: 'f', position: 2 }));
      await assert.rejects(store.append(mail([['m3', 'r', 's']])), { code: 'STORE0007' });
    }
    await using store = await openStore(folder);
    const shown = await texts(
      store,
      `SELECT to_json(t)::VARCHAR FROM ${relationOf(store, 'EmailEvents')} AS t ORDER BY "To"`,
    );
    const names = Object.keys(JSON.parse(shown[0]!));
    assert.deepEqual(
      names.slice(0, email.columns.length),
      email.columns.map(({ name }) => name),
    );
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['', '']);
    assert.deepEqual(await cells(store, 'EmailEvents', 'AttachmentCount'), [null, null]);
    await put(store, batch, clicks(['u', 'u'], { id: 'f', position: 2 }));
    assert.deepEqual([store.counts.stored, store.counts.duplicates], [0, 4]);
    await put(store, {
      table: 'EmailEvents',
      columns: ['NetworkMessageId', 'To', 'Subject'],
      rows: ['["m1","a","s"]'],
    });
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['', 's']);
    assert.equal((await store.summary()).length > 20, true, 'tables come in too');
  }));

test('compaction brings late columns into the order of the schema', () =>
  inFolder(async (folder) => {
    await (await openStore(folder, {}, { tables: [fewer(email)] })).close();
    await using store = await openStore(folder);
    await put(
      store,
      mail([
        ['m1', 'r', 'a', 3],
        ['m2', 'r', 'b', 1],
      ]),
    );
    await store.compact();
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['a', 'b']);
  }));

test('a store of a newer program is refused and left alone', () =>
  inFolder(async (folder) => {
    {
      await using store = await openStore(folder);
      await put(store, clicks(['u']));
    }
    await change(folder, "UPDATE _mailhunt_meta SET value = '99' WHERE name = 'version'");
    await assert.rejects(openStore(folder), { code: 'STORE0004', facts: { path: folder, found: 99, known: 1 } });
    await change(folder, "UPDATE _mailhunt_meta SET value = '1' WHERE name = 'version'");
    await using store = await openStore(folder);
    assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), ['u']);
  }));

test('when the engine hashes differently, stored rows are hashed anew', () =>
  inFolder(async (folder) => {
    const source = { id: 'f', position: 2 };
    {
      await using store = await openStore(folder);
      await put(
        store,
        clicks(['u', 'v'], source),
        mail(
          [
            ['m1', 'r', 's'],
            ['', '', 't'],
          ],
          source,
        ),
      );
    }
    await change(folder, 'UPDATE "UrlClickEvents" SET _key = 1, _row = 1; UPDATE "EmailEvents" SET _key = 1, _row = 1');
    await change(folder, "UPDATE _mailhunt_meta SET value = 'other' WHERE name IN ('hash_probe', 'opened_as')");
    await using store = await openStore(folder);
    await put(
      store,
      clicks(['u', 'v'], source),
      mail(
        [
          ['m1', 'r', 's'],
          ['', '', 't'],
        ],
        source,
      ),
    );
    assert.deepEqual([store.counts.stored, store.counts.duplicates], [0, 4]);
  }));

/** Changes a closed store behind its back. */
async function change(folder: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(join(folder, 'mailhunt.duckdb'));
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

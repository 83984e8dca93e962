import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { physicalNames } from '../../src/duckdb/index.ts';
import { tables } from '../../src/schema/index.ts';
import { openStore } from '../../src/store/index.ts';
import { storedTables } from '../../src/store/stored-table.ts';
import { cells, clicks, inFolder, mail, NEW_YEAR, put, texts } from './rig.ts';

test('a new store lists every table of the schema, empty', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const { database, tables: listed } = store.catalog();
    assert.equal(database, 'mail');
    assert.deepEqual(
      listed.map(({ name }) => name),
      tables.map(({ name }) => name),
    );
    for (const { columns, rows, relation, name } of listed) {
      assert.deepEqual(
        columns,
        tables.find((table) => table.name === name)!.columns.map(({ name, type }) => ({ name, type })),
      );
      assert.equal(rows, 0);
      assert.equal(relation, `"${name}"`);
    }
    assert.equal(
      (await store.summary()).every(({ rows, from, to }) => rows === 0 && from === null && to === null),
      true,
    );
  }));

test('a store that its process fills leaves half of the processors to it', () =>
  inFolder(async (folder) => {
    for (const [filling, threads] of [
      [false, availableParallelism()],
      [true, Math.ceil(availableParallelism() / 2)],
    ] as const) {
      await using store = await openStore(folder, { filling });
      assert.deepEqual(await texts(store, "SELECT current_setting('threads')::VARCHAR"), [String(threads)]);
    }
  }));

test('rows are visible after flush, and after opening again', () =>
  inFolder(async (folder) => {
    {
      await using store = await openStore(folder);
      await put(
        store,
        mail(
          [
            ['m1', 'a@contoso.com', 'one'],
            ['m2', 'a@contoso.com', 'two', 3],
          ],
          { id: 'f', position: 2 },
        ),
      );
      assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['one', 'two']);
    }
    await using store = await openStore(folder);
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['one', 'two']);
    assert.equal(await store.position('f'), 2);
    assert.equal(await store.position('g'), 0);
    const [summary] = await store.summary();
    assert.deepEqual(summary, { name: 'EmailEvents', rows: 2, from: NEW_YEAR, to: NEW_YEAR + 3n * 864_000_000_000n });
  }));

test('the position of an acknowledged batch is known before it is in the tables', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await store.append(clicks(['u'], { id: 'f', position: 7 }));
    assert.equal(await store.position('f'), 7);
  }));

/** A cell of each type, as the batch gives it and as the database shows it. */
const types: readonly (readonly [string, string, string, string, string | null])[] = [
  ['EmailEvents', 'Timestamp', 'datetime', '639028224000000001', '639028224000000001'],
  ['EmailEvents', 'EmailClusterId', 'long', '9223372036854775807', '9223372036854775807'],
  ['EmailEvents', 'EmailClusterId', 'long', '-9223372036854775808', '-9223372036854775808'],
  ['EmailEvents', 'AttachmentCount', 'int', '0', '0'],
  ['EmailEvents', 'AttachmentCount', 'int', 'null', null],
  ['EmailEvents', 'Subject', 'string', 'null', ''],
  ['EmailEvents', 'Subject', 'string', '""', ''],
  ['UrlClickEvents', 'IsClickedThrough', 'bool', 'true', 'true'],
  ['UrlClickEvents', 'IsClickedThrough', 'bool', 'null', null],
  ['CloudAppEvents', 'RawEventData', 'dynamic', JSON.stringify('{"b":1,"a":[1.50]}'), '{"b":1,"a":[1.50]}'],
  ['CloudAppEvents', 'RawEventData', 'dynamic', 'null', null],
];
for (const [table, column, type, given, shown] of types) {
  test(`${type} ${given} is stored as ${shown}`, () =>
    inFolder(async (folder) => {
      await using store = await openStore(folder);
      assert.equal(tables.find(({ name }) => name === table)!.columns.find(({ name }) => name === column)!.type, type);
      await put(store, { table, columns: [column], rows: [`[${given}]`] });
      assert.deepEqual(await cells(store, table, column), [shown]);
    }));
}

const hostile: readonly (readonly [string, string])[] = [
  ['quotes', `it's "quoted" \\ and \`ticked\``],
  ['NUL', 'before\0after'],
  ['control characters', '\u0001\u001b[31m\u001f\u007f'],
  ['line breaks', 'one\r\ntwo\nthree'],
  ['astral characters', '😀 𝒳 \u202e'],
  ['a megabyte', 'x'.repeat(1_000_000)],
  ['SQL', `'); DROP TABLE "EmailEvents"; --`],
  ['JSON', '[1,{"a":"]"}]'],
];
for (const [what, text] of hostile) {
  test(`text with ${what} comes back as it was`, () =>
    inFolder(async (folder) => {
      await using store = await openStore(folder);
      await put(store, mail([['m', 'r', text]], { id: text.slice(0, 100), position: 1 }));
      assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), [text]);
      assert.equal(await store.position(text.slice(0, 100)), 1);
      assert.deepEqual(store.notices, []);
    }));
}

test('half a surrogate pair becomes a replacement character, a whole one and a backslash stay', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const rows = ['["a\\ud800b"]', '["\\ud83d\\ude00"]', '["\\\\ud800"]', '["\\udc00\\ud800\\udc00"]'];
    await put(store, { table: 'EmailEvents', columns: ['Subject'], rows });
    assert.deepEqual(
      (await cells(store, 'EmailEvents', 'Subject')).sort(),
      ['a\ufffdb', '😀', '\\ud800', '\ufffd𐀀'].sort(),
    );
  }));

test('white space between the cells does no harm', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, { table: 'EmailEvents', columns: ['Subject', 'To'], rows: ['[\n "a\\nb" ,\n"c" ]', '["d","e"]'] });
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['a\nb', 'd']);
    assert.deepEqual(await cells(store, 'EmailEvents', 'To'), ['c', 'e']);
  }));

test('unknown fields are kept', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, {
      table: 'EmailEvents',
      columns: ['Subject'],
      rows: [JSON.stringify(['s', '{"New":1}']), '["t"]'],
    });
    assert.deepEqual(await texts(store, 'SELECT _extra FROM "EmailEvents" ORDER BY Subject'), ['{"New":1}', null]);
  }));

test('columns whose names differ only in case stay apart', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, { table: 'DeviceProcessEvents', columns: ['LogonID', 'LogonId'], rows: ['[1,2]'] });
    assert.deepEqual(await cells(store, 'DeviceProcessEvents', 'LogonId'), ['2']);
    assert.deepEqual(await cells(store, 'DeviceProcessEvents', 'LogonID~2'), ['1']);
  }));

test('the physical names are those of the printer', () => {
  for (const table of storedTables) {
    const expected = physicalNames(table.schema.columns);
    for (const { name, sql } of table.columns) assert.equal(sql, `"${expected.get(name)}"`);
  }
});

test('rows that the database cannot read are set aside and said, the others stored', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, {
      table: 'EmailEvents',
      columns: ['Subject', 'AttachmentCount'],
      rows: ['["a",1]', '["b"', '["c","many"]', '{"d":1}', '["e",null]'],
    });
    assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), ['a', 'e']);
    assert.equal(store.counts.rejected, 3);
    assert.deepEqual(
      store.notices.map((notice) => (notice as { code?: string }).code),
      ['STORE0008'],
    );
    assert.deepEqual(await texts(store, 'SELECT decode(bytes) FROM _mailhunt_rejected ORDER BY 1'), [
      '["b"',
      '["c","many"]',
      '{"d":1}',
    ]);
  }));

test('an unknown table and an unknown column are refused', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await assert.rejects(store.append({ table: 'Emails', columns: [], rows: [] }), { code: 'STORE0006' });
    await assert.rejects(store.append({ table: 'EmailEvents', columns: ['Nope'], rows: [] }), { code: 'STORE0007' });
  }));

test('many appends at once are all kept, in the order of their sequences', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const done = await Promise.all(
      Array.from({ length: 50 }, (_, index) => store.append(clicks([`u${index}`], { id: 'f', position: index + 1 }))),
    );
    assert.deepEqual(
      done.map(({ sequence }) => sequence),
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    await store.flush();
    assert.equal((await cells(store, 'UrlClickEvents', 'Url')).length, 50);
  }));

test('rows in bulk are seen soon without being asked for, all of them and in order', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder, { idle: 0 });
    const urls = Array.from({ length: 6000 }, (_, index) => `https://${index}.example`);
    await store.append(clicks(urls));
    assert.notEqual(store.counts.stored, urls.length, 'they wait for more');
    for (let waited = 0; store.counts.stored < urls.length && waited < 20_000; waited += 50) await delay(50);
    const stored = await texts(store, 'SELECT "Url" FROM "UrlClickEvents" ORDER BY _ingest_seq');
    assert.deepEqual(stored, urls);
  }));

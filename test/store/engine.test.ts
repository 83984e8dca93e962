import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { MailhuntError } from '../../src/errors/index.ts';
import { openStore } from '../../src/store/index.ts';
import { shortage } from '../../src/store/shortage.ts';
import { isWithin, least } from '../in-time.ts';
import { inFolder, mail, put, texts } from './rig.ts';

const slow = `SELECT sum(hash(a.i, b.i))::VARCHAR FROM range(1000000) AS a(i), range(1000000) AS b(i)`;

test('blocks come in order, and a reader may stop early', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const numbers = await texts(store, 'SELECT i::VARCHAR FROM range(10000) AS t(i)');
    assert.deepEqual(
      numbers,
      Array.from({ length: 10_000 }, (_, index) => String(index)),
    );
    for (let times = 0; times < 10; times++) {
      for await (const block of store.engine.texts('SELECT i::VARCHAR FROM range(1000000) AS t(i)')) {
        assert.equal(block[0], '0');
        break;
      }
    }
    assert.deepEqual(await texts(store, "SELECT 'still here'"), ['still here']);
  }));

test('the plan of a statement is text', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    assert.match(await store.engine.plan('SELECT Subject FROM "EmailEvents"'), /EmailEvents/);
    await assert.rejects(store.engine.plan('SELECT nothing'), { code: 'KQL0007' });
  }));

test('a sum beyond long is said in numbers, not in SQL', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const sum = 'SELECT (sum(i) * 4611686018427387904)::BIGINT::VARCHAR FROM (VALUES (1::BIGINT), (2::BIGINT)) AS t(i)';
    const text = 'a number comes to 13835058055282163712, beyond what long holds';
    await assert.rejects(texts(store, sum), { code: 'KQL0007', facts: { text } });
  }));

/** What a statement must not be able to do. */
const refused: readonly string[] = [
  "SELECT * FROM read_csv('/etc/passwd')",
  "SELECT content FROM read_text('/etc/passwd')",
  "SELECT * FROM glob('/etc/*')",
  "SELECT * FROM '/etc/passwd'",
  "COPY (SELECT 1) TO '{folder}/out.csv'",
  "ATTACH '{folder}/other.duckdb'",
  "EXPORT DATABASE '{folder}/out'",
  'INSTALL httpfs',
  "LOAD '{folder}/evil.duckdb_extension'",
  "SELECT * FROM read_csv('https://example.com/x.csv')",
  'SET enable_external_access = true',
  'SET threads = 1',
  "SET temp_directory = '/tmp'",
  'RESET lock_configuration',
  'DROP TABLE "EmailEvents"',
  'DELETE FROM "EmailEvents"',
  'CREATE TABLE t (i INTEGER)',
  'UPDATE _mailhunt_meta SET value = 9',
  'SELECT 1; DROP TABLE "EmailEvents"',
  'COMMIT; DROP TABLE "EmailEvents"',
  "SELECT error('on purpose')",
  'SELECT no_such_function(1)',
];
for (const sql of refused) {
  test(`refused: ${sql}`, () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'evil.duckdb_extension'), 'x');
      await using store = await openStore(folder);
      await put(store, mail([['m', 'r', 's']]));
      await assert.rejects(texts(store, sql.replace('{folder}', folder)), { name: 'MailhuntError', code: 'KQL0007' });
      assert.deepEqual(await texts(store, 'SELECT Subject FROM "EmailEvents"'), ['s']);
    }));
}

test('the same holds after the store was opened again', () =>
  inFolder(async (folder) => {
    await (await openStore(folder)).close();
    await using store = await openStore(folder);
    await assert.rejects(texts(store, "SELECT * FROM read_csv('/etc/passwd')"), { code: 'KQL0007' });
    await assert.rejects(texts(store, 'SET threads = 1'), { code: 'KQL0007' });
  }));

test('a query that runs is cancelled with KQL0008, or with the reason where that is one of ours', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const started = performance.now();
    await assert.rejects(texts(store, slow, AbortSignal.timeout(100)), { code: 'KQL0008' });
    const ours = new AbortController();
    setTimeout(() => ours.abort(new MailhuntError('HTTP0009', { seconds: 1 })), 100);
    await assert.rejects(texts(store, slow, ours.signal), { code: 'HTTP0009' });
    await assert.rejects(texts(store, "SELECT ''", AbortSignal.abort('enough')), { code: 'KQL0008' });
    const took = performance.now() - started;
    assert.ok(isWithin(took, 20_000), `${took} ms`);
    assert.deepEqual(await texts(store, "SELECT 'still here'"), ['still here']);
  }));

test('more queries than places wait their turn, and one that waits can be cancelled', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const stop = new AbortController();
    const places = availableParallelism() + 1;
    const running = Array.from({ length: places }, () =>
      assert.rejects(texts(store, slow, stop.signal), { code: 'KQL0008' }),
    );
    await assert.rejects(texts(store, "SELECT ''", AbortSignal.timeout(200)), { code: 'KQL0008' });
    const waiting = texts(store, "SELECT 'at last'");
    stop.abort('enough');
    await Promise.all(running);
    assert.deepEqual(await waiting, ['at last']);
  }));

test('closing interrupts what runs', () =>
  inFolder(async (folder) => {
    const store = await openStore(folder);
    const running = assert.rejects(texts(store, slow), { code: 'KQL0007' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await store.close();
    await running;
  }));

/** A statement whose every row the engine asks of this thread. */
const asked = `SELECT max(kql_call('parse_path', 'dynamic', 'string', CAST(i AS VARCHAR), kql_turn(i))) FROM range(5000000) AS t(i)`;

test('while rows are computed on this thread it answers others, and the query can be cancelled', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const took = await least(1000, async () => {
      const controller = new AbortController();
      const running = texts(store, asked, controller.signal);
      const ended = assert.rejects(running, { code: 'KQL0008' });
      let [stall, last, answers] = [0, performance.now(), 0];
      const timer = setInterval(() => {
        stall = Math.max(stall, performance.now() - last);
        last = performance.now();
      }, 5);
      for (; answers < 5; answers++) assert.deepEqual(await texts(store, "SELECT 'here'"), ['here']);
      const at = performance.now();
      controller.abort(new Error('stop'));
      await ended;
      clearInterval(timer);
      return Math.max(stall, performance.now() - at);
    });
    assert.ok(isWithin(took, 1000), `cancelled after, or nothing answered for, ${took} ms`);
  }));

test('rows whose results take too much of this thread end by name', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    const repeated = (rows: number) =>
      `SELECT max(length(kql_call('repeat', 'dynamic', 'string,long', 'abcdefghij', CAST(i + 100000 AS VARCHAR), kql_turn(i))))::VARCHAR FROM range(${rows}) AS t(i)`;
    assert.deepEqual(await texts(store, repeated(2)), ['1300014']);
    await assert.rejects(texts(store, repeated(1_000)), {
      code: 'KQL0018',
      message: /^repeat takes too much at a time/,
    });
    const long = `SELECT kql_aggregate('tdigest', 'dynamic', 'long', '["' || repeat('1', 140000000) || '"]', kql_turn(1))`;
    await assert.rejects(texts(store, long), { code: 'KQL0018', message: /^tdigest .* 134217728 characters/ });
    assert.deepEqual(await texts(store, "SELECT 'here'"), ['here']);
  }));

test('what a killed process had put on disk beside the tables is removed', () =>
  inFolder(async (folder) => {
    await mkdir(join(folder, 'tmp'), { recursive: true });
    await writeFile(join(folder, 'tmp', 'duckdb_temp_storage_S32K-0.tmp'), 'left');
    await using store = await openStore(folder);
    assert.deepEqual(await readdir(join(folder, 'tmp')), []);
    assert.deepEqual(await texts(store, "SELECT 'here'"), ['here']);
  }));

test('too little memory is an error by name, and the next statement runs', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder, { memory: '60MB', spill: '1MB' });
    const gathered = "SELECT length(string_agg(repeat('x', 1000), ''))::VARCHAR FROM range(200000)";
    await assert.rejects(texts(store, gathered), { code: 'KQL0015', message: /60MB/ });
    assert.deepEqual(await texts(store, "SELECT current_setting('max_temp_directory_size')"), ['976.5 KiB']);
  }));

const limits = { memory: '3GB', spill: '20GB' };
const words: readonly [text: string, code: string | undefined][] = [
  ['Out of Memory Error: failed to allocate data of size 32.0 MiB (32.1 MiB/57.2 MiB used)', 'KQL0015'],
  [
    "Out of Memory Error: failed to offload data block of size 256.0 KiB (18.6 GiB/18.6 GiB used).\nThis limit was set by the 'max_temp_directory_size' setting.",
    'KQL0016',
  ],
  ['Conversion Error: Out of Memory Error is what this text says', undefined],
];
for (const [text, code] of words)
  test(`the engine's words are ${code ?? 'no shortage'}`, () => {
    assert.equal(shortage(text, limits)?.code, code);
  });

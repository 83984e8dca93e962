import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { exportsFolder, take } from './exports.ts';
import { MemoryStore } from './memory-store.ts';

const row = (n: number) => ({
  Timestamp: '2026-07-18T14:08:56Z',
  NetworkMessageId: `m${n}`,
  RecipientEmailAddress: 'r',
  Subject: 'x'.repeat(200),
});
const click = (n: number) => ({
  Url: `https://${n}.example`,
  NetworkMessageId: `m${n}`,
  Workload: 'Email',
  IsClickedThrough: true,
});
const count = 20_000;
const numbers = Array.from({ length: count }, (_, n) => n);

const csv = (from: number, to: number): string =>
  numbers
    .slice(from, to)
    .map((n) => `${Object.values(row(n)).join()}\n`)
    .join('');
const header = `${Object.keys(row(0)).join()}\n`;

const contents: Readonly<Record<string, string | Uint8Array>> = {
  'EmailEvents.csv': header + csv(0, count),
  'EmailEvents.csv.gz': gzipSync(header + csv(0, count)),
  'EmailEvents.jsonl': numbers.map((n) => `${JSON.stringify(row(n))}\n`).join(''),
  'EmailEvents.json': JSON.stringify({ schema: [], results: numbers.map(row) }, null, 1),
};

const ids = (store: MemoryStore, table = 'EmailEvents') =>
  store.rows(table).map(({ NetworkMessageId }) => NetworkMessageId);
const all = numbers.map((n) => `m${n}`);

for (const [name, content] of Object.entries(contents)) {
  test(`${name}: killed at any append and started again, each row is there once`, async (t) => {
    const folder = exportsFolder(t, { [name]: content });
    const whole = await take([folder], { batchRows: 5000 });
    assert.deepEqual(ids(whole.store), all);
    const appends = whole.store.batches.length;
    assert.ok(appends >= 4, `${appends} appends`);
    for (let survived = 0; survived < appends; survived++) {
      const store = new MemoryStore();
      store.appendsLeft = survived;
      await assert.rejects(take([folder], { store, batchRows: 5000 }), /killed/);
      store.appendsLeft = Number.POSITIVE_INFINITY;
      await take([folder], { store, batchRows: 3000 });
      assert.deepEqual(ids(store), all, `killed after ${survived} appends`);
    }
  });

  test(`${name}: stopped, it says so and goes on later`, async (t) => {
    const folder = exportsFolder(t, { [name]: content });
    const store = new MemoryStore();
    const stop = new AbortController();
    const first = await take([folder], { store, signal: stop.signal, onProgress: () => stop.abort() });
    assert.equal(first.stopped, true);
    assert.ok(first.rows > 0 && first.rows < count, `${first.rows} rows`);
    const second = await take([folder], { store });
    assert.equal(second.stopped, false);
    assert.equal(first.rows + second.rows, count);
    assert.deepEqual(ids(store), all);
  });

  test(`${name}: the same file again, also under another name, brings nothing`, async (t) => {
    const folder = exportsFolder(t, { [name]: content });
    const store = new MemoryStore();
    await take([folder], { store });
    copyFileSync(join(folder, name), join(folder, `copy of ${name}`));
    const again = await take([folder], { store });
    assert.deepEqual([again.rows, again.filesAlreadyThere], [0, 2]);
    assert.deepEqual(ids(store), all);
  });
}

test('a log that grows is read on from where it ended, again and again', async (t) => {
  const folder = exportsFolder(t, { 'EmailEvents.csv': header + csv(0, 10) });
  const store = new MemoryStore();
  const file = join(folder, 'EmailEvents.csv');
  await take([file], { store });
  for (const [from, to] of [
    [10, 12],
    [12, 6000],
    [6000, count],
  ] as const) {
    appendFileSync(file, csv(from, to));
    const { rows } = await take([file], { store });
    assert.equal(rows, to - from);
  }
  renameSync(file, join(folder, 'EmailEvents-old.csv'));
  assert.equal((await take([folder], { store })).rows, 0);
  assert.deepEqual(ids(store), all);
});

test('a log that was killed half-way and then grew is read on', async (t) => {
  const folder = exportsFolder(t, { 'EmailEvents.csv': header + csv(0, 15_000) });
  const store = new MemoryStore();
  store.appendsLeft = 2;
  await assert.rejects(take([folder], { store, batchRows: 5000 }), /killed/);
  store.appendsLeft = Number.POSITIVE_INFINITY;
  appendFileSync(join(folder, 'EmailEvents.csv'), csv(15_000, count));
  await take([folder], { store });
  assert.deepEqual(ids(store), all);
});

test('a file that begins like another but differs later is another file', async (t) => {
  const folder = exportsFolder(t, { 'a/EmailEvents.csv': header + csv(0, 10) });
  const store = new MemoryStore();
  await take([join(folder, 'a')], { store });
  writeFileSync(join(folder, 'EmailEvents.csv'), header + csv(0, 9) + csv(20, 25));
  const { rows } = await take([join(folder, 'EmailEvents.csv')], { store });
  assert.equal(rows, 14);
});

test('a last line that is still being written is read when it is whole', async (t) => {
  const line = JSON.stringify(row(0));
  const folder = exportsFolder(t, { 'EmailEvents.jsonl': `${line}\n${line.slice(0, 50)}` });
  const store = new MemoryStore();
  const first = await take([folder], { store });
  assert.deepEqual(
    first.aside.map(({ line, reason }) => [line, reason]),
    [[2, 'the last line breaks off']],
  );
  appendFileSync(join(folder, 'EmailEvents.jsonl'), `${line.slice(50)}\n`);
  const second = await take([folder], { store });
  assert.deepEqual([first.rows, second.rows, second.rejectedCount], [1, 1, 0]);
});

test('two tables out of one source: killed between their batches, each row is there once', async (t) => {
  const lines = numbers.map((n) =>
    JSON.stringify(
      n % 3 === 0
        ? { category: 'AdvancedHunting-UrlClickEvents', properties: click(n) }
        : { category: 'AdvancedHunting-EmailEvents', properties: row(n) },
    ),
  );
  const folder = exportsFolder(t, { 'records.json': lines.join('\r\n') });
  const mails = all.filter((_, n) => n % 3 !== 0);
  const clicks = all.filter((_, n) => n % 3 === 0);
  const appends = (await take([folder], { batchRows: 5000 })).store.batches.length;
  for (let survived = 0; survived < appends; survived++) {
    const store = new MemoryStore();
    store.appendsLeft = survived;
    await assert.rejects(take([folder], { store, batchRows: 5000 }), /killed/);
    store.appendsLeft = Number.POSITIVE_INFINITY;
    await take([folder], { store, batchRows: 3000 });
    assert.deepEqual([ids(store), ids(store, 'UrlClickEvents')], [mails, clicks], `killed after ${survived} appends`);
  }
});

test('the same standard input again brings nothing; more of it brings what is new', async () => {
  const store = new MemoryStore();
  const stdin = (text: string) =>
    (async function* () {
      yield Buffer.from(text);
    })();
  const table = 'EmailEvents';
  const text = header + csv(0, count);
  assert.equal((await take(['-'], { store, table, stdin: stdin(text) })).rows, count);
  const again = await take(['-'], { store, table, stdin: stdin(text) });
  assert.deepEqual([again.rows, again.rowsAlreadyThere], [0, count]);
});

test('the same bytes taken as another table are another source', async (t) => {
  const folder = exportsFolder(t, { 'hunt.csv': 'NetworkMessageId,Url\nm,u\n' });
  const store = new MemoryStore();
  await take([folder], { store, table: 'EmailUrlInfo' });
  const { tables } = await take([folder], { store, table: 'UrlClickEvents' });
  assert.deepEqual(tables, { UrlClickEvents: 1 });
  assert.equal((await take([folder], { store, table: 'UrlClickEvents' })).rows, 0);
});

test('a store that fails is no fault of the file: the run ends', async (t) => {
  const folder = exportsFolder(t, { 'EmailEvents.csv': header + csv(0, 10) });
  const store = new MemoryStore();
  store.position = async () => {
    throw new Error('no answer');
  };
  await assert.rejects(take([folder], { store }), /no answer/);
});

for (const [name, begin, line, end] of [
  ['EmailEvents.csv', header, (n: number) => csv(n, n + 1), ''],
  ['EmailEvents.json', '[\n', (n: number) => `${JSON.stringify(row(n))},\n`, ']'],
] as const) {
  test(`${name}: what is set aside after a stop is told with its own line, what was before it is not told again`, async (t) => {
    const lines = numbers.map((n) => (n === 5 || n === 19_990 ? '{"broken\n' : line(n)));
    const folder = exportsFolder(t, { [name]: begin + lines.join('') + end });
    const store = new MemoryStore();
    const stop = new AbortController();
    const first = await take([folder], { store, signal: stop.signal, onProgress: () => stop.abort() });
    const second = await take([folder], { store });
    const before = begin.split('\n').length - 1;
    assert.deepEqual(
      first.aside.map((one) => one.line),
      [before + 6],
    );
    assert.deepEqual(
      second.aside.map((one) => one.line),
      [before + 19_991],
    );
    assert.equal(first.rows + second.rows, count - 2);
  });
}

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RunContext } from '../../../../src/kql/query.ts';
import { exactNumbers } from '../../../../src/server/workbench/queries/exact-numbers.ts';
import { SavedQueryFile } from '../../../../src/server/workbench/queries/saved-query-file.ts';
import type { Column } from '../../../../src/values/index.ts';
import { long, numbers, post, rig, send, table } from '../../rig.ts';

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a query in lines: head, rows, end, tail', async () => {
  await using here = await rig();
  const text = 'EmailEvents | project Timestamp, Subject, n = 9007199254740993 | render table; print 1';
  const { status, text: body, headers } = await post(here.server.address, '/api/v1/query', { text });
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'application/x-ndjson');
  const [head, first, , end, one, last, tail] = linesOf(body);
  assert.deepEqual(
    head.tables.map(({ name, columns }: { name: string; columns: Column[] }) => [
      name,
      columns.map(({ type }) => type),
    ]),
    [
      ['PrimaryResult', ['datetime', 'string', 'long']],
      ['PrimaryResult_1', ['long']],
    ],
  );
  assert.match(head.tables[0].sql, /SELECT/);
  assert.equal(head.tables[0].visualization.Visualization, 'table');
  assert.equal(head.tables[1].visualization, undefined);
  assert.deepEqual(first, ['1970-01-01T00:00:00.0000000Z', 'a', '9007199254740993']);
  assert.deepEqual([end, one, last], [{ end: 2 }, [1], { end: 1 }]);
  assert.deepEqual(tail.warnings, []);
  assert.equal(typeof tail.milliseconds, 'number');
});

test('a query that is refused says why, where and what to do', async () => {
  await using here = await rig();
  const { status, json } = await post(here.server.address, '/api/v1/query', {
    text: 'EmailEvents\n| where Subjekt == ""',
  });
  assert.equal(status, 400);
  const { code, foreignCode, message, advice, span, line, column } = json.error['@mailhunt'];
  assert.deepEqual([code, foreignCode, span.start, line, column], ['KQL0001', 'KS142', 20, 2, 9]);
  assert.match(message, /Subjekt/);
  assert.match(advice, /place/);
  assert.equal(json.error.message, message);
});

test('from and to limit the tables, parameters are given, and neither may be nonsense', async () => {
  await using here = await rig();
  const ask = (body: object) => post(here.server.address, '/api/v1/query', { text: 'EmailEvents | count', ...body });
  const count = async (body: object) => linesOf((await ask(body)).text)[1][0];
  assert.equal(await count({}), 2);
  assert.equal(await count({ from: '1970-01-01T00:00:00Z' }), 2);
  assert.equal(await count({ from: '1970-01-02T00:00:00Z' }), 0);
  assert.equal(await count({ to: '1969-12-31T00:00:00Z' }), 0);
  const text = 'declare query_parameters(s:string); EmailEvents | where Subject == s | count';
  assert.equal(await count({ text, parameters: { s: 'a' } }), 1);
  for (const wrong of [{ from: 'soon' }, { text: 7 }, { rows: 0 }, { parameters: { a: 1 } }, { more: 1 }])
    assert.equal((await ask(wrong)).status, 400, JSON.stringify(wrong));
});

test('no more rows than asked for; that there are more is said, and the query ends', async () => {
  let ended = false;
  const endless = async function* () {
    try {
      yield* numbers();
    } finally {
      ended = true;
    }
  };
  await using here = await rig({ run: async () => ({ tables: [table(long, endless())], warnings: [] }) });
  const { text } = await post(here.server.address, '/api/v1/query', { text: 'x', rows: 250 });
  const lines = linesOf(text);
  assert.equal(lines.length, 253);
  assert.deepEqual(lines[251], { end: 250, more: true });
  assert.ok(ended);
});

test('a million wide rows: the server waits for its reader, and stops when that has gone', async () => {
  let made = 0;
  let stopped = false;
  const wide = JSON.stringify(['x'.repeat(2_000)]);
  const blocks = async function* () {
    try {
      for (; made < 1_000_000; made += 1_000) yield Array.from({ length: 1_000 }, () => wide);
    } finally {
      stopped = true;
    }
  };
  const columns: Column[] = [{ name: 'x', type: 'string' }];
  await using here = await rig({
    run: async () => ({ tables: [table(columns, blocks())], warnings: [] }),
    settings: { rows: 1_000_000, size: 10_000_000_000 },
  });
  const sent = request(new URL('/api/v1/query', here.server.address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
  });
  sent.end(JSON.stringify({ text: 'x', rows: 1_000_000 }));
  const response = await new Promise<import('node:http').IncomingMessage>((resolve) => sent.once('response', resolve));
  response.pause();
  await new Promise((resolve) => setTimeout(resolve, 700));
  const held = made;
  assert.ok(held < 50_000, `${held} rows were made for a reader that does not read`);
  response.destroy();
  for (let i = 0; i < 100 && !stopped; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(stopped && made <= held + 1_000);
});

test('an error in the middle is the last line', async () => {
  const failing = async function* () {
    yield ['[1]'];
    throw new Error('the engine fell');
  };
  await using here = await rig({ run: async () => ({ tables: [table(long, failing())], warnings: [] }) });
  const { status, text } = await post(here.server.address, '/api/v1/query', { text: 'x' });
  assert.equal(status, 200);
  const lines = linesOf(text);
  assert.deepEqual(lines[1], [1]);
  assert.equal(lines.at(-1).error.code, 'HTTP0011');
  assert.doesNotMatch(text, /engine fell/);
});

test('a dropped connection ends its query', async () => {
  const began = signalOf<void>();
  const stopped = signalOf<string>();
  const run = async (_: string, { signal }: RunContext) => {
    const blocks = (async function* () {
      began.resolve();
      await new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => {
          stopped.resolve(String((signal.reason as { code?: string }).code));
          reject(signal.reason);
        }),
      );
      yield [];
    })();
    return { tables: [table(long, blocks)], warnings: [] };
  };
  await using here = await rig({ run });
  const aborter = new AbortController();
  const asked = fetch(new URL('/api/v1/query', here.server.address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"text":"x"}',
    signal: aborter.signal,
  });
  await asked;
  await began.promise;
  aborter.abort();
  assert.equal(await stopped.promise, 'KQL0008');
});

/** A promise and the way to fulfil it. */
function signalOf<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('numbers that a page would round come as texts, wherever they stand', () => {
  const exact = exactNumbers([
    { name: 'n', type: 'long' },
    { name: 's', type: 'string' },
    { name: 'd', type: 'dynamic' },
    { name: 'r', type: 'real' },
  ]);
  assert.equal(
    exact?.(
      '[-9007199254740993,"9007199254740993, [1",{"a":[9007199254740993,0.1234567890123456789,1e300],"9007199254740993":"x"},12345678901234567890]',
    ),
    '["-9007199254740993","9007199254740993, [1",{"a":["9007199254740993",0.1234567890123456789,1e300],"9007199254740993":"x"},12345678901234567890]',
  );
  assert.equal(exactNumbers([{ name: 's', type: 'string' }]), undefined);
  const columns: Column[] = [
    { name: 'n', type: 'long' },
    { name: 's', type: 'string' },
  ];
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.string(), (n, s) => {
      const [got, text] = JSON.parse((exactNumbers(columns) as (row: string) => string)(`[${n},${JSON.stringify(s)}]`));
      assert.equal(BigInt(got), n);
      assert.equal(text, s);
    }),
    { seed: 4 },
  );
});

test('a check says what is wrong and what would run, and never that the request was', async () => {
  await using here = await rig();
  const check = async (text: string) => (await post(here.server.address, '/api/v1/check', { text })).json;
  const good = await check('EmailEvents | where Timestamp > ago(1d)');
  assert.deepEqual([good.diagnostics, good.refusal, good.limitsTime, good.sql.length], [[], undefined, true, 1]);
  assert.equal((await check('EmailEvents | where x')).diagnostics[0].code, 'KS142');
  assert.equal((await check('')).refusal.code, 'KQL0003');
  assert.equal((await check('.show tables')).refusal.code, 'KQL0009');
  assert.equal((await post(here.server.address, '/api/v1/check', { query: 'x' })).status, 400);
});

test('a text is laid out, or refused with its place', async () => {
  await using here = await rig();
  const ask = (text: string) => post(here.server.address, '/api/v1/format', { text });
  assert.equal((await ask('T|where a==1')).json.text, 'T | where a == 1');
  const { status, json } = await ask('T | where (');
  assert.equal(status, 400);
  assert.equal(json.error['@mailhunt'].code, 'KQL0001');
  const list = Array.from({ length: 5_000 }, (_, n) => `"value ${n}"`).join(',');
  const long = await ask(`T|where a in (${list})`);
  assert.equal(long.status, 200, long.text.slice(0, 300));
  assert.ok(long.json.text.length > 60_000);
});

test('the schema: tables, columns, counts', async () => {
  await using here = await rig();
  const { status, json } = await send(here.server.address, '/api/v1/schema');
  assert.equal(status, 200);
  const [mail] = json.tables;
  assert.deepEqual(
    [mail.name, mail.rows, mail.from, mail.to],
    ['EmailEvents', 2, '1970-01-01T00:00:00.0000000Z', null],
  );
  assert.deepEqual(mail.columns[0], { name: 'Timestamp', type: 'datetime' });
  assert.equal(json.now, '2026-07-18T12:00:00.000Z');
  assert.deepEqual([json.functions, json.watchlists], [[], []]);
});

test('what a column holds most; a table and column that are not there are refused', async () => {
  await using here = await rig();
  const ask = (path: string) => send(here.server.address, `/api/v1/schema/${path}/values`);
  assert.deepEqual((await ask('EmailEvents/Subject')).json.values, [
    { value: 'a', count: 1 },
    { value: 'b', count: 1 },
  ]);
  const odd = `${encodeURIComponent("Odd'<b>]|;")}/${encodeURIComponent("x']|")}`;
  assert.deepEqual((await ask(odd)).json.values, [{ value: '1', count: 1 }]);
  assert.equal((await ask('Nothing/Subject')).json.error['@mailhunt'].code, 'STORE0006');
  assert.equal((await ask('EmailEvents/Nothing')).json.error['@mailhunt'].code, 'STORE0007');
});

test('saved queries: kept by name, in order, also when many save at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-saved-'));
  try {
    const file = SavedQueryFile.of(folder);
    assert.deepEqual(await file.all(), []);
    const query = (name: string, text = 'T') => ({
      name,
      text,
      description: '',
      savedBy: 'ann',
      savedAt: '2026-07-18',
    });
    await Promise.all(Array.from({ length: 20 }, (_, i) => file.put(query(`q${String(i).padStart(2, '0')}`))));
    await file.put(query('q03', 'U'));
    const all = await file.all();
    assert.equal(all.length, 20);
    assert.deepEqual([all[3]?.name, all[3]?.text], ['q03', 'U']);
    assert.equal(await file.remove('q03'), true);
    assert.equal(await file.remove('q03'), false);
    const path = join(folder, 'saved-queries.json');
    const before = await readFile(path, 'utf8');
    for (const broken of ['{"a":1}', '[{"name":1}]', 'no JSON']) {
      await writeFile(path, broken);
      await assert.rejects(file.put(query('x')), { code: 'HTTP0071' });
      assert.equal(await readFile(path, 'utf8'), broken);
    }
    await writeFile(path, before);
    assert.equal((await file.all()).length, 19);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('saved queries over HTTP: names and texts are checked, what is not there is 404', async () => {
  await using here = await rig();
  const put = (name: string, body: object) =>
    send(here.server.address, `/api/v1/saved-queries/${encodeURIComponent(name)}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  assert.equal((await put('a', {})).status, 400);
  assert.equal((await put('a\nb', { text: 'T' })).status, 400);
  assert.equal((await put('x'.repeat(121), { text: 'T' })).status, 400);
  const gone = await send(here.server.address, '/api/v1/saved-queries/nothing', { method: 'DELETE' });
  assert.deepEqual([gone.status, gone.json.error['@mailhunt'].code], [404, 'HTTP0070']);
});

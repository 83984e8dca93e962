import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import type { Answer } from '../../../src/kql/index.ts';
import { connect, type Session, sessionOn } from '../../../src/server/index.ts';
import { UNIX_EPOCH_TICKS } from '../../../src/values/index.ts';
import { long, NOW, numbers, post, type Rig, rig, send, table } from '../rig.ts';

const rowsOf = async (answer: Answer, index = 0): Promise<string[]> => {
  const rows: string[] = [];
  for await (const block of answer.tables[index]?.blocks ?? []) rows.push(...block);
  return rows;
};

const client = (here: Rig): Session => connect(here.server.address, here.server.token, '/store/owner.json');

/** What must be the same whether the store is here or behind a server. */
async function behaves(session: Session): Promise<void> {
  const answer = await session.query('EmailEvents | project Subject');
  assert.deepEqual(answer.tables[0]?.columns, [{ name: 'Subject', type: 'string' }]);
  assert.deepEqual(await rowsOf(answer), ['["a"]', '["b"]']);
  await assert.rejects(session.query('EmailEvents | where zz == 1'), (error: MailhuntError) => {
    assert.equal(error.code, 'KQL0001');
    assert.deepEqual({ ...error.span }, { start: 20, length: 2 });
    assert.equal(error.foreignCode, 'KS142');
    assert.match(error.message, /'zz'/);
    return true;
  });
  const { tables } = await session.explain('EmailEvents | take 1', { plan: true });
  assert.match(tables[0]?.sql ?? '', /EmailEvents/);
  assert.ok((tables[0]?.plan ?? '').length > 0);
  assert.equal('plan' in (await session.explain('EmailEvents')).tables[0]!, false);

  const source = { id: 'file?&ü', position: 7 };
  const batch = { table: 'EmailEvents', columns: ['Subject'], rows: ['["x"]', '["\\n\u2028"]'] };
  assert.deepEqual(await session.append({ ...batch, source }), { sequence: 1 });
  assert.deepEqual(await session.append(batch), { sequence: 2 });
  assert.equal(await session.position(source.id), 7);
  assert.equal(await session.position('new'), 0);

  const letters = [
    { id: 'a?&ü/../b', bytes: Buffer.from([0, 255, 10, 13]) },
    { id: 'empty', bytes: Buffer.alloc(0) },
  ];
  assert.deepEqual(await session.keep(letters), { kept: 2, known: 0 });
  assert.deepEqual(await session.message('a?&ü/../b'), letters[0]!.bytes);
  assert.deepEqual(await session.message('empty'), Buffer.alloc(0));
  assert.equal(await session.message('b'), undefined);
  assert.deepEqual(await session.kept(['b', 'empty']), new Set(['empty']));
  await session.flush();
  assert.deepEqual((await session.summary())[0], { name: 'EmailEvents', rows: 2, from: UNIX_EPOCH_TICKS, to: null });
}

test('a session on a store at hand', async () => {
  await using here = await rig();
  await behaves(sessionOn(here.store, () => NOW));
});

test('a session through the server', async () => {
  await using here = await rig();
  await using session = client(here);
  await behaves(session);
  assert.deepEqual(here.store.appended[0], {
    table: 'EmailEvents',
    columns: ['Subject'],
    source: { id: 'file?&ü', position: 7 },
    rows: ['["x"]', '["\\n\u2028"]'],
  });
  assert.equal(here.store.flushed, 1);
});

test('an empty batch and one with line breaks between its tokens', async () => {
  await using here = await rig();
  await using session = client(here);
  await session.append({ table: 'T', columns: [], rows: [] });
  await session.append({ table: 'T', columns: ['a'], rows: ['[\n1\n]', '[2]'] });
  assert.deepEqual(
    here.store.appended.map(({ rows }) => rows),
    [[], ['[ 1 ]', '[2]']],
  );
});

test('several tables, warnings of both times, now and parameters', async () => {
  const warnings = [{ code: 'WARN0001', message: 'early' }];
  await using here = await rig({
    run: async (text, { now, parameters }) => ({
      warnings,
      tables: [
        { ...table(long, numbers(250)), visualization: { kind: 'timechart', properties: { title: text } } },
        table(long, numbers(0)),
        table(
          long,
          (async function* () {
            yield [`[${now}]`, `["${parameters?.p}"]`];
            warnings.push({ code: 'WARN0002', message: 'late' });
          })(),
        ),
      ],
    }),
  });
  await using session = client(here);
  const ask = () => session.query('x', { now: 638_000_000_000_000_001n, parameters: { p: 'v' } });
  const answer = await ask();
  assert.deepEqual(
    answer.warnings.map(({ message }) => message),
    ['early'],
  );
  assert.deepEqual(answer.tables[0]?.visualization, { kind: 'timechart', properties: { title: 'x' } });
  assert.equal((await rowsOf(answer, 0)).length, 250);
  assert.equal((await rowsOf(answer, 1)).length, 0);
  assert.deepEqual(await rowsOf(answer, 2), ['[638000000000000001]', '["v"]']);
  assert.equal(answer.warnings.at(-1)?.message, 'late');
  assert.deepEqual(await rowsOf(await ask(), 2), ['[638000000000000001]', '["v"]'], 'passing over the first two');
});

test('a row with line breaks between its tokens is still one row', async () => {
  const source = async function* () {
    yield ['[{\n"a": "\\n"\n}]', '[2]'];
  };
  await using here = await rig({ run: async () => ({ tables: [table(long, source())], warnings: [] }) });
  await using session = client(here);
  assert.deepEqual(await rowsOf(await session.query('x')), ['[{ "a": "\\n" }]', '[2]']);
});

test('rows whose characters lie across two pieces arrive whole', async () => {
  const text = `["${'ü€😀'.repeat(20_000)}"]`;
  const source = async function* () {
    for (let i = 0; i < 5; i++) yield [text];
  };
  await using here = await rig({ run: async () => ({ tables: [table(long, source())], warnings: [] }) });
  await using session = client(here);
  assert.deepEqual(await rowsOf(await session.query('x')), [text, text, text, text, text]);
});

test('an error of a newer server is told as it is', async () => {
  const newer = createServer((_, response) => {
    response.end('{"error":{"code":"FUTURE0001","facts":{}}}\n');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => newer.once('listening', resolve));
  await using session = connect(`http://127.0.0.1:${(newer.address() as AddressInfo).port}`, 't');
  await assert.rejects(session.query('x'), { code: 'CLI0002', message: /FUTURE0001/ });
  newer.close();
});

test('who stops reading ends the query', async () => {
  let ended = false;
  const source = async function* () {
    try {
      yield* numbers();
    } finally {
      ended = true;
    }
  };
  await using here = await rig({ run: async () => ({ tables: [table(long, source())], warnings: [] }) });
  await using session = client(here);
  for await (const _ of (await session.query('x')).tables[0]!.blocks) break;
  for (let i = 0; i < 100 && !ended; i++) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(ended);
});

test('an abort rejects with its reason, before and while rows come', async () => {
  await using here = await rig({ run: async () => ({ tables: [table(long, numbers())], warnings: [] }) });
  await using session = client(here);
  const stop = new AbortController();
  const answer = await session.query('x', { signal: stop.signal });
  const reason = new MailhuntError('KQL0008', { text: 'Ctrl-C' });
  await assert.rejects(async () => {
    for await (const _ of answer.tables[0]!.blocks) stop.abort(reason);
  }, reason);
  await assert.rejects(session.query('x', { signal: stop.signal }), reason);
});

test('an error in the middle of the rows comes as it was thrown', async () => {
  const source = async function* () {
    yield* numbers(50_000);
    throw new MailhuntError('KQL0007', { text: 'division' });
  };
  await using here = await rig({ run: async () => ({ tables: [table(long, source())], warnings: [] }) });
  await using session = client(here);
  await assert.rejects(rowsOf(await session.query('x')), { code: 'KQL0007', facts: { text: 'division' } });
});

test('a defect in the middle of the rows too', async () => {
  const source = async function* () {
    yield* numbers(50_000);
    throw new TypeError('secret');
  };
  await using here = await rig({ run: async () => ({ tables: [table(long, source())], warnings: [] }) });
  await using session = client(here);
  await assert.rejects(rowsOf(await session.query('x')), { code: 'HTTP0011' });
});

test('nobody there, or somebody else', async () => {
  await assert.rejects(connect('http://127.0.0.1:9', 't', '/x/owner.json').summary(), {
    code: 'CLI0002',
    facts: { address: 'http://127.0.0.1:9', path: '/x/owner.json', text: 'connect ECONNREFUSED 127.0.0.1:9' },
  });
  const other = createServer((_, response) => response.writeHead(404).end('what?')).listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  await assert.rejects(connect(address, 't').query('x'), { code: 'CLI0002' });
  other.close();
  other.closeAllConnections();
});

test('a connection that the server has let go of is made again, and rows are sent once', async () => {
  const used = new WeakSet<object>();
  let appended = 0;
  const server = createServer((request, response) => {
    if (request.url === '/api/append') appended++;
    if (used.has(request.socket)) return void request.socket.destroy();
    used.add(request.socket);
    request.resume().once('end', () => response.end(JSON.stringify({ position: 7 })));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'token', '/store/owner.json');
  try {
    for (let i = 0; i < 4; i++) assert.equal(await session.position('a'), 7);
    const batch = { table: 'EmailEvents', columns: ['Subject'], rows: ['["x"]'] };
    for (let i = 1; i < 4; i++) {
      await session.append(batch);
      assert.equal(appended, i);
    }
  } finally {
    await session.close();
    server.closeAllConnections();
    server.close();
  }
});

test('a server that dies in the middle of the rows', async () => {
  const dying = createServer((_, response) => {
    response.write(`${JSON.stringify({ tables: [{ name: 'T', columns: long, sql: '' }], warnings: [] })}\n[1]\n`);
    setTimeout(() => response.destroy(), 50);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => dying.once('listening', resolve));
  await using session = connect(`http://127.0.0.1:${(dying.address() as AddressInfo).port}`, 't');
  await assert.rejects(rowsOf(await session.query('x')), { code: 'CLI0002' });
  dying.close();
});

/** Path, method, and whether the token is asked for. */
const addresses: [string, string, boolean][] = [
  ['/api/health', 'GET', false],
  ['/api/tables', 'GET', true],
  ['/api/position?source=x', 'GET', true],
  ['/api/append', 'POST', true],
  ['/api/flush', 'POST', true],
  ['/api/query', 'POST', true],
  ['/api/explain', 'POST', true],
];
for (const [path, method, owned] of addresses)
  test(`${path} ${owned ? 'asks for the token' : 'is open'}`, async () => {
    await using here = await rig();
    for (const authorization of ['', 'Bearer wrong', `Basic ${here.server.token}`, `Bearer ${here.server.token}x`]) {
      const headers: Record<string, string> = authorization ? { Authorization: authorization } : {};
      const { status, json } = await send(here.server.address, path, { method, headers });
      assert.equal(status, owned ? 401 : 200);
      if (owned) assert.equal(json.error['@mailhunt'].code, 'HTTP0012');
    }
    assert.equal(here.store.appended.length, 0);
  });

/** A batch's head, and what is said. */
const heads: [string, RegExp][] = [
  ['', /not JSON/],
  ['[]', /not a JSON object/],
  ['{"columns":[]}', /table must be/],
  ['{"table":"T","columns":"a"}', /columns must be/],
  ['{"table":"T","columns":[1]}', /columns must be/],
  ['{"table":"T","columns":[],"source":1}', /source must be/],
  ['{"table":"T","columns":[],"source":{"id":"x"}}', /source needs/],
];
for (const [head, said] of heads)
  test(`append refuses the head ${head}`, async () => {
    await using here = await rig();
    const headers = { Authorization: `Bearer ${here.server.token}`, 'Content-Type': 'application/x-ndjson' };
    const { status, json } = await send(here.server.address, '/api/append', { method: 'POST', headers, body: head });
    assert.equal(status, 400);
    assert.match(json.error['@message'], said);
    assert.equal(here.store.appended.length, 0);
  });

test('the token of the owner does not let another site in', async () => {
  await using here = await rig();
  const headers = { Authorization: `Bearer ${here.server.token}`, Origin: 'https://evil.example' };
  assert.equal((await post(here.server.address, '/api/flush', {}, headers)).status, 403);
  assert.equal(here.store.flushed, 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { MailhuntError } from '../../src/errors/index.ts';
import type { Get } from '../../src/surroundings/index.ts';
import { Rig } from './rig.ts';

const URL_ = 'https://lists.example/feeds/a.csv';
const query = (columns: string, urls: string | readonly string[], rest = ''): string =>
  `externaldata(${columns})[${[urls]
    .flat()
    .map((url) => `h@'${url}'`)
    .join(', ')}]${rest}`;

/** A network of a few addresses. */
const network =
  (pages: Readonly<Record<string, string | Uint8Array | { to: string } | number>>): Get =>
  async (url) => {
    const page = pages[url.href];
    const body = (async function* () {
      if (typeof page === 'string' || page instanceof Uint8Array) yield Buffer.from(page);
    })();
    if (page === undefined || typeof page === 'number') return { status: page ?? 404, location: undefined, body };
    if (typeof page === 'object' && 'to' in page) return { status: 302, location: page.to, body };
    return { status: 200, location: undefined, body };
  };

test('nothing is read unless a line of the settings allows it, and the refusal says which', async () => {
  await using rig = await Rig.open();
  await assert.rejects(
    rig.query(query('a:string', URL_)),
    (error: Error & { code: string; advice: string; span: unknown }) => {
      assert.equal(error.code, 'KQL0012');
      assert.match(error.message, /^externaldata of https:\/\/lists\.example\/feeds\/a\.csv is not allowed/);
      assert.match(
        error.advice,
        /allow: \["https:\/\/lists\.example\/feeds\/"\].*"https:\/\/lists\.example\/feeds\/a\.csv": /,
      );
      assert.deepEqual(error.span, { start: 0, length: 61 });
      return true;
    },
  );
});

test('cells have the types of their columns; what is missing or no value of the type is null', async () => {
  await using rig = await Rig.open({ externaldata: { files: { [URL_]: 'a.csv' } } });
  await rig.write(
    'a.csv',
    'x,1,2.5,true,2026-01-02,01:00:00,d57ed8ea-9f4c-4e76-9a09-b9d5a1f1f5a6,{""k"":1},1.50\n"a ""b""",no,-,2,?,?,?,plain,x\nshort\n',
  );
  const { columns, rows } = await rig.query(
    query('s:string, l:long, r:real, b:bool, t:datetime, p:timespan, g:guid, d:dynamic, m:decimal', URL_),
  );
  assert.equal(columns.length, 9);
  assert.deepEqual(rows, [
    [
      'x',
      1,
      2.5,
      true,
      '2026-01-02T00:00:00.0000000Z',
      '01:00:00',
      'd57ed8ea-9f4c-4e76-9a09-b9d5a1f1f5a6',
      '{""k"":1}',
      '1.5',
    ],
    ['a "b"', null, null, null, null, null, null, 'plain', null],
    ['short', null, null, null, null, null, null, null, null],
  ]);
});

test('formats: by property, else by the end of the address, else CSV', async () => {
  const files = { 'https://lists.example/': 'lists' };
  await using rig = await Rig.open({ externaldata: { files } });
  await rig.write('lists/a.tsv', 'a\tb\n');
  await rig.write('lists/a.psv', 'a|b\n');
  await rig.write('lists/a.scsv', 'a;b\n');
  await rig.write('lists/a.sohsv', 'a\u0001b\n');
  await rig.write('lists/a', 'a,b\n');
  await rig.write('lists/a.txt', '# head\n\na,b\r\n');
  await rig.write('lists/a.json', '{"x":"a","y":"b"}\n{"x":"c"}\n');
  await rig.write('lists/b.csv.gz', gzipSync('a,b\n'));
  const rowsOf = async (name: string, rest = '') =>
    (await rig.query(query('x:string, y:string', `https://lists.example/${name}`, rest))).rows;
  for (const name of ['a.tsv', 'a.psv', 'a.scsv', 'a.sohsv', 'a', 'b.csv.gz?sig=1'])
    assert.deepEqual(await rowsOf(name), [['a', 'b']], name);
  assert.deepEqual(await rowsOf('a.txt'), [
    ['# head', ''],
    ['a,b', ''],
  ]);
  assert.deepEqual(await rowsOf('a.txt', ' with (format="csv", ignoreFirstRecord=true)'), [['a', 'b']]);
  assert.deepEqual(await rowsOf('a.txt', ' with (format=raw)'), [['# head\n\na,b\r\n', '']]);
  assert.deepEqual(await rowsOf('a.json'), [
    ['a', 'b'],
    ['c', ''],
  ]);
  await assert.rejects(rowsOf('a', ' with (format="parquet")'), { code: 'KQL0005' });
  await assert.rejects(rowsOf('a', ' with (recreateSchema=true)'), { code: 'KQL0005' });
});

test('the JSON of the page: a mapping with paths, records over several lines', async () => {
  await using rig = await Rig.open({ externaldata: { files: { 'https://lists.example/e.json': 'e.json' } } });
  const record = (time: string, tenant: string, method: string) =>
    JSON.stringify({ timestamp: time, data: { tenant, method, 'a b': [1, { c: 'x]}' }] } }, null, 2);
  await rig.write(
    'e.json',
    `${record('2019-01-01 10:00:00.238521', 'e1ef54a6-c6f2-4389-836e-d289b37bcfe0', 'Refresh')}\n${record('2019-01-01 10:00:01.845423', '9b49d0d7-b3e6-4467-bb35-fa420a25d324', 'GetFileList')}`,
  );
  const mapping = JSON.stringify([
    { Column: 'Timestamp', Properties: { Path: '$.timestamp' } },
    { Column: 'TenantId', Properties: { Path: '$.data.tenant' } },
    { Column: 'MethodName', Properties: { Path: '$.data.method' } },
    { Column: 'Deep', Properties: { Path: "$.data['a b'][1].c" } },
  ]).replaceAll("'", "\\'");
  const { rows } = await rig.query(
    query(
      'Timestamp: datetime, TenantId: guid, MethodName: string, Deep: string, Other: string',
      'https://lists.example/e.json',
      ` with (format='multijson', ingestionMapping='${mapping}')`,
    ),
  );
  assert.deepEqual(rows, [
    ['2019-01-01T10:00:00.2385210Z', 'e1ef54a6-c6f2-4389-836e-d289b37bcfe0', 'Refresh', 'x]}', ''],
    ['2019-01-01T10:00:01.8454230Z', '9b49d0d7-b3e6-4467-bb35-fa420a25d324', 'GetFileList', 'x]}', ''],
  ]);
});

test('several sources, an address from a let or a parameter of a function, and a table of them in an in', async () => {
  await using rig = await Rig.open({ externaldata: { files: { 'https://lists.example/': 'lists' } } });
  await rig.write('lists/a.csv', 'h\n1\n');
  await rig.write('lists/b.csv', 'h\n2\n');
  const { rows } = await rig.query(
    `let base = 'https://lists.example/'; let f = (name:string) { externaldata(n:long)[strcat(base, name)] with (ignoreFirstRecord=true) };
     union (f('a.csv')), (f('b.csv')), (${query('n:long', ['https://lists.example/a.csv', 'https://lists.example/b.csv'], ' with (ignoreFirstRecord=true)')})
     | summarize count() by n | sort by n asc`,
  );
  assert.deepEqual(rows, [
    [1, 2],
    [2, 2],
  ]);
  const found = await rig.query(`print x = 2 | where x in (${query('n:long', 'https://lists.example/b.csv')})`);
  assert.deepEqual(found.rows, [[2]]);
});

test('a folder of files is not left', async () => {
  await using rig = await Rig.open({ externaldata: { files: { 'https://lists.example/in/': 'lists' } } });
  await rig.write('secret.csv', 'hidden\n');
  await rig.write('lists/a.csv', 'open\n');
  for (const path of ['..%2fsecret.csv', '%2e%2e/secret.csv', '../secret.csv', '..%5csecret.csv', '%00', ''])
    await assert.rejects(rig.query(query('a:string', `https://lists.example/in/${path}`)), { code: 'KQL0012' }, path);
  assert.deepEqual((await rig.query(query('a:string', 'https://lists.example/in/a.csv'))).rows, [['open']]);
});

test('an allowed prefix is one of whole names, of one host, one port and one scheme', async () => {
  const get = network({ 'https://lists.example/feeds/a.csv': 'got\n' });
  await using rig = await Rig.open({ externaldata: { allow: ['https://lists.example/feeds'] } }, get);
  assert.deepEqual((await rig.query(query('a:string', URL_))).rows, [['got']]);
  for (const url of [
    'https://lists.example/feeds-evil/a.csv',
    'https://lists.example.evil.example/feeds/a.csv',
    'https://lists.example@evil.example/feeds/a.csv',
    'https://name:pass@lists.example/feeds/a.csv',
    'http://lists.example/feeds/a.csv',
    'https://lists.example:8443/feeds/a.csv',
    'https://lists.example/feeds/../other/a.csv',
    'file:///etc/passwd',
    'not a url',
  ])
    await assert.rejects(rig.query(query('a:string', url)), { code: 'KQL0012' }, url);
});

test('redirects lead only where it is allowed', async () => {
  const get = network({
    'https://lists.example/feeds/a.csv': { to: '/feeds/b.csv' },
    'https://lists.example/feeds/b.csv': 'b\n',
    'https://lists.example/feeds/out.csv': { to: 'https://evil.example/x' },
    'https://lists.example/feeds/round.csv': { to: '/feeds/round.csv' },
    'https://lists.example/feeds/broken.csv': 500,
  });
  await using rig = await Rig.open({ externaldata: { allow: ['https://lists.example/feeds/'] } }, get);
  const rowsOf = (name: string) => rig.query(query('a:string', `https://lists.example/feeds/${name}`));
  assert.deepEqual((await rowsOf('a.csv')).rows, [['b']]);
  await assert.rejects(rowsOf('out.csv'), {
    code: 'KQL0013',
    message: /redirects to https:\/\/evil\.example\/x, which is not allowed/,
  });
  await assert.rejects(rowsOf('round.csv'), { code: 'KQL0013', message: /more than 5 times/ });
  await assert.rejects(rowsOf('broken.csv'), { code: 'KQL0013', message: /answered 500/ });
  await assert.rejects(rowsOf('none.csv'), { code: 'KQL0013', message: /answered 404/ });
});

test('size and time end what comes, a packed file by what is in it', async () => {
  let asked = 0;
  const get: Get = async (url, signal) => ({
    status: 200,
    location: undefined,
    body: (async function* () {
      if (url.pathname.endsWith('.gz')) return yield gzipSync(Buffer.alloc(3_000_000, 'a'));
      for (;;) {
        asked++;
        yield Buffer.alloc(1_000, 'a');
        if (url.pathname.endsWith('slow.csv')) await new Promise((resolve) => setTimeout(resolve, 20));
        signal.throwIfAborted();
      }
    })(),
  });
  const allowed = { allow: ['https://lists.example/'], size: '100KB' };
  await using patient = await Rig.open({ externaldata: { ...allowed, timeout: '30s' } }, get);
  await using hasty = await Rig.open({ externaldata: { ...allowed, timeout: '200ms' } }, get);
  const rowsOf = (rig: Rig, name: string, signal?: AbortSignal) =>
    rig.query(query('a:string', `https://lists.example/${name}`), signal);
  await assert.rejects(rowsOf(patient, 'endless.csv'), { code: 'KQL0013', message: /larger than 102400 bytes/ });
  assert.ok(asked <= 104, `${asked} pieces were read`);
  await assert.rejects(rowsOf(patient, 'bomb.csv.gz'), { code: 'KQL0013', message: /larger than 102400 bytes/ });
  await assert.rejects(rowsOf(hasty, 'slow.csv'), { code: 'KQL0013', message: /within 0.2 s/ });
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('enough')), 30);
  await assert.rejects(rowsOf(patient, 'slow.csv', controller.signal), { message: 'enough' });
});

test('hostile content stays data', async () => {
  await using rig = await Rig.open({ externaldata: { files: { 'https://lists.example/': 'lists' } } });
  await rig.write('lists/a.csv', `'); DROP TABLE Mail; --,\u0000,\ud83d\ude00,"never closed\n1,2,3`);
  await rig.write('lists/bad.gz', 'not packed at all');
  await rig.write('lists/bytes.csv', Buffer.from([0xff, 0xfe, 0x41, 0x2c, 0xc3]));
  await rig.write('lists/odd.json', `{"__proto__":{"a":"p"},"a":1}\n[{"a":2},3,null]`);
  await rig.write('lists/cut.json', `{"a":1}\n{"a":`);
  await rig.write('lists/closed.json', `{"a":1}]`);
  const rowsOf = async (columns: string, name: string) =>
    (await rig.query(query(columns, `https://lists.example/${name}`))).rows;
  assert.deepEqual(await rowsOf('a:string, b:string, c:string, d:string', 'a.csv'), [
    [`'); DROP TABLE Mail; --`, '\u0000', '\ud83d\ude00', 'never closed\n1,2,3'],
  ]);
  assert.deepEqual(await rowsOf('a:string, b:string', 'bytes.csv'), [['\ufffd\ufffdA', '\ufffd']]);
  assert.deepEqual(await rowsOf('a:long', 'odd.json'), [[1], [2], [null], [null]]);
  await assert.rejects(rowsOf('a:string', 'bad.gz'), { code: 'KQL0013' });
  await assert.rejects(rowsOf('a:string', 'none.csv'), (error: MailhuntError) => {
    assert.equal(error.code, 'KQL0013');
    assert.match(error.message, /does not open the local copy \(ENOENT\)/);
    assert.ok(!`${error.message} ${error.advice}`.includes(rig.folder), 'where the copy lies is not told');
    return true;
  });
  await assert.rejects(rowsOf('a:long', 'cut.json'), { code: 'KQL0013' });
  await assert.rejects(rowsOf('a:long', 'closed.json'), { code: 'KQL0013' });
});

test('a file of too many records, or one that cannot be taken in, is refused by name', async () => {
  await using rig = await Rig.open({ externaldata: { files: { 'https://lists.example/': 'lists' } } });
  await rig.write('lists/many.csv', 'a\n'.repeat(2_000_001));
  await rig.write('lists/many.txt', 'a\n'.repeat(2_000_001));
  await rig.write('lists/many.json', `[${'1,'.repeat(2_000_000)}1]`);
  for (const name of ['many.csv', 'many.txt', 'many.json'])
    await assert.rejects(rig.query(query('a:string', `https://lists.example/${name}`)), {
      code: 'KQL0013',
      message: /more than 2000000 records/,
    });
});

test('a text of millions of characters in JSON is one text', async () => {
  await using rig = await Rig.open({ externaldata: { files: { 'https://lists.example/': 'lists' } } });
  await rig.write('lists/long.json', `{"a":"${'x\\n]'.repeat(5_000_000)}\\\\"}{"a":"\\"}"}`);
  const { rows } = await rig.query(`${query('a:string', 'https://lists.example/long.json')} | project strlen(a)`);
  assert.deepEqual(rows, [[15_000_001], [2]]);
});

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { defaultSettings } from '../../../src/settings/index.ts';
import { openSurroundings } from '../../../src/surroundings/index.ts';
import { post, type Rig, rig } from '../rig.ts';

let folder: string;
let here: Rig;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailhunt-functions-'));
  here = await rig({ lender: await openSurroundings(folder, defaultSettings) });
});
after(async () => {
  await here[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const ask = async (csl: string) => {
  const path = csl.trimStart().startsWith('.') ? '/v1/rest/mgmt' : '/v1/rest/query';
  const { status, json } = await post(here.server.address, path, { db: 'mail', csl });
  const [table] = json.Tables ?? [];
  const columns = table?.Columns.map((column: { ColumnName: string }) => column.ColumnName).join(' ');
  return { status, error: json.error, columns, rows: table?.Rows };
};
const FUNCTION = 'Name Parameters Body Folder DocString';

test('a function is created, used, altered, shown and dropped', async () => {
  const body = '{\n  EmailEvents\n  | where Subject == s // a | b\n  | count\n}';
  const created = await ask(
    `.create function with (docstring="counts (some) \\"mail\\"", folder='Mail') Counted(s:string='a') ${body}`,
  );
  assert.deepEqual(created, {
    status: 200,
    error: undefined,
    columns: FUNCTION,
    rows: [['Counted', "(s:string='a')", body, 'Mail', 'counts (some) "mail"']],
  });
  assert.deepEqual((await ask('Counted()')).rows, [[1]]);
  assert.deepEqual((await ask("Counted('z')")).rows, [[0]]);
  assert.equal((await ask('.create function Counted() { print 1 }')).error['@mailhunt'].code, 'HTTP0015');
  assert.deepEqual((await ask('.create function ifnotexists Counted() { print 1 }')).rows, created.rows);
  for (const verb of ['create', 'create-or-alter', 'alter'])
    assert.equal((await ask(`.${verb} function EmailEvents() { print 1 }`)).error['@mailhunt'].code, 'HTTP0017');
  const altered = await ask('.alter function Counted() { print n = 7 }');
  assert.deepEqual(altered.rows, [['Counted', '()', '{ print n = 7 }', 'Mail', 'counts (some) "mail"']]);
  assert.deepEqual((await ask('Counted()')).rows, [[7]]);
  await ask(".create-or-alter function ['Other'](n:long) { n + 1 };");
  assert.deepEqual((await ask('print Other(1)')).rows, [[2]]);
  assert.deepEqual((await ask('.show functions | project Name | sort by Name asc')).rows, [['Counted'], ['Other']]);
  assert.deepEqual((await ask('.show function Other')).rows, [['Other', '(n:long)', '{ n + 1 }', '', '']]);
  assert.deepEqual(await ask('.drop function Other').then(({ columns, rows }) => [columns, rows]), [
    'Name',
    [['Other']],
  ]);
  assert.equal((await ask('.drop function Other')).error['@mailhunt'].code, 'HTTP0016');
  assert.equal((await ask('.drop function Other ifexists')).status, 200);
  assert.equal((await ask('.show function Other')).error['@mailhunt'].code, 'HTTP0016');
  assert.equal((await ask('.alter function Other() { print 1 }')).error['@mailhunt'].code, 'HTTP0016');
  await ask('.drop functions (Counted)');
  assert.deepEqual((await ask('.show functions')).rows, []);
});

test('a body that does not bind is not taken, and its error points into the command', async () => {
  const text = '.create function Bad() { EmailEvents | where Nope == 1 }';
  const { error } = await ask(text);
  assert.equal(error['@mailhunt'].code, 'KQL0001');
  assert.equal(error['@mailhunt'].span.start, text.indexOf('Nope'));
  assert.equal((await ask('.create function Bad() { EmailEvents | where ')).error['@mailhunt'].code, 'KQL0011');
  assert.equal((await ask('.create function Bad() print 1')).error['@mailhunt'].code, 'KQL0011');
  assert.deepEqual((await ask('.show functions')).rows, []);
  assert.equal((await ask('.create function with (skipvalidation=true) Later() { Nowhere }')).status, 200);
  assert.equal((await ask('Later()')).error['@mailhunt'].code, 'KQL0011');
  await ask('.drop function Later');
});

test('a name never becomes a path, and a docstring never becomes code', async () => {
  for (const name of ["['../evil']", "['a/b']", "['.']", "['a b']", `['${'x'.repeat(300)}']`]) {
    const { error } = await ask(`.create-or-alter function ${name}() { print 1 }`);
    assert.equal(error['@mailhunt'].code, 'KQL0011', name);
    assert.equal((await ask(`.drop function ${name}`)).error['@mailhunt'].code, 'HTTP0016', name);
  }
  const doc = 'one\\n() { print 2 }\\r\\nthree';
  await ask(`.create function with (docstring="${doc}", folder="a\\nb") Safe() { print 1 }`);
  assert.deepEqual(await readdir(join(folder, 'functions')), ['Safe.kql']);
  assert.deepEqual((await ask('Safe()')).rows, [[1]], await readFile(join(folder, 'functions', 'Safe.kql'), 'utf8'));
  await ask('.drop function Safe');
});

test('a long word among the properties of a function takes no time', { timeout: 10_000 }, async () => {
  const { rows } = await ask(`.create function with (${'a'.repeat(1_000_000)}) Long() { print 1 }`);
  assert.equal(rows[0][0], 'Long');
});

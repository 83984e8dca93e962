import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { personColumnsOf, tableNamed, tables } from '../../src/schema/index.ts';
import { type Batch, openStore, readOwner, type Store } from '../../src/store/index.ts';
import { personPattern } from '../../src/store/purge/person-pattern.ts';
import { inTime } from '../in-time.ts';
import { cells, inFolder, NEW_YEAR, put, texts } from './rig.ts';

const BOB = 'bob.smith+x@contoso.com';

const found = ['%TEXT%', '<%TEXT%>', 'mailto:%TEXT%?subject=1', 'to=%TEXT%&x', 'a,%TEXT%;b', 'See %TEXT%.', '"%TEXT%"'];
const spelled = [
  BOB,
  'BOB.Smith+X@Contoso.COM',
  'bob.smith+x%40contoso.com',
  'bob%2Esmith%2Bx%40contoso%2ecom',
  'bob.smith+x\\u0040contoso.com',
  'bob.smith+x&#64;contoso.com',
];
const others = [
  'rob.bob.smith+x@contoso.com',
  'bob.smith+x@contoso.com.au',
  'bob.smith+x@contoso.community',
  'bob.smith+xy@contoso.com',
  'bobxsmith+x@contoso.com',
  'bob.smith@contoso.com',
  'jean-bob.smith+x@contoso.com',
  'bob.smith+x@contoso.com-pany.test',
];

test('a person is found in every spelling and whole, and nobody else is', () => {
  const names = new RegExp(personPattern([BOB, '7a1c9c3e-0000-4000-8000-000000000001']), 'i');
  for (const around of found)
    for (const text of spelled) assert.match(around.replace('%TEXT%', text), names, `${around} ${text}`);
  for (const around of found)
    for (const text of others) assert.doesNotMatch(around.replace('%TEXT%', text), names, `${around} ${text}`);
  assert.match('{"a":"x\\nbob.smith+x@contoso.com"}', names, 'behind an escape of JSON');
  assert.match('%3Cbob.smith+x@contoso.com%3E', names, 'behind an escape of a URL');
  assert.match('id 7A1C9C3E-0000-4000-8000-000000000001', names);
});

for (const text of [
  '',
  'a@b',
  'contoso',
  'a b@contoso.com',
  '@contoso.com',
  'bobsmith@',
  "o'b@contoso.com",
  '%%%%%%%%',
  'x'.repeat(400),
]) {
  const isRefused = text !== 'contoso';
  test(`${JSON.stringify(text.slice(0, 20))} is ${isRefused ? 'refused' : 'taken'} as a person`, () => {
    if (isRefused) assert.throws(() => personPattern([text]), { code: 'STORE0015' });
    else assert.match('x contoso y', new RegExp(personPattern([text]), 'i'));
  });
}

test('nobody is refused, and a pattern does not take long on a hostile text', async () => {
  assert.throws(() => personPattern([]), { code: 'STORE0015' });
  const names = new RegExp(personPattern([BOB]), 'i');
  await inTime(5_000, () => {
    for (const part of ['bob.', '%40', '\\u', '.', '-', 'a@'])
      assert.equal(names.test(`${part.repeat(300_000)}bob.smith+x@contoso.comm`), false);
  });
});

test('the columns that say who a row is about are there, in every table of mail, clicks and sign-ins', () => {
  const of = (name: string) => personColumnsOf(tableNamed(name)!);
  assert.deepEqual(of('EmailEvents').toSorted(), [
    'RecipientEmailAddress',
    'RecipientObjectId',
    'SenderFromAddress',
    'SenderMailFromAddress',
    'SenderObjectId',
  ]);
  assert.deepEqual(of('UrlClickEvents'), ['AccountUpn']);
  assert.equal(of('SigninLogs').includes('UserPrincipalName'), true);
  assert.equal(of('CloudAppEvents').includes('AccountObjectId'), true);
  // Every column whose name says that it holds one address is listed.
  const missing = tables
    .flatMap(({ columns }) => columns)

    // A service principal is a program.
    .filter(
      ({ name, type }) =>
        type === 'string' && name !== 'ServicePrincipalName' && /(?:EmailAddress|Upn|UPN|PrincipalName)$/.test(name),
    )
    .filter((column) => personColumnsOf({ columns: [column] }).length === 0);
  assert.deepEqual(
    missing.map(({ name }) => name),
    [],
  );
});

const rows = (table: string, columns: readonly string[], ...cellsOf: readonly (readonly unknown[])[]): Batch => ({
  table,
  columns: ['Timestamp', ...columns],
  rows: cellsOf.map((row) => `[${NEW_YEAR},${JSON.stringify(row).slice(1)}`),
});

/** A store in which Bob sent, received and clicked, and others named him. */
async function fill(store: Store): Promise<void> {
  await put(
    store,
    rows(
      'EmailEvents',
      ['NetworkMessageId', 'RecipientEmailAddress', 'SenderFromAddress', 'Subject', 'SenderFromDomain'],
      ['m-bob', 'Bob.Smith+X@contoso.com', 'ada@bank.example', 'only Bob', 'bank.example'],
      ['m-both', BOB, 'ada@bank.example', 'Bob and Eve', 'bank.example'],
      ['m-both', 'eve@contoso.com', 'ada@bank.example', `about ${BOB} and ${BOB},${BOB}`, 'bank.example'],
      ['m-eve', 'eve@contoso.com', 'ada@bank.example', 'Eve', 'bank.example'],
      ['m-rob', `rob-${BOB}`, 'ada@bank.example', 'somebody else', 'bank.example'],
    ),
    // A later report of the same thing: both go.
    rows('EmailEvents', ['NetworkMessageId', 'RecipientEmailAddress', 'Subject'], ['m-both', BOB, 'again']),
    rows(
      'EmailUrlInfo',
      ['NetworkMessageId', 'Url'],
      ['m-bob', 'https://a.test/'],
      ['m-both', 'https://b.test/?u=bob.smith%2Bx%40contoso.com&v=1'],
      ['m-eve', 'https://c.test/'],
    ),
    rows('UrlClickEvents', ['AccountUpn', 'Url'], [BOB, 'https://b.test/'], ['eve@contoso.com', 'https://b.test/']),
    rows(
      'EmailPostDeliveryEvents',
      ['NetworkMessageId', 'RecipientEmailAddress', 'ReportId'],
      ['m-bob', BOB, `m-bob-${BOB}-removed`],
    ),
    rows(
      'CloudAppEvents',
      ['AccountObjectId', 'RawEventData'],
      ['eve-id', JSON.stringify({ rule: { forwardTo: [BOB, 'x@y.test'] } })],
    ),
  );
  await store.append({
    table: 'UrlClickEvents',
    columns: ['Timestamp', 'Url'],
    rows: [`[${NEW_YEAR},"u",{"more":"${BOB}"}]`.replace('{"more":"', '"{\\"more\\":\\"').replace('"}]', '\\"}"]')],
  });
  await store.append({
    table: 'UrlClickEvents',
    columns: ['Timestamp', 'Url'],
    rows: [`["no time ${BOB}","u"]`, `["no time either","u"]`],
  });
  await store.flush();
  await store.messages.keep([
    { id: 'm-bob', bytes: Buffer.from(`To: ${BOB}\r\n\r\nHello`) },
    { id: 'm-both', bytes: Buffer.from(`To: eve@contoso.com, Bob <${BOB.toUpperCase()}>\r\n\r\nHello`) },
    { id: 'm-eve', bytes: Buffer.from('To: eve@contoso.com\r\n\r\nHello') },
    { id: 'm-code', bytes: Buffer.from(`To: eve@contoso.com\r\n\r\n${Buffer.from(`see ${BOB}`).toString('base64')}`) },
    { id: 'm-rob', bytes: Buffer.from(`To: rob-${BOB}\r\n\r\nHello`) },
  ]);
  const write = async (path: string, text: string) => {
    await mkdir(join(store.path, path, '..'), { recursive: true });
    await writeFile(join(store.path, path), text);
  };
  await write('rejects/2026-a.csv', `x,${BOB}\n`);
  await write('rejects/2026-a.csv.reasons.jsonl', '{}\n');
  await write('journal/00000009.journal.damaged', `["${BOB}"]`);
  await write('journal/00000010.journal.damaged', 'others');
  await write('functions/vip.kql', `EmailEvents | where RecipientEmailAddress == '${BOB}'`);
}

/** A stand-in for what decodes messages: base64 bodies. */
const decode = (bytes: Buffer): Iterable<string> => [
  Buffer.from(bytes.toString('latin1').split('\r\n\r\n')[1]!, 'base64').toString('latin1'),
];

async function filesHolding(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const holding: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).toString('latin1').toLowerCase().includes(text))
      holding.push(path.slice(folder.length + 1));
  }
  return holding.sort();
}

const told = {
  tables: [
    { table: 'EmailEvents', removed: 3, changed: 1 },
    { table: 'EmailUrlInfo', removed: 1, changed: 1 },
    { table: 'EmailPostDeliveryEvents', removed: 1, changed: 0 },
    { table: 'UrlClickEvents', removed: 1, changed: 1 },
    { table: 'CloudAppEvents', removed: 0, changed: 1 },
  ].sort((a, b) => a.table.localeCompare(b.table)),
  messages: 3,
};
const sorted = (report: { tables: readonly { table: string }[] }) =>
  [...report.tables].sort((a, b) => a.table.localeCompare(b.table));

test(
  'a purge removes a person from rows, messages, journal and what was set aside, and from every byte on the disk',
  {
    timeout: 120_000,
  },
  () =>
    inFolder(async (folder) => {
      {
        await using store = await openStore(folder, { idle: 0 });
        await fill(store);
      }
      const before = await filesHolding(folder, 'bob and eve');
      assert.deepEqual(before, ['mailhunt.duckdb'], 'the search finds what is there');
      assert.equal((await filesHolding(folder, BOB)).includes('mailhunt.duckdb'), true);
      {
        await using store = await openStore(folder, { idle: 0 });
        const request = { persons: [BOB], dryRun: true };
        const planned = await store.purge(request, decode);
        assert.deepEqual({ tables: sorted(planned), messages: planned.messages }, told);
        assert.equal((await cells(store, 'EmailEvents', 'Subject')).length, 5, 'a dry run removes nothing');
        assert.equal((await store.messages.size()).messages, 5);
        assert.deepEqual(
          planned.left.map(({ where }) => where),
          ['functions/vip.kql'],
        );

        // Queries that run meanwhile end or wait, none fails.
        let ended = false;
        const querying = (async () => {
          while (!ended) await texts(store, 'SELECT count(*)::VARCHAR FROM "EmailEvents"');
        })();
        const report = await store.purge({ ...request, dryRun: false }, decode);
        ended = true;
        await querying;
        assert.deepEqual({ tables: sorted(report), messages: report.messages }, told);
        assert.equal(report.rejected, planned.rejected);
        assert.equal(report.rejected, 3);
        assert.deepEqual(
          report.left.map(({ where }) => where),
          ['functions/vip.kql', 'EmailEvents'],
          'what people wrote and what may be somebody else is named',
        );
        assert.notEqual(await readOwner(folder), undefined, 'the store is still held');

        assert.deepEqual(await cells(store, 'EmailEvents', 'Subject'), [
          'Eve',
          'about [removed] and [removed],[removed]',
          'somebody else',
        ]);
        assert.deepEqual(await cells(store, 'EmailEvents', 'RecipientEmailAddress'), [
          'eve@contoso.com',
          'eve@contoso.com',
          `rob-${BOB}`,
        ]);
        assert.deepEqual(await cells(store, 'EmailUrlInfo', 'Url'), [
          'https://b.test/?u=[removed]&v=1',
          'https://c.test/',
        ]);
        assert.deepEqual(await cells(store, 'CloudAppEvents', 'RawEventData'), [
          '{"rule":{"forwardTo":["[removed]","x@y.test"]}}',
        ]);
        assert.deepEqual(await cells(store, 'UrlClickEvents', '_extra'), ['{"more":"[removed]"}', null] as string[]);
        assert.deepEqual(
          await store.messages.has(['m-bob', 'm-both', 'm-eve', 'm-code', 'm-rob']),
          new Set(['m-eve', 'm-rob']),
        );
        assert.equal(store.catalog().tables.find(({ name }) => name === 'EmailEvents')!.rows, 3);
        // The store goes on.
        await put(store, rows('EmailEvents', ['NetworkMessageId', 'Subject'], ['new', 'later']));
        assert.equal((await cells(store, 'EmailEvents', 'Subject')).length, 4);
      }
      assert.deepEqual(await filesHolding(folder, 'bob and eve'), []);
      // The other person's address holds this one as its end.
      const files = await filesHolding(folder, BOB);
      assert.deepEqual(files, ['functions/vip.kql', 'mailhunt.duckdb', 'messages/0000001.pack']);
      for (const file of files.slice(1)) {
        const bytes = (await readFile(join(folder, file))).toString('latin1').toLowerCase();
        assert.equal(bytes.replaceAll(`rob-${BOB}`, '').includes(BOB), false, file);
      }
      await using store = await openStore(folder, { idle: 0 });
      assert.deepEqual(store.notices, []);
      assert.equal((await cells(store, 'EmailEvents', 'Subject')).length, 4);
    }),
);

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailhuntError } from '../../src/errors/index.ts';
import { isWithin } from '../in-time.ts';
import { Rig } from './rig.ts';

const VIP = 'Name,Address,Level\nAda,ada@shop.example,1\n"Grace, the ""boss""",grace@shop.example,2\n';

test('a watchlist has its standard columns, then those of its file, all of them texts', async () => {
  await using rig = await Rig.open({ watchlists: { VIP: { search_key: 'Address' } } });
  await rig.write('watchlists/VIP.csv', VIP);
  const { columns, rows, warnings } = await rig.query("_GetWatchlist('VIP')");
  assert.deepEqual(columns, [
    '_DTItemId:string',
    'LastUpdatedTimeUTC:datetime',
    'SearchKey:string',
    'WatchlistItem:dynamic',
    'Name:string',
    'Address:string',
    'Level:string',
  ]);
  assert.deepEqual(
    rows.map((row) => row.slice(2)),
    [
      ['ada@shop.example', { Name: 'Ada', Address: 'ada@shop.example', Level: '1' }, 'Ada', 'ada@shop.example', '1'],
      [
        'grace@shop.example',
        { Name: 'Grace, the "boss"', Address: 'grace@shop.example', Level: '2' },
        'Grace, the "boss"',
        'grace@shop.example',
        '2',
      ],
    ],
  );
  assert.deepEqual(warnings, []);
});

test('the alias may come from a let, and only the columns that are asked for come', async () => {
  await using rig = await Rig.open();
  await rig.write('watchlists/VIP.csv', VIP);
  const { columns, rows } = await rig.query(
    `let alias = 'VIP'; _GetWatchlist(alias, dynamic(["Level"])) | where Level == "2" | project-away _DTItemId, LastUpdatedTimeUTC, WatchlistItem`,
  );
  assert.deepEqual(columns, ['SearchKey:string', 'Level:string']);
  assert.deepEqual(rows, [['Grace, the "boss"', '2']]);
});

test('an alias that has no file is an empty table, and says which file is looked for', async () => {
  await using rig = await Rig.open();
  await rig.write('watchlists/VIP.csv', VIP);
  const { columns, rows, warnings } = await rig.query("_GetWatchlist('vip') | project SearchKey");
  assert.deepEqual([columns, rows], [['SearchKey:string'], []]);
  assert.equal(warnings.length, 1);
  assert.equal(warnings[0]!.code, 'WARN0004');
  assert.match(warnings[0]!.message, /"vip\.csv" in the store's folder watchlists; there is VIP, and case matters/);
});

test('an alias never becomes a path', async () => {
  await using rig = await Rig.open();
  await rig.write('secret.csv', 'A\nhidden\n');
  await rig.write('watchlists/VIP.csv', VIP);
  for (const alias of ['../secret', '..\\\\secret', `${rig.folder}/secret`, '', '.', 'VIP.csv\\u0000']) {
    const { rows, warnings } = await rig.query(`_GetWatchlist('${alias}')`);
    assert.deepEqual([rows, warnings.map(({ code }) => code)], [[], ['WARN0004']], alias);
  }
});

test('hostile headers and records stay data', async () => {
  await using rig = await Rig.open();
  await rig.write(
    'watchlists/odd.csv',
    `\ufeff a'] : long,,SearchKey,B,B\r\n1,2,3\r\n\r\n'); DROP TABLE Mail; --,\u00e9,x,y,"z\n`,
  );
  const { columns, rows } = await rig.query(
    "_GetWatchlist('odd') | project-away _DTItemId, LastUpdatedTimeUTC, WatchlistItem",
  );
  assert.deepEqual(columns, ['SearchKey:string', "a'] : long:string", 'Column2:string', 'B:string', 'B_1:string']);
  assert.deepEqual(rows, [
    ['1', '1', '2', '', ''],
    ["'); DROP TABLE Mail; --", "'); DROP TABLE Mail; --", '\u00e9', 'y', 'z\n'],
  ]);
});

test('a file that cannot be read is told by its name, without its path; many columns of one name take no time', async () => {
  await using rig = await Rig.open();
  await rig.write('watchlists/wide.csv', `${'a'.repeat(70_000)}\n`);
  await rig.write('watchlists/same.csv', `${'a,'.repeat(32_000)}a\n1\n`);
  await assert.rejects(rig.query("_GetWatchlist('wide')"), (error: MailhuntError) => {
    assert.match(`${error.code} ${error.advice}`, /^KQL0017 .*wide\.csv/);
    assert.ok(!`${error.message} ${error.advice}`.includes(rig.folder));
    return true;
  });
  const before = Date.now();
  const { rows } = await rig.query("_GetWatchlist('same', dynamic(['a', 'a_32000'])) | project a, a_32000");
  assert.deepEqual(rows, [['1', '']]);
  const took = Date.now() - before;
  assert.ok(isWithin(took, 5_000));
});

test('a search key that the file does not have is an error that names both', async () => {
  await using rig = await Rig.open({ watchlists: { VIP: { search_key: 'Nope' } } });
  await rig.write('watchlists/VIP.csv', VIP);
  await assert.rejects(rig.query("_GetWatchlist('VIP')"), {
    code: 'KQL0014',
    message: 'the watchlist VIP has no column Nope',
  });
});

test('_GetWatchlistAlias() lists them, and a watchlist joins with a table', async () => {
  await using rig = await Rig.open({ watchlists: { elsewhere: { file: 'lists/one.csv' } } });
  await rig.write('watchlists/VIP.csv', VIP);
  await rig.write('lists/one.csv', 'Id\n7\n');
  const aliases = (await rig.query('_GetWatchlistAlias() | sort by WatchlistAlias asc')).rows.flat();
  for (const alias of ['VIP', 'elsewhere', 'BulkProviders']) assert.ok(aliases.includes(alias), alias);
  assert.equal(new Set(aliases).size, aliases.length);
  assert.deepEqual((await rig.query("_GetWatchlist('elsewhere') | project Id")).rows, [['7']]);
  const joined = await rig.query(
    "datatable(Who:string)['Ada', 'Eve'] | lookup kind=leftouter (_GetWatchlist('VIP') | project SearchKey, Level) on $left.Who == $right.SearchKey | sort by Who asc",
  );
  assert.deepEqual(joined.rows, [
    ['Ada', '1'],
    ['Eve', ''],
  ]);
});

test('the lists that come with the rules are there until the store or the settings have one of the name', async () => {
  const own = "_GetWatchlist('BulkProviders') | project SearchKey";
  await using shipped = await Rig.open();
  const { rows, warnings } = await shipped.query(own);
  assert.ok(rows.length > 5);
  assert.deepEqual(warnings, []);
  await shipped.write('watchlists/BulkProviders.csv', 'Domain\nmass.example\n');
  assert.deepEqual((await shipped.query(own)).rows, [['mass.example']]);
  await using named = await Rig.open({ watchlists: { BulkProviders: { file: 'other.csv' } } });
  await named.write('watchlists/BulkProviders.csv', 'Domain\nmass.example\n');
  await named.write('other.csv', 'Domain\nother.example\n');
  assert.deepEqual((await named.query(own)).rows, [['other.example']]);
  await using keyed = await Rig.open({ watchlists: { BulkProviders: { search_key: 'Provider' } } });
  assert.notDeepEqual((await keyed.query(own)).rows, rows);
});

test('an alias that is no constant is refused', async () => {
  await using rig = await Rig.open();
  await rig.write('watchlists/VIP.csv', VIP);
  await assert.rejects(rig.query("_GetWatchlist(strcat('VI', 'P'))"), { code: 'KQL0005' });
});

test('what cannot be read ends the queries that ask for it, and no other', async () => {
  await using rig = await Rig.open();
  await rig.write('watchlists/wide.csv', 'a'.repeat(100_000));
  await rig.write('watchlists/empty.csv', '');
  await rig.write('watchlists/folder.csv/inside', '');
  assert.deepEqual((await rig.query('print 1')).rows, [[1]]);
  await assert.rejects(rig.query("_GetWatchlist('wide')"), { code: 'KQL0017', message: /watchlist wide/ });
  assert.deepEqual((await rig.query("_GetWatchlist('empty') | count")).rows, [[0]]);
  assert.equal((await rig.query("_GetWatchlist('folder')")).warnings[0]!.code, 'WARN0004');
});

test('a file that changes is read anew', async () => {
  await using rig = await Rig.open();
  await rig.write('watchlists/VIP.csv', 'A\n1\n');
  assert.deepEqual((await rig.query("_GetWatchlist('VIP') | project A")).rows, [['1']]);
  await rig.write('watchlists/VIP.csv', 'B,C\n2,3\n');
  assert.deepEqual((await rig.query("_GetWatchlist('VIP') | project B, C")).rows, [['2', '3']]);
});

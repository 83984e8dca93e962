import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { splitCommand } from '../../../src/server/kusto/command-text.ts';
import { namesIn, patternOf } from '../../../src/server/kusto/commands/command.ts';
import { commands } from '../../../src/server/kusto/commands/run.ts';
import { FunctionFiles } from '../../../src/surroundings/index.ts';
import { NOW, post, type Rig, rig } from '../rig.ts';

const ask = async (here: Rig, csl: string, db = '') => {
  const { status, json } = await post(here.server.address, '/v1/rest/mgmt', { db, csl });
  const [table] = json.Tables ?? [];
  return {
    status,
    error: json.error,
    columns: table?.Columns.map((column: { ColumnName: string }) => column.ColumnName).join(' '),
    rows: table?.Rows,
  };
};

const DATABASE = '6d61696c-6875-4e74-8000-000000000001';
const PAGE = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-emailevents-table';
const ODD = "Odd'<b>]|;";

/** Command, columns, rows (or how many). */
const answers: [string, string, unknown[][] | number][] = [
  [
    '.show databases',
    'DatabaseName PersistentStorage Version IsCurrent DatabaseAccessMode PrettyName DatabaseId InTransitionTo SuspensionState',
    [['mail', '', 'v1.0', true, 'ReadWrite', '', DATABASE, '', '']],
  ],
  [
    '  .SHOW\n databases ;',
    'DatabaseName PersistentStorage Version IsCurrent DatabaseAccessMode PrettyName DatabaseId InTransitionTo SuspensionState',
    1,
  ],
  [
    ".show databases (['mail'])",
    'DatabaseName PersistentStorage Version IsCurrent DatabaseAccessMode PrettyName DatabaseId InTransitionTo SuspensionState',
    1,
  ],
  [
    '.show database identity',
    'DatabaseName PersistentStorage Version IsCurrent DatabaseAccessMode PrettyName CurrentUserIsUnrestrictedViewer DatabaseId InTransitionTo SuspensionState',
    [['mail', '', 'v1.0', true, 'ReadWrite', '', true, DATABASE, '', '']],
  ],
  [
    '.show databases entities with (showObfuscatedStrings=true)',
    'DatabaseName EntityType EntityName DocString Folder CslInputSchema Content CslOutputSchema Properties',
    [
      ['mail', 'Table', 'EmailEvents', PAGE, '', '', '', 'Timestamp:datetime,Subject:string', '{}'],
      ['mail', 'Table', ODD, '', '', '', '', "['x\\']|']:long", '{}'],
    ],
  ],
  [
    '.show database mail schema',
    'DatabaseName TableName ColumnName ColumnType IsDefaultTable IsDefaultColumn PrettyName Version Folder DocString',
    [
      ['mail', '', '', '', false, false, '', 'v1.0', '', ''],
      ['mail', 'EmailEvents', '', '', false, false, '', '', '', PAGE],
      ['mail', 'EmailEvents', 'Timestamp', 'System.DateTime', false, false, '', '', '', ''],
      ['mail', 'EmailEvents', 'Subject', 'System.String', false, false, '', '', '', ''],
      ['mail', ODD, '', '', false, false, '', '', '', ''],
      ['mail', ODD, "x']|", 'System.Int64', false, false, '', '', '', ''],
    ],
  ],
  [
    '.show databases schema',
    'DatabaseName TableName ColumnName ColumnType IsDefaultTable IsDefaultColumn PrettyName Version Folder DocString',
    6,
  ],
  ['.show database schema if_later_than "v1.0" as json', 'DatabaseSchema', 1],
  [
    '.show tables',
    'TableName DatabaseName Folder DocString',
    [
      ['EmailEvents', 'mail', '', PAGE],
      [ODD, 'mail', '', ''],
    ],
  ],
  ['.show tables (EmailEvents)', 'TableName DatabaseName Folder DocString', 1],
  [
    '.show table EmailEvents cslschema',
    'TableName Schema DatabaseName Folder DocString',
    [['EmailEvents', 'Timestamp:datetime,Subject:string', 'mail', '', PAGE]],
  ],
  [
    '.show table ["EmailEvents"] schema as json',
    'TableName Schema DatabaseName Folder DocString',
    [
      [
        'EmailEvents',
        `{"Name":"EmailEvents","Folder":"","DocString":"${PAGE}","OrderedColumns":[` +
          '{"Name":"Timestamp","Type":"System.DateTime","CslType":"datetime","DocString":""},' +
          '{"Name":"Subject","Type":"System.String","CslType":"string","DocString":""}]}',
        'mail',
        '',
        PAGE,
      ],
    ],
  ],
  [
    '.show version',
    'BuildVersion BuildTime ServiceType ProductVersion ServiceOffering',
    [['1.2.3', '2026-07-18T12:00:00.0000000Z', 'Engine', 'mailhunt 1.2.3', '{"Type":"Azure Data Explorer"}']],
  ],
  ['.show functions', 'Name Parameters Body Folder DocString', []],
  ['.show external tables', 'TableName TableType Folder DocString Properties', []],
  ['.show principal access with (principal="x", entity="y")', 'Scope DisplayName AADObjectID Role', []],
  ['.show tables // the end\n | count', 'Count', [[2]]],
  ['.show tables | where TableName has "Odd" | project TableName', 'TableName', [[ODD]]],
  [
    '.show table EmailEvents details | project TotalRowCount, MinExtentsCreationTime',
    'TotalRowCount MinExtentsCreationTime',
    [[2, '1970-01-01T00:00:00.0000000Z']],
  ],
  ['.show databases | project IsCurrent, DatabaseId', 'IsCurrent DatabaseId', [[true, DATABASE]]],
];
for (const [command, columns, rows] of answers)
  test(command.replace(/\s+/g, ' '), async () => {
    await using here = await rig();
    const answer = await ask(here, command);
    assert.equal(answer.status, 200, JSON.stringify(answer.error));
    assert.equal(answer.columns, columns);
    if (typeof rows === 'number') assert.equal(answer.rows.length, rows);
    else assert.deepEqual(answer.rows, rows);
  });

for (const form of [
  '.show schema',
  '.show database schema',
  '.show database mail schema',
  ".show databases (['mail']) schema",
])
  test(`${form} as json`, async () => {
    await using here = await rig();
    const { rows } = await ask(here, `${form} as json`);
    const { mail } = JSON.parse(rows[0][0]).Databases;
    assert.equal(mail.Name, 'mail');
    assert.deepEqual(Object.keys(mail.Tables), ['EmailEvents', ODD]);
    assert.deepEqual(mail.Tables[ODD].OrderedColumns, [
      { Name: "x']|", Type: 'System.Int64', CslType: 'long', DocString: '' },
    ]);
  });

/** Command, code. */
const refused: [string, string][] = [
  ['.drop table EmailEvents', 'HTTP0004'],
  ['.show', 'HTTP0004'],
  ['.', 'HTTP0004'],
  ['.show tables details extra', 'HTTP0004'],
  ['.show tablesdetails', 'HTTP0004'],
  ['.create table X (a:string)', 'HTTP0004'],
  ['.show table Nothing details', 'STORE0006'],
  ['.show table emailevents details', 'STORE0006'],
  ['.show database Other schema as json', 'HTTP0005'],
  ['.show databases (mail, Other) schema', 'HTTP0005'],
  ['.show tables | where nothing == 1', 'KQL0001'],
];
for (const [command, code] of refused)
  test(`${command} is refused with ${code}`, async () => {
    await using here = await rig();
    const { status, error } = await ask(here, command);
    assert.equal(status, 400);
    assert.equal(error['@mailhunt'].code, code);
  });

test('an error after the pipe points into the text as it was written', async () => {
  await using here = await rig();
  const text = '.show tables\n| where nothing == 1';
  const { error } = await ask(here, text);
  assert.deepEqual(error['@mailhunt'].span, { start: text.indexOf('nothing'), length: 7 });
  assert.equal(error['@mailhunt'].line, 2);
  assert.equal(error['@mailhunt'].column, 9);
});

const namesFor = (syntax: string): string[] => {
  if (!syntax.includes('NAME')) return [];
  return syntax.includes('database') ? ['mail'] : ['EmailEvents'];
};

/** Stored functions of which one has the name given; nothing is removed. */
async function functionsOf(name: string): Promise<FunctionFiles> {
  const files = new FunctionFiles('/nowhere');
  files.now = async () => [{ name, parameters: '()', body: '{ print 1 }', folder: '', docString: '' }];
  return files;
}

test('every row of every command has its columns', async () => {
  await using here = await rig();
  const view = {
    catalog: here.store.catalog(),
    summary: () => here.store.summary(),
    version: '1',
    startedAt: NOW,
    address: here.server.address,
    functions: await functionsOf('EmailEvents'),
  };
  for (const command of commands)
    for (const row of await command.rows(view, namesFor(command.syntax)))
      assert.equal(row.length, command.columns.length, command.syntax);
});

test('docs/server.md lists the commands', async () => {
  const page = await readFile(new URL('../../../docs/server.md', import.meta.url), 'utf8');
  for (const { syntax } of commands) assert.ok(page.includes(`\`${syntax}\``), syntax);
});

/** Syntax, text, names or undefined where it does not match. */
const patterns: [string, string, string[] | undefined][] = [
  ['.show table NAME', '.show table T', ['T']],
  ['.show table NAME', ".show table ['a b|c']", ['a b|c']],
  ['.show table NAME', '.show table "a b"', ['a b']],
  ['.show table NAME', ".show table ['a\\'b]']", ["a'b]"]],
  ['.show table NAME', '.show table a b', undefined],
  ['.show tables (NAMES)', '.show tables(a ,["b c"])', ['a', 'b c']],
  ['.show tables (NAMES)', '.show tables ()', undefined],
  ['.show x [details]', '.show x', []],
  ['.show x [details]', '.show  x\tDETAILS', []],
  ['.show x [details]', '.show xdetails', undefined],
  ['.show x *', '.show x', []],
  ['.show x *', '.show x and more (a)', []],
  ['.show x *', '.show xy', undefined],
];
for (const [syntax, text, names] of patterns)
  test(`${text} ${names ? 'is' : 'is not'} ${syntax}`, () => {
    const match = patternOf(syntax).exec(text);
    assert.deepEqual(match ? namesIn(match.slice(1)) : undefined, names);
  });

/** Text, command, the rest from the pipe on. */
const texts: [string, string, string | undefined][] = [
  ['.show tables', '.show tables', undefined],
  ['.show tables | take 1', '.show tables', '| take 1'],
  [".show table ['a|b'] details|x", ".show table ['a|b'] details", '|x'],
  ['// c | d\n.show tables // e | f\n| g', '.show tables', '| g'],
  ['.show databases entities with(a=true, b=false) | x', '.show databases entities', '| x'],
  ['.show table "http://x" details', '.show table "http://x" details', undefined],
];
for (const [text, command, rest] of texts)
  test(`the parts of ${JSON.stringify(text)}`, () => {
    const split = splitCommand(text);
    assert.equal(split.command, command);
    assert.equal(split.pipe === undefined ? undefined : text.slice(split.pipe), rest);
  });

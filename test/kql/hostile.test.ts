import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { MailhuntError } from '../../src/errors/index.ts';
import { runQuery } from '../../src/kql/index.ts';
import { TestDatabase } from './duckdb.ts';
import { fixtures } from './fixtures.ts';

let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
  for (const { name, columns, values } of fixtures) await database.table(name, columns, values);
});
after(() => database.close());

/** Reads a whole answer; only an error of the catalogue may come out. */
async function survives(query: string): Promise<'answered' | string> {
  try {
    const { tables } = await runQuery(query, {
      catalog: database.catalog,
      now: 638_881_776_000_000_000n,
      engine: database,
    });
    for (const table of tables) for await (const _ of table.blocks);
    return 'answered';
  } catch (error) {
    assert.ok(
      error instanceof MailhuntError,
      `${query.slice(0, 200)}: ${error instanceof Error ? error.stack : error}`,
    );
    return error.code;
  }
}

const many = (count: number, piece: (i: number) => string, separator: string): string =>
  Array.from({ length: count }, (_, i) => piece(i)).join(separator);

const hostile: readonly { readonly name: string; readonly query: string; readonly expect: RegExp }[] = [
  { name: 'parentheses nested deeply', query: `print ${'('.repeat(20_000)}1${')'.repeat(20_000)}`, expect: /^KQL/ },
  {
    name: 'brackets nested deeply',
    query: `print dynamic(${'['.repeat(20_000)}${']'.repeat(20_000)})`,
    expect: /^KQL/,
  },
  {
    name: 'unions that double 30 times',
    query: `let T0 = Mail; ${many(30, (i) => `let T${i + 1} = union T${i}, T${i};`, ' ')} T30 | count`,
    expect: /^KQL0006$/,
  },
  {
    name: 'unions that double 5 times',
    query: `let T0 = Mail; ${many(5, (i) => `let T${i + 1} = union T${i}, T${i};`, ' ')} T5 | count`,
    expect: /answered/,
  },
  {
    name: 'an or of 400',
    query: `Mail | where ${many(400, (i) => `Id == "x${i}"`, ' or ')} | count`,
    expect: /answered/,
  },
  {
    name: 'an in of 20,000',
    query: `Mail | where Id in (${many(20_000, (i) => `"x${i}"`, ',')}) | count`,
    expect: /answered/,
  },
  {
    name: '400 operators',
    query: `Mail ${many(400, () => '| extend Size = Size - 1', ' ')} | count`,
    expect: /answered|KQL/,
  },
  {
    name: 'functions that call each other twice',
    query: `let f0 = () { 1 }; ${many(30, (i) => `let f${i + 1} = () { f${i}() + f${i}() };`, '')} print f30()`,
    expect: /KQL0005/,
  },
  {
    name: 'functions that double their argument',
    query: `let f0 = (x:string) { strcat(x, x) }; ${many(25, (i) => `let f${i + 1} = (x:string) { f${i}(strcat(x, x)) };`, '')} Mail | project f25(Id)`,
    expect: /KQL0006/,
  },
  {
    name: 'a constant that doubles in each line',
    query: `let a0 = "x"; ${many(30, (i) => `let a${i + 1} = strcat(a${i}, a${i});`, '')} print strlen(a30)`,
    expect: /KQL0005/,
  },
  {
    name: 'an array that doubles in each line',
    query: `let a0 = dynamic([1]); ${many(30, (i) => `let a${i + 1} = pack_array(a${i}, a${i});`, '')} print a30`,
    expect: /KQL0005/,
  },
  {
    name: 'a filter over columns that double in each line',
    query: `Mail ${many(30, (i) => `| extend a${i + 1} = iff(Bulk, ${i === 0 ? 'Size' : `a${i}`}, ${i === 0 ? 'Size' : `-a${i}`})`, ' ')} | where a30 == 1 | count`,
    expect: /answered/,
  },
  {
    name: 'brackets in a string',
    query: `print "${'('.repeat(2_000)}", '${'['.repeat(2_000)}' // ${'{'.repeat(600)}`,
    expect: /answered/,
  },
  { name: 'NUL and control characters', query: 'print "a\u0000b\u001b[31m"', expect: /answered|KQL/ },
  { name: 'a lone surrogate', query: 'print "\ud800"', expect: /answered|KQL/ },
  { name: 'functions that call themselves', query: 'let f = () { f() }; print f()', expect: /^KQL0001/ },
  {
    name: 'an alias that closes the SQL',
    query: 'Mail | project ["x\\"; DROP TABLE Mail; --"] = Id | count',
    expect: /answered/,
  },
  { name: 'a literal out of range', query: 'print 99999999999999999999', expect: /^KQL/ },
  { name: 'nothing but a comment', query: '// nothing', expect: /^KQL/ },
  { name: 'a management command', query: '.drop table Mail', expect: /^KQL/ },
  { name: 'only definitions', query: 'let x = 1;', expect: /^KQL/ },
];

for (const { name, query, expect } of hostile) {
  test(`survives ${name}`, async () => assert.match(await survives(query), expect));
}

test('survives soups of KQL words', async () => {
  const words = [
    'Mail',
    'Clicks',
    '|',
    'where',
    'extend',
    'project',
    'summarize',
    'by',
    'count()',
    'Id',
    'Size',
    'Timestamp',
    '==',
    '!=',
    'has',
    '"x"',
    '1',
    '1d',
    '(',
    ')',
    ',',
    '=',
    'and',
    'or',
    'not',
    'join',
    'on',
    'kind=leftouter',
    'make-series',
    'from',
    'to',
    'step',
    'let',
    ';',
    'x',
    'bin',
    'dynamic({})',
    '[',
    ']',
    '.',
    'union',
    'top',
    'take',
    'order by',
    'asc',
    'render timechart',
    'null',
    '-',
    '*',
    '/',
    '%',
    'ago(',
    'now()',
    'iff(',
    'in',
    '$left',
    '$right',
    '@"',
    "'",
    '`',
    '//',
    '\n',
    '{',
    '}',
    'evaluate',
    'mv-expand',
    'parse',
    'search',
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 25 }), async (soup) => {
      await survives(soup.join(' '));
    }),
    { numRuns: 300, seed: 20260718 },
  );
});

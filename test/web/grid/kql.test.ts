import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { runQuery } from '../../../src/kql/index.ts';
import type { Column } from '../../../web/src/grid/contract.ts';
import type { KqlType } from '../../../web/src/grid/values/cell-text.ts';
import { filterChoices, jsonFilter, listFilter } from '../../../web/src/grid/values/kql-filter.ts';
import { kqlLiteral } from '../../../web/src/grid/values/kql-literal.ts';
import { kqlName } from '../../../web/src/grid/values/kql-name.ts';
import { asDatatable, asTabs } from '../../../web/src/grid/view/copied.ts';
import { TestDatabase } from '../../kql/duckdb.ts';

let database: TestDatabase;
before(async () => {
  database = await TestDatabase.open();
});
after(() => database.close());

/** Answers of several statements: the texts of their rows. */
async function answers(statements: readonly string[]): Promise<string[][]> {
  const found: string[][] = [];
  for (let from = 0; from < statements.length; from += 20) {
    const text = statements.slice(from, from + 20).join(';\n');
    const { tables } = await runQuery(text, { catalog: database.catalog, now: 0n, engine: database });
    for (const { blocks } of tables) {
      const rows: string[] = [];
      for await (const block of blocks) rows.push(...block);
      found.push(rows);
    }
  }
  return found;
}

const ticks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });
const datetime = ticks.map((value) => {
  const ms = Number(value / 10_000n) - 62_135_596_800_000;
  return `${new Date(ms).toISOString().slice(0, 20)}${String(value % 10_000_000n).padStart(7, '0')}Z`;
});
const pad = (value: number) => String(value).padStart(2, '0');
const timespan = fc
  .tuple(fc.boolean(), fc.nat(100_000), fc.nat(23), fc.nat(59), fc.nat(59), fc.nat(9_999_999))
  .map(
    ([minus, d, h, m, s, f]) =>
      `${minus && d + h + m + s + f > 0 ? '-' : ''}${d ? `${d}.` : ''}${pad(h)}:${pad(m)}:${pad(s)}${f ? `.${String(f).padStart(7, '0')}` : ''}`,
  );
const hostile = fc.oneof(
  fc.constantFrom(
    '"',
    '\\',
    '\\"',
    "'",
    '\n',
    '\r\n',
    '\t',
    '\u202Egnp.exe',
    '\u200B',
    '```',
    '//',
    '"; drop',
    'h"x"',
    '@"a"',
    '\u0001',
    '😀',
    '|',
    '", "',
    '\\u0041',
    '/* x */',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
);
const long = fc
  .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  .map((value) => (value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : String(value)));

const cells: Partial<Record<KqlType, fc.Arbitrary<unknown>>> = {
  bool: fc.boolean(),
  int: fc.integer(),
  long: fc.oneof(
    long,
    fc.maxSafeInteger(),
    fc.constantFrom('-9223372036854775808', '9223372036854775807', 0, 2147483648, -1),
  ),
  real: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    fc.constantFrom(5e-324, 1.7976931348623157e308, 1e21, 0.1),
  ),
  string: fc.array(hostile, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  datetime,
  timespan,
  guid: fc.uuid(),
  decimal: fc
    .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(999_999))
    .map(([whole, part]) => `${whole}${part ? `.${part}` : ''}`),
};

const RUNS = 60;

describe('a cell as a KQL literal is read back as the same cell', () => {
  for (const [type, arbitrary] of Object.entries(cells))
    it(type, async () => {
      const values = fc.sample(arbitrary, RUNS);
      const [row = []] = await answers([
        `print ${values.map((value, i) => `v${i} = ${kqlLiteral(value, type as KqlType)}`).join(', ')}`,
      ]);
      const cellsRead = JSON.parse(row[0]!, (_, value, context?: { source?: string }) =>
        typeof value === 'number' && type === 'long' ? context?.source : value,
      ) as unknown[];
      for (const [i, value] of values.entries()) {
        const wanted = type === 'long' ? String(value) : type === 'decimal' ? Number(value) : value;
        assert.deepEqual(type === 'decimal' ? Number(cellsRead[i]) : cellsRead[i], wanted);
      }
    });
  it('refuses what is no value of its type', () => {
    assert.equal(kqlLiteral('1) | take 1', 'long'), undefined);
    assert.equal(kqlLiteral('x) or (true', 'datetime'), undefined);
    assert.equal(kqlLiteral('0); evil', 'guid'), undefined);
    assert.equal(kqlLiteral('1) or (1', 'decimal'), undefined);
    assert.equal(kqlLiteral('00:00:00) //', 'timespan'), undefined);
  });
  it('shows what would not be seen', () => assert.equal(kqlLiteral('a\u202Eb', 'string'), '"a\\u202eb"'));
});

describe('filters keep the row they were made of, and their opposites drop it', () => {
  const drops = new Set(['!=', '!has', 'is not null', 'is not empty', 'not isnan', 'not isinf']);
  for (const [type, arbitrary] of Object.entries(cells))
    it(type, async () => {
      const column = { name: 'a "b" where', type: type as KqlType };
      const tests = fc.sample(arbitrary, RUNS / 4).flatMap((value) =>
        filterChoices(column, value).map(({ label, fragment }) => ({
          text: `datatable (${kqlName(column.name)}: ${type}) [${kqlLiteral(value, type as KqlType)}] ${fragment} | count`,
          rows: drops.has(label) ? '[0]' : '[1]',
        })),
      );
      assert.ok(tests.length >= RUNS / 4, 'there are filters');
      const found = await answers(tests.map(({ text }) => text));
      for (const [i, { text, rows }] of tests.entries()) assert.equal(found[i]![0], rows, text);
    });
  it('nulls, empty texts and numbers that are none', async () => {
    const columns: [KqlType, unknown][] = [
      ['long', null],
      ['string', ''],
      ['real', 'NaN'],
      ['real', '-Infinity'],
      ['dynamic', null],
      ['datetime', null],
    ];
    const tests = columns.flatMap(([type, cell]) =>
      filterChoices({ name: 'X', type }, cell).map(({ label, fragment }) => ({
        text: `datatable (X: ${type}) [${kqlLiteral(cell, type)}] ${fragment} | count`,
        rows: drops.has(label) ? '[0]' : '[1]',
      })),
    );
    const found = await answers(tests.map(({ text }) => text));
    for (const [i, { text, rows }] of tests.entries()) assert.equal(found[i]![0], rows, text);
  });
  it('lists of values', async () => {
    const column: Column = { name: 'X', type: 'string' };
    const values = fc.sample(cells.string!, 30);
    const table = `datatable (X: string) [${values.map((value) => kqlLiteral(value, 'string')).join(', ')}, "none of them"]`;
    const [kept, dropped] = await answers(
      [true, false].map((keep) => `${table} ${listFilter(column, values, keep)} | count`),
    );
    assert.deepEqual([kept![0], dropped![0]], [`[${values.length}]`, '[1]']);
    assert.equal(listFilter(column, ['a', ''], true), undefined, 'an empty one has no literal that every engine takes');
  });
});

describe('filters by a value within JSON', () => {
  const path = ['a "b"', 0, 'c\\'];
  const leaves = ['x', 'say "hi"\n', '', true, false, 5, -7, 1.5, 1e21, null];
  for (const type of ['dynamic', 'string'] as const)
    it(`of a ${type}`, async () => {
      const statements = leaves.map((leaf) => {
        const json = JSON.stringify({ 'a "b"': [{ 'c\\': leaf }] });
        const cell = type === 'string' ? kqlLiteral(json, 'string') : `dynamic(${json})`;
        return `datatable (X: ${type}) [${cell}] ${jsonFilter({ name: 'X', type }, path, leaf)} | count`;
      });
      const found = await answers(statements);
      for (const [i, rows] of found.entries()) assert.equal(rows[0], '[1]', statements[i]);
      const other = JSON.stringify({ 'a "b"': [{ 'c\\': 'other' }] });
      const none = await answers(
        leaves.map(
          (leaf) =>
            `datatable (X: ${type}) [${type === 'string' ? kqlLiteral(other, 'string') : `dynamic(${other})`}] ${jsonFilter({ name: 'X', type }, path, leaf)} | count`,
        ),
      );
      for (const [i, rows] of none.entries()) assert.equal(rows[0], '[0]', String(leaves[i]));
    });
  it('tells 5 from 5.5, and takes 5.0 for the same', async () => {
    const filter = jsonFilter({ name: 'X', type: 'dynamic' }, ['a'], 5);
    const found = await answers(
      ['5', '5.0', '5.5'].map((number) => `datatable (X: dynamic) [dynamic({"a": ${number}})] ${filter} | count`),
    );
    assert.deepEqual(
      found.map(([row]) => row),
      ['[1]', '[1]', '[0]'],
    );
  });
});

describe('names of columns', () => {
  const words = [
    'where',
    'by',
    'contains',
    'kind',
    'in',
    'and',
    'between',
    'has_any',
    'table',
    'datatable',
    'long',
    'dynamic',
    'true',
    'null',
    'Subject',
    '_x',
    'a b',
    "it's",
    'a"b',
    'a]b',
    'ä',
    '1a',
    'step',
    'let',
    'series',
    'title',
    'project',
    'datetime',
    'bool',
    'print',
    'set',
    'view',
    'count',
    'render',
    'join',
  ];
  it('stand for the column wherever they are', async () => {
    const found = await answers(
      words.map(
        (word) => `datatable (${kqlName(word)}: long) [7] | where ${kqlName(word)} == 7 | project ${kqlName(word)}`,
      ),
    );
    for (const [i, rows] of found.entries()) assert.equal(rows[0], '[7]', words[i]);
  });
  it('plain ones stay bare', () => assert.equal(kqlName('SenderFromDomain'), 'SenderFromDomain'));
});

describe('copied cells', () => {
  const columns = [
    { place: 0, name: 'Subject', type: 'string' as const },
    { place: 1, name: 'When', type: 'datetime' as const },
    { place: 2, name: 'Details', type: 'dynamic' as const },
  ];
  const rows = [
    ['a\tb "c"', '2026-07-18T14:08:56.0000001Z', { x: [1, null] }],
    ['', null, null],
  ];
  it('one alone is exact, several are quoted where they must be', () => {
    assert.equal(asTabs({ rows: rows.slice(0, 1), columns: columns.slice(0, 1) }, false), 'a\tb "c"');
    assert.equal(
      asTabs({ rows, columns: columns.slice(0, 2) }, true),
      'Subject\tWhen\n"a\tb ""c"""\t2026-07-18T14:08:56.0000001Z\n\t',
    );
  });
  it('as a datatable give the same rows', async () => {
    const [found] = await answers([asDatatable({ rows, columns })!]);
    assert.deepEqual(
      found!.map((row) => JSON.parse(row)),
      rows,
    );
  });
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { BROKEN, CsvTokenizer, delimiterOf, INCOMPLETE } from '../../src/ingest/csv-tokenizer.ts';
import { exportsFolder, take } from './exports.ts';

/** All records of a text, and how the reading ended. */
function read(text: string, delimiter = ','): { records: string[][]; end: number } {
  const csv = new CsvTokenizer(delimiter);
  csv.feed(text);
  const records: string[][] = [];
  for (;;) {
    const cells: string[] = [];
    const count = csv.next(cells);
    if (count <= 0) return { records, end: count };
    records.push(cells.slice(0, count));
  }
}

const texts: Readonly<Record<string, string[][]>> = {
  '': [],
  'a,b\n': [['a', 'b']],
  'a,b': [['a', 'b']],
  'a,b\r\nc,d\r\n': [
    ['a', 'b'],
    ['c', 'd'],
  ],
  'a,\n,b\n': [
    ['a', ''],
    ['', 'b'],
  ],
  '"a","b"\r\n': [['a', 'b']],
  '"a ""quoted"" word",""\n': [['a "quoted" word', '']],
  '"a\r\nb",c\n': [['a\r\nb', 'c']],
  '5" disk,b\n': [['5" disk', 'b']],
  '""""\n': [['"']],
};

for (const [text, records] of Object.entries(texts)) {
  test(`cells of ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), { records, end: 0 }));
}

test('what is not whole and what is broken are told apart', () => {
  assert.equal(read('a,"b\nc').end, INCOMPLETE);
  assert.equal(read('a,"b"c\n').end, BROKEN);
});

test('the delimiter is what the header has most of outside quotes', () => {
  assert.deepEqual(['a,b;c,d', 'a;b;c', 'a\tb', '"a;b;c",d', 'a'].map(delimiterOf), [',', ';', '\t', ',', ',']);
});

const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r', 'a', 'é', '😀', '\u2028', ' ') }),
);
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

const printed = (rows: string[][], delimiter: string, end: string): string =>
  rows
    .map(
      (row) =>
        row.map((text) => (/["\r\n,;\t]|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(delimiter) +
        end,
    )
    .join('');

test('any table, printed as CSV, has the cells that csv-parse finds', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (rows, delimiter, end) => {
      const text = printed(rows, delimiter, end);
      const oracle = parse(text, { delimiter, record_delimiter: end, relax_quotes: false }) as string[][];
      assert.deepEqual(read(text, delimiter).records, oracle);
      assert.deepEqual(oracle, rows);
    }),
    { numRuns: 1000 },
  );
});

test('any cells go through a whole ingest, whatever its blocks cut', async (t) => {
  const fields = ['Subject', 'SenderDisplayName', 'Connectors'];
  const hostile = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 30 });
  const folder = exportsFolder(t);
  const { writeFileSync } = await import('node:fs');
  await fc.assert(
    fc.asyncProperty(hostile, async (rows) => {
      const wanted = rows.filter((row) => row.every((text) => !text.includes('\0')));
      writeFileSync(
        join(folder, 'EmailEvents.csv'),
        fields.join() +
          '\n' +
          printed(
            wanted.map((row) => [...row]),
            ',',
            '\n',
          ),
      );
      const { store, aside } = await take([folder], { lineLimit: 1 << 20 });
      assert.deepEqual(aside, []);
      const found = store.rows('EmailEvents').map((row) => fields.map((field) => row[field]));
      assert.deepEqual(
        found,
        wanted.map((row) => [...row]),
      );
    }),
    { numRuns: 100 },
  );
});

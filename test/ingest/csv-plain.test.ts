import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PlainRecords } from '../../src/ingest/csv-plain.ts';
import { CsvTokenizer } from '../../src/ingest/csv-tokenizer.ts';
import { CsvRows } from '../../src/ingest/rows.ts';
import { Tally } from '../../src/ingest/tally.ts';
import { tableNamed } from '../../src/schema/index.ts';

const clicks = tableNamed('UrlClickEvents')!;
/** A datetime, two strings, a bool, a field without a column; and below a whole number. */
const header = ['Timestamp', 'Url', 'Colour', 'IsClickedThrough', 'AccountUpn'];
const mail = tableNamed('EmailEvents')!;
const mailHeader = ['Subject', 'EmailClusterId', 'AttachmentCount'];

/** The row the long way, and whether anything was counted. */
function long(record: string, table: typeof mail, fields: readonly string[]): { row: string; counted: boolean } {
  const tally = new Tally();
  const rows = new CsvRows(table, fields, tally);
  const csv = new CsvTokenizer(',');
  const cells: string[] = [];
  csv.feed(record);
  assert.equal(csv.next(cells), fields.length);
  const row = rows.print(cells);
  return { row, counted: tally.repairs().length > 0 || tally.unknown.size > 0 };
}

/** The row the short way, undefined where it declines. */
function short(record: string, table: typeof mail, fields: readonly string[]): string | undefined {
  const plain = new PlainRecords(',', new CsvRows(table, fields, new Tally()).plain!);
  const bytes = Buffer.from(`x\n${record}`);
  const end = plain.print(bytes, 2);
  if (end === 0) return undefined;
  assert.equal(end, bytes.length);
  return plain.row;
}

const ordinary: readonly string[] = [
  '2026-07-18T14:08:56Z,https://a.example,,True,ana@contoso.example\n',
  '2026-07-18T14:08:56Z,"a ""b"", c",,false,é😀\r\n',
  ',,,,\n',
  '"","","","",""\n',
  '"2026-07-18","x","","true","y"\n',
];
const unusual: readonly string[] = [
  'soon,a,,true,b\n',
  '2026-07-18,a,red,true,b\n',
  '2026-07-18,a\\b,,true,c\n',
  '2026-07-18,a"b,,true,c\n',
  '2026-07-18,"a\nb",,true,c\n',
  '2026-07-18,a,,1,b\n',
  '2026-07-18,a\tb,,true,c\n',
];

for (const record of ordinary) {
  test(`the short way prints ${JSON.stringify(record)} as the long way does`, () => {
    const { row, counted } = long(record, clicks, header);
    assert.equal(short(record, clicks, header), row);
    assert.equal(counted, false);
  });
}

for (const record of [...unusual, 'a,b,c,d\n', 'a,b,c,d,e,f\n', '\n', 'a,"b,c,d,e\n', 'a,"b"c,,,e\n']) {
  test(`the short way declines ${JSON.stringify(record)}`, () =>
    assert.equal(short(record, clicks, header), undefined));
}

const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '"', ',', '\\', '\n', '\t', ' ', '\u0001', '\u007f') });
const typed = fc.oneof(
  fc.constantFrom('', '0', '-0', '7', '-12', '007', '123456789', '1234567890', '5.0', 'True', 'x', ' 1'),
  fc.integer().map(String),
);
const cell = (value: string): string => (/["\n,]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

test('what the short way prints is what the long way prints, and nothing that is counted', () => {
  fc.assert(
    fc.property(text, typed, typed, fc.boolean(), (subject, cluster, attachments, all) => {
      const record = `${[subject, cluster, attachments].map(all ? quoted : cell).join()}\n`;
      const printed = short(record, mail, mailHeader);
      if (printed === undefined) return;
      const { row, counted } = long(record, mail, mailHeader);
      assert.equal(printed, row);
      assert.equal(counted, false);
      JSON.parse(printed);
    }),
    { numRuns: 5000 },
  );
});

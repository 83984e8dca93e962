import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { fromBuffer } from 'yauzl';
import { csvOf } from '../../../web/src/grid/export/csv.ts';
import { fileName } from '../../../web/src/grid/export/file-name.ts';
import { jsonFile } from '../../../web/src/grid/export/json.ts';
import type { ShownTable } from '../../../web/src/grid/export/shown-table.ts';
import { xlsxOf } from '../../../web/src/grid/export/xlsx.ts';
import type { KqlType } from '../../../web/src/grid/values/cell-text.ts';
import { atOnce } from './pace.ts';

const table = (
  columns: readonly [string, KqlType][],
  rows: readonly unknown[][],
  order = rows.map((_, i) => i),
): ShownTable => ({
  title: 'Test',
  columns: columns.map(([name, type], place) => ({ place, name, type })),
  rows: rows as unknown[][],
  order: Uint32Array.from(order),
});

describe('CSV', () => {
  const read = async (shown: ShownTable, guarded: boolean) =>
    parse(await (await csvOf(shown, guarded, atOnce)).file.text(), { bom: true }) as string[][];
  const texts = ['plain', 'a,b', 'say "hi"', 'two\r\nlines', ' spaces ', '', '=1+1', '-5', 'ä 漢'];
  it('is read back by another program as it was', async () => {
    const rows = await read(
      table(
        [
          ['Text', 'string'],
          ['n, "o"', 'long'],
        ],
        texts.map((text, i) => [text, i]),
      ),
      false,
    );
    assert.deepEqual(rows, [['Text', 'n, "o"'], ...texts.map((text, i) => [text, String(i)])]);
  });
  it('holds empty texts of a lone column', async () =>
    assert.deepEqual(await read(table([['T', 'string']], [[''], ['x']]), false), [['T'], [''], ['x']]));
  it('guarded, makes texts of what a spreadsheet would run, and leaves numbers', async () => {
    const hostile = ['=cmd|"/c calc"!A1', '+1', '-1+1', '@SUM(1)', '\t=1', '\r=1', '＝1'];
    const rows = await read(
      table(
        [
          ['T', 'string'],
          ['N', 'long'],
          ['D', 'dynamic'],
        ],
        hostile.map((text) => [text, -5, text]),
      ),
      true,
    );
    for (const [i, [text, number, dynamic]] of rows.slice(1).entries())
      assert.deepEqual([text, number, dynamic], [`'${hostile[i]}`, '-5', `'${hostile[i]}`]);
    assert.deepEqual(await read(table([['T', 'string']], [['safe = 1']]), true), [['T'], ['safe = 1']]);
  });
  it('holds the rows shown in their order', async () =>
    assert.deepEqual(await read(table([['N', 'long']], [[1], [2], [3]], [2, 0]), false), [['N'], ['3'], ['1']]));
});

describe('JSON', () => {
  it('keeps values, also wide numbers and names that objects have of their own', async () => {
    const { file } = await jsonFile(
      table(
        [
          ['__proto__', 'long'],
          ['D', 'dynamic'],
        ],
        [
          ['9223372036854775807', { a: [1] }],
          [null, null],
        ],
      ),
      atOnce,
    );
    const text = await file.text();
    assert.match(text, /"__proto__":"9223372036854775807"/);
    assert.deepEqual(
      (JSON.parse(text) as { D: unknown }[]).map(({ D }) => D),
      [{ a: [1] }, null],
    );
  });
  it('of no rows is an empty list', async () =>
    assert.deepEqual(JSON.parse(await (await jsonFile(table([['N', 'long']], []), atOnce)).file.text()), []));
});

describe('Excel workbook', () => {
  const parts = async (shown: ShownTable) => {
    const { file, notes } = await xlsxOf(shown, atOnce);
    return { notes, parts: await unzipped(Buffer.from(await file.arrayBuffer())) };
  };
  it('is an archive that others open, with the parts a workbook has', async () => {
    const { parts: files } = await parts(table([['N', 'long']], [[1]]));
    assert.deepEqual([...files.keys()].sort(), [
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ]);
  });
  it('keeps types, and makes text of what Excel cannot hold exactly', async () => {
    const { parts: files } = await parts(
      table(
        [
          ['L', 'long'],
          ['B', 'bool'],
          ['T', 'datetime'],
          ['S', 'string'],
          ['R', 'real'],
        ],
        [
          [42, true, '2026-07-18T12:00:00.0000000Z', '<b>&"x"', 0.5],
          ['9223372036854775807', null, '0001-01-01T00:00:00.0000000Z', '=1+1', 'NaN'],
        ],
      ),
    );
    const sheet = files.get('xl/worksheets/sheet1.xml')!;
    assert.match(sheet, /<c><v>42<\/v><\/c><c t="b"><v>1<\/v><\/c><c s="2"><v>46221\.5<\/v><\/c>/);
    assert.match(sheet, /&lt;b&gt;&amp;&quot;x&quot;/);
    assert.match(sheet, /t="inlineStr" s="0"><is><t xml:space="preserve">9223372036854775807</);
    assert.match(sheet, /preserve">0001-01-01T/);
    assert.match(sheet, /preserve">=1\+1</);
    assert.match(sheet, /preserve">NaN</);
    assert.doesNotMatch(sheet, /<f>/);
  });
  it('has no character that XML forbids', async () => {
    const { parts: files } = await parts(table([['S', 'string']], [['a\0b\x1bc\uFFFEd\uD800e _x0041_ \n']]));
    const sheet = files.get('xl/worksheets/sheet1.xml')!;
    assert.match(sheet, /a_x0000_b_x001B_c_xFFFE_d_xD800_e _x005F_x0041_ \n</);
  });
  it('cuts long texts and says so', async () => {
    const { notes } = await parts(table([['S', 'string']], [['x'.repeat(40_000)]]));
    assert.match(notes.join(), /1 texts were cut/);
    assert.deepEqual((await parts(table([['S', 'string']], [['x']]))).notes, []);
  });
});

describe('names of files', () => {
  const at = new Date(Date.UTC(2026, 6, 18, 14, 8, 56));
  const cases: [string, string][] = [
    ['Failed / by domain', 'mailhunt-failed-by-domain-2026-07-18T140856Z.csv'],
    ['../../etc/passwd', 'mailhunt-etc-passwd-2026-07-18T140856Z.csv'],
    ['CON', 'mailhunt-result-2026-07-18T140856Z.csv'],
    ['\u202Egnp', 'mailhunt-gnp-2026-07-18T140856Z.csv'],
    ['', 'mailhunt-result-2026-07-18T140856Z.csv'],
  ];
  for (const [title, name] of cases) it(JSON.stringify(title), () => assert.equal(fileName(title, 'csv', at), name));
});

function unzipped(archive: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, string>();
    fromBuffer(archive, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('error', reject);
      zip.on('end', () => resolve(files));
      zip.on('entry', (entry) =>
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) return reject(failure);
          const pieces: Buffer[] = [];
          stream.on('data', (piece: Buffer) => pieces.push(piece));
          stream.on('end', () => {
            files.set(entry.fileName, Buffer.concat(pieces).toString());
            zip.readEntry();
          });
        }),
      );
      zip.readEntry();
    });
  });
}

import type { Cell } from '../contract.ts';
import { cellText, isEmpty, type KqlType } from '../values/cell-text.ts';
import { type Pace, STRIDE } from '../view/paced.ts';
import type { MadeFile, ShownTable } from './shown-table.ts';
import { type ZipEntry, zip } from './zip.ts';

/** What a sheet of Excel holds at most: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3. */
export const MOST_SHEET_ROWS = 1_048_576;
const LONGEST_TEXT = 32_767;

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Styles of cells, by their place in `cellXfs`. */
const STYLE = { plain: 0, head: 1, time: 2 } as const;

/** What was cut on the way. */
interface Cut {
  texts: number;
}

/**
 * An Excel workbook with one sheet: numbers, bools and datetimes keep their types, what a number of Excel cannot hold
 * exactly is text, and so is everything that others wrote: nothing is a formula.
 *
 * @see ECMA-376, SpreadsheetML
 */
export async function xlsxOf(table: ShownTable, pace: Pace): Promise<MadeFile> {
  const cut: Cut = { texts: 0 };
  const sheet = await sheetPieces(table, cut, pace);
  const file = await zip([...frame(table.title), { name: 'xl/worksheets/sheet1.xml', pieces: sheet }], TYPE, pace);
  const left = table.order.length - (MOST_SHEET_ROWS - 1);
  return {
    file,
    notes: [
      ...(left > 0 ? [`Excel holds ${MOST_SHEET_ROWS - 1} rows below the heading: ${left} were left out.`] : []),
      ...(cut.texts > 0
        ? [`${cut.texts} texts were cut to the ${LONGEST_TEXT} characters that a cell of Excel holds.`]
        : []),
    ],
  };
}

async function sheetPieces({ columns, rows, order }: ShownTable, cut: Cut, pace: Pace): Promise<string[]> {
  const widths = columns.map((_, i) => `<col min="${i + 1}" max="${i + 1}" width="24" customWidth="1"/>`).join('');
  const heads = columns.map(({ name }) => textCell(name, STYLE.head, cut)).join('');
  const pieces = [
    `${PROLOGUE}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" ` +
      `activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${columns.length > 0 ? `<cols>${widths}</cols>` : ''}` +
      `<sheetData><row>${heads}</row>`,
  ];
  let lines: string[] = [];
  for (const row of order.subarray(0, MOST_SHEET_ROWS - 1)) {
    const cells = rows[row]!;
    lines.push(`<row>${columns.map(({ place, type }) => cellXml(cells[place], type, cut)).join('')}</row>`);
    if (lines.length < STRIDE / 8) continue;
    pieces.push(lines.join(''));
    lines = [];
    await pace.rest();
  }
  return [...pieces, lines.join(''), '</sheetData></worksheet>'];
}

function cellXml(cell: Cell, type: KqlType, cut: Cut): string {
  if (isEmpty(cell)) return '<c/>';
  if (type === 'bool') return `<c t="b"><v>${cell === true || cell === 1 ? 1 : 0}</v></c>`;
  const number = numberText(cell, type);
  if (number !== undefined) return `<c><v>${number}</v></c>`;
  const serial = type === 'datetime' ? excelTime(String(cell)) : undefined;
  if (serial !== undefined) return `<c s="${STYLE.time}"><v>${serial}</v></c>`;
  return textCell(cellText(cell, type), STYLE.plain, cut);
}

/** A number that Excel holds exactly: it keeps 15 digits. */
function numberText(cell: Cell, type: KqlType): string | undefined {
  if (type === 'int' || type === 'long' || type === 'decimal') {
    const text = String(cell);
    return /^-?\d+(\.\d+)?$/.test(text) && text.replace(/\D/g, '').replace(/^0+/, '').length <= 15 ? text : undefined;
  }
  return type === 'real' && typeof cell === 'number' && Number.isFinite(cell) ? String(cell) : undefined;
}

/** Days since Excel's 1899-12-30, to the millisecond. Before March 1900 its calendar is wrong: those stay text. */
function excelTime(text: string): number | undefined {
  const ms = Date.parse(text);
  return ms >= Date.UTC(1900, 2, 1) && ms < Date.UTC(10_000, 0, 1)
    ? (ms - Date.UTC(1899, 11, 30)) / 86_400_000
    : undefined;
}

function textCell(text: string, style: number, cut: Cut): string {
  if (text.length > LONGEST_TEXT) cut.texts += 1;
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${xmlText(text.slice(0, LONGEST_TEXT))}</t></is></c>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML has no place for stand as `_x0001_`, which Excel reads back; so what looks like it is escaped. */
const xmlText = (text: string): string =>
  text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (char) => ENTITIES[char]!)
    .replace(
      /[\x00-\x08\x0B\x0C\x0D\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}/gu,
      (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );

/** A sheet's name may not hold `\ / ? * [ ] :`, nor begin or end with a quote, nor be longer than 31 characters. */
const sheetName = (title: string): string =>
  title
    .replace(/[\\/?*[\]:'\p{C}]/gu, ' ')
    .trim()
    .slice(0, 31)
    .trim() || 'Result';

/** The parts of a workbook around its sheet. */
function frame(title: string): ZipEntry[] {
  const part = (name: string, xml: string): ZipEntry => ({ name, pieces: [PROLOGUE + xml] });
  const relation = (kind: string, target: string, id: number) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const override = (name: string, kind: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  return [
    part(
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `${override('workbook', 'sheet.main')}${override('worksheets/sheet1', 'worksheet')}${override('styles', 'styles')}</Types>`,
    ),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${relation('officeDocument', 'xl/workbook.xml', 1)}</Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${xmlText(sheetName(title))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${relation('worksheet', 'worksheets/sheet1.xml', 1)}${relation('styles', 'styles.xml', 2)}</Relationships>`,
    ),
    part('xl/styles.xml', STYLES),
  ];
}

const STYLES =
  `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>' +
  '<xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>';

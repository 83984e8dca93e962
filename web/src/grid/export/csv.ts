import { cellText, type KqlType } from '../values/cell-text.ts';
import { type Pace, STRIDE } from '../view/paced.ts';
import type { MadeFile, ShownTable } from './shown-table.ts';

/** Beginnings that a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Types whose texts others have written. A number that begins with `-` is no formula. */
const WRITTEN: ReadonlySet<KqlType> = new Set(['string', 'dynamic']);

/**
 * CSV by RFC 4180, in UTF-8 with a mark for spreadsheets.
 *
 * @param guarded puts `'` before texts that a spreadsheet would run as a formula; the others stay as they are
 */
export async function csvOf(table: ShownTable, guarded: boolean, pace: Pace): Promise<MadeFile> {
  const pieces: string[] = ['\uFEFF', `${table.columns.map(({ name }) => field(name, guarded)).join(',')}\r\n`];
  let lines: string[] = [];
  for (const row of table.order) {
    const cells = table.rows[row]!;
    lines.push(
      csvLine(
        table.columns.map(({ place, type }) => field(cellText(cells[place], type), guarded && WRITTEN.has(type))),
      ),
    );
    if (lines.length < STRIDE / 4) continue;
    pieces.push(lines.join(''));
    lines = [];
    await pace.rest();
  }
  return { file: new Blob([...pieces, lines.join('')], { type: 'text/csv;charset=utf-8' }), notes: [] };
}

/** A line of one empty field would read as no line at all. */
const csvLine = (fields: readonly string[]): string =>
  `${fields.length === 1 && fields[0] === '' ? '""' : fields.join(',')}\r\n`;

function field(text: string, guarded: boolean): string {
  const safe = guarded && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

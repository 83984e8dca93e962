import { type Pace, STRIDE } from '../view/paced.ts';
import type { MadeFile, ShownTable } from './shown-table.ts';

/** A JSON array with an object a row. Numbers beyond 2^53 are texts, as the server sends them. */
export async function jsonFile(table: ShownTable, pace: Pace): Promise<MadeFile> {
  const names = table.columns.map(({ name }) => JSON.stringify(name));
  const pieces: string[] = ['['];
  let lines: string[] = [];
  let before = '\n';
  for (const row of table.order) {
    const cells = table.rows[row]!;
    const members = table.columns.map(({ place }, i) => `${names[i]}:${JSON.stringify(cells[place] ?? null)}`);
    lines.push(`${before}{${members.join(',')}}`);
    before = ',\n';
    if (lines.length < STRIDE / 4) continue;
    pieces.push(lines.join(''));
    lines = [];
    await pace.rest();
  }
  return { file: new Blob([...pieces, lines.join(''), '\n]\n'], { type: 'application/json' }), notes: [] };
}

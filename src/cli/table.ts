import type { ResultTable } from '../kql/index.ts';
import type { Column } from '../values/index.ts';
import { cellsOf, isNumeric, textOf } from './cells.ts';
import { chartOf } from './chart.ts';
import { harmless } from './harmless.ts';
import type { Output } from './output.ts';
import { cut, padded, widthOf } from './width.ts';

/** The layout is that of the first rows; what comes later is cut to it. */
const ROWS_MEASURED = 1000;
const GAP = 2;
/** A column narrower than this says nothing: then each row becomes a block of lines. */
const NARROWEST = 12;

/** Writes a result table for people: as wide as the terminal at most; its chart first where `render` asked for one. */
export async function writeTable(table: ResultTable, output: Output): Promise<void> {
  const measured: string[][] = [];
  let layout: ((cells: string[], index: number) => string) | undefined;
  let count = 0;
  const begin = async (): Promise<void> => {
    const chart = chartOf(table.visualization, table.columns, measured, Math.min(output.width, 100));
    if (chart !== undefined) await output.write(`${chart}\n\n`);
    layout = layoutOf(table.columns, measured, output.width);
    await output.write(measured.map((cells, i) => layout!(cells, i)).join(''));
  };
  for await (const rows of table.blocks) {
    const cells = rows.map(cellsOf);
    if (layout === undefined) {
      measured.push(...cells);
      // A chart is of all rows.
      if (measured.length >= ROWS_MEASURED && table.visualization === undefined) await begin();
    } else await output.write(cells.map((row, i) => layout!(row, count + i)).join(''));
    count += rows.length;
  }
  if (layout === undefined) await begin();
  await output.write(`${count === 0 ? `${headerOf(table.columns)}\n` : ''}${count} ${count === 1 ? 'row' : 'rows'}\n`);
}

const headerOf = (columns: readonly Column[]): string => columns.map(({ name }) => harmless(name)).join('  ');

/** A cell as the table shows it: dates without idle digits. */
function shown(cell: string, { type }: Column): string {
  const text = harmless(textOf(cell));
  return type === 'datetime' ? text.replace(/\.?0+Z$/, 'Z').replace(/(T\d\d:\d\d)Z$/, '$1:00Z') : text;
}

function layoutOf(columns: readonly Column[], rows: readonly string[][], width: number) {
  const names = columns.map(({ name }) => harmless(name));
  const wanted = columns.map((column, i) =>
    rows.reduce((most, row) => Math.max(most, widthOf(shown(row[i] ?? '', column))), widthOf(names[i]!)),
  );
  const widths = fitted(wanted, width);
  if (widths === undefined) return blockLayout(columns, names, width);
  const line = (texts: readonly string[]): string =>
    `${texts
      .map((text, i) => padded(cut(text, widths[i]!), widths[i]!, isNumeric(columns[i]!) ? 'right' : 'left'))
      .join(' '.repeat(GAP))
      .trimEnd()}\n`;
  const head = line(names) + line(widths.map((w) => '─'.repeat(w)));
  return (cells: string[], index: number): string =>
    (index === 0 ? head : '') + line(columns.map((column, i) => shown(cells[i] ?? '', column)));
}

/** Widths that fit: the widest columns give first. Undefined where nothing readable would be left. */
function fitted(wanted: readonly number[], width: number): number[] | undefined {
  const room = width - GAP * (wanted.length - 1);
  const total = (limit: number): number => wanted.reduce((sum, w) => sum + Math.min(w, limit), 0);
  let limit = Math.max(1, ...wanted);
  while (limit > NARROWEST && total(limit) > room) limit--;
  return total(limit) > room ? undefined : wanted.map((w) => Math.min(w, limit));
}

/** Each row a block of lines, empty cells left out. */
function blockLayout(columns: readonly Column[], names: readonly string[], width: number) {
  const label = Math.min(Math.max(...names.map(widthOf)), Math.floor(width / 2));
  return (cells: string[], index: number): string => {
    const lines = columns.flatMap((column, i) => {
      const text = shown(cells[i] ?? '', column);
      return text === '' ? [] : [`${padded(cut(names[i]!, label), label, 'left')}  ${cut(text, width - label - 2)}\n`];
    });
    return `${cut(`── ${index + 1} ${'─'.repeat(200)}`, Math.min(width, 60)).replace('…', '─')}\n${lines.join('')}`;
  };
}

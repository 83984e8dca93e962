import { cellText } from '../values/cell-text.ts';
import { kqlLiteral } from '../values/kql-literal.ts';
import { kqlName } from '../values/kql-name.ts';
import type { Selected } from './selection.ts';

/** Cells that are copied at most; more are exported. */
export const MOST_COPIED = 500_000;

/**
 * Cells as text for a spreadsheet: tabs between them, a line a row. A text with tabs, line ends or quotes stands in
 * quotes. One cell alone is copied exactly as it is.
 */
export function asTabs({ rows, columns }: Selected, withHeads: boolean): string {
  const [only] = columns;
  if (rows.length === 1 && columns.length === 1 && only && !withHeads) return cellText(rows[0]![only.place], only.type);
  const lines = rows.map((row) => columns.map(({ place, type }) => tabbed(cellText(row[place], type))).join('\t'));
  return [...(withHeads ? [columns.map(({ name }) => tabbed(name)).join('\t')] : []), ...lines].join('\n');
}

const tabbed = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Cells as a table that KQL can read: `datatable (Name: string) [ "a", … ]`. Undefined where a cell is no value of its
 * column's type.
 */
export function asDatatable({ rows, columns }: Selected): string | undefined {
  const schema = columns.map(({ name, type }) => `${kqlName(name)}: ${type}`).join(', ');
  const lines: string[] = [];
  for (const row of rows) {
    const cells = columns.map(({ place, type }) => kqlLiteral(row[place], type));
    if (cells.includes(undefined)) return undefined;
    lines.push(`  ${cells.join(', ')},`);
  }
  return `datatable (${schema}) [\n${lines.join('\n')}\n]`;
}

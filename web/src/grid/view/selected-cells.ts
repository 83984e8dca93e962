import type { Cell } from '../contract.ts';
import type { ShownColumn } from './columns.ts';
import { areaOf, type Selected, type Selection } from './selection.ts';

/** The cells of a selection; heads of groups are none. Undefined where nothing, or a heading, is selected. */
export function selectedCells(
  rows: readonly (readonly Cell[])[],
  lines: ArrayLike<number>,
  columns: readonly ShownColumn[],
  selection: Selection | undefined,
): Selected | undefined {
  if (!selection || selection.focus.line < 0 || selection.anchor.line < 0) return undefined;
  const { top, bottom, left, right } = areaOf(selection);
  const selected: (readonly Cell[])[] = [];
  for (let line = top; line <= Math.min(bottom, lines.length - 1); line += 1) {
    const row = rows[lines[line]!];
    if (row) selected.push(row);
  }
  return { rows: selected, columns: columns.slice(left, right + 1).map(({ place, column }) => ({ place, ...column })) };
}

/** The next line that is a row; the same where there is none. */
export function nextRow(lines: ArrayLike<number>, from: number, by: 1 | -1): number {
  for (let line = from + by; line >= 0 && line < lines.length; line += by) if (lines[line]! >= 0) return line;
  return from;
}

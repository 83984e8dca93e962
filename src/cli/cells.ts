import type { Column } from '../values/index.ts';

/**
 * The cells of a row (the text of a JSON array), each as its own JSON text, so that numbers keep every digit.
 *
 * @example cellsOf('[1,"a,b",{"k":[2]},9007199254740993]') // ['1', '"a,b"', '{"k":[2]}', '9007199254740993']
 */
export function cellsOf(row: string): string[] {
  const cells: string[] = [];
  let [depth, start, quoted] = [0, 0, false];
  for (let at = 0; at < row.length; at++) {
    const char = row.charCodeAt(at);
    if (quoted) {
      if (char === 92) at++;
      else if (char === 34) quoted = false;
    } else if (char === 34) quoted = true;
    else if (char === 91 || char === 123) {
      depth++;
      if (depth === 1) start = at + 1;
    } else if (char === 93 || char === 125) depth--;
    if (!quoted && ((char === 44 && depth === 1) || (depth === 0 && char === 93))) {
      cells.push(row.slice(start, at).trim());
      start = at + 1;
    }
  }
  return cells.length === 1 && cells[0] === '' ? [] : cells;
}

/** A cell as plain text: a JSON string without its quotes, everything else as it is written; null is empty. */
export function textOf(cell: string): string {
  if (cell === 'null') return '';
  return cell.startsWith('"') ? (JSON.parse(cell) as string) : cell;
}

/** Whether people read the column's values as numbers, from their right end. */
export const isNumeric = ({ type }: Column): boolean =>
  type === 'int' || type === 'long' || type === 'real' || type === 'decimal';

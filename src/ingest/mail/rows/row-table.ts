/** A cell as a row table gives it; `ticks` and `json` print what JSON.stringify cannot. */
export type Cell = string | number | boolean | null | Printed;

/** Text that stands in the row as it is: the JSON of a cell. */
export interface Printed {
  readonly json: string;
}

/** How each column of a table is read from a thing, in the order of the batch. */
export type Cells<T> = Readonly<Record<string, (thing: T) => Cell>>;

/** A table's columns and its printer. */
export interface RowTable<T> {
  readonly name: string;
  readonly columns: readonly string[];
  row(thing: T): string;
}

/** Makes the printer of a table; a column that is not named stays null. */
export function rowTable<T>(name: string, cells: Cells<T>): RowTable<T> {
  const columns = Object.keys(cells);
  const readers = Object.values(cells);
  const row = (thing: T): string => {
    let text = '[';
    for (const read of readers) text += `${print(read(thing))},`;
    return `${text.slice(0, -1)}]`;
  };
  return { name, columns, row };
}

/** What JSON writes otherwise than it is, or may: quotes, backslashes, controls, halves of surrogate pairs. */
const ESCAPED = /["\\\x00-\x1f\ud800-\udfff]/;

function print(cell: Cell): string {
  // Most cells are empty, and most texts stand in JSON as they are.
  if (cell === '') return '""';
  if (typeof cell === 'string') return ESCAPED.test(cell) ? JSON.stringify(cell.toWellFormed()) : `"${cell}"`;
  if (typeof cell === 'object') return cell === null ? 'null' : cell.json;
  return typeof cell === 'number' && !Number.isFinite(cell) ? 'null' : String(cell);
}

/** Milliseconds between 0001-01-01 and 1970-01-01. */
const EPOCH = 62_135_596_800_000;

/** A datetime cell from milliseconds since 1970: ticks have more digits than a JavaScript number keeps. */
export const ticks = (ms: number | undefined): Cell =>
  ms === undefined || !Number.isFinite(ms) ? null : { json: `${Math.trunc(ms) + EPOCH}0000` };

/** A dynamic cell. */
export const dynamic = (value: unknown): Cell => JSON.stringify(value) ?? null;

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
  return { name, columns, row: (thing) => `[${readers.map((read) => print(read(thing))).join(',')}]` };
}

function print(cell: Cell): string {
  if (typeof cell === 'string') return JSON.stringify(cell.toWellFormed());
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

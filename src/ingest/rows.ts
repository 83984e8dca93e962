import type { SchemaColumn, TableSchema } from '../schema/index.ts';
import { absentCell, type CellPrinter, cellPrinter, jsonCell } from './cells.ts';
import { columnNamed } from './column-names.ts';
import { compactJson, quote } from './json-text.ts';
import type { ColumnTally, Tally } from './tally.ts';

/** What Sentinel calls the time of a row, beside Defender's `Timestamp`. */
const SENTINEL_TIME = 'TimeGenerated';
const TIME = 'Timestamp';

interface Target {
  readonly column: SchemaColumn;
  readonly index: number;
  readonly tally: ColumnTally;
}

const target = (column: SchemaColumn, index: number, table: TableSchema, tally: Tally): Target => ({
  column,
  index,
  tally: tally.column(table.name, column.name, column.type),
});

/** Prints JSON objects as rows of a table: all its columns, in the documented order. */
export class ObjectRows {
  readonly columns: readonly string[];
  readonly #table: TableSchema;
  readonly #tally: Tally;
  readonly #targets: readonly Target[];
  readonly #absent: readonly string[];
  readonly #byField = new Map<string, Target | undefined>();

  constructor(table: TableSchema, tally: Tally) {
    this.#table = table;
    this.#tally = tally;
    this.columns = table.columns.map(({ name }) => name);
    this.#targets = table.columns.map((column, index) => target(column, index, table, tally));
    this.#absent = table.columns.map(({ type }) => absentCell(type));
  }

  /** The row of an object, as a batch takes it. */
  print(fields: Readonly<Record<string, unknown>>): string {
    const cells = [...this.#absent];
    let extra: Record<string, unknown> | undefined;
    let time: Target | undefined;
    for (const field of Object.keys(fields)) {
      const value = fields[field];
      const found = this.#target(field);
      if (found !== undefined) {
        // Two fields may mean one column ("Subject" and "subject"): the one that says something wins.
        const cell = jsonCell(found.column.type, value, found.tally);
        if (cell !== this.#absent[found.index]) cells[found.index] = cell;
        if (field === TIME) time = found;
      } else {
        this.#tally.unknownField(this.#table.name, field);
        if (value === null || value === '') continue;
        extra ??= {};
        // A plain assignment to this name would set the object's prototype.
        if (field === '__proto__') Object.defineProperty(extra, field, { value, enumerable: true });
        else extra[field] = value;
      }
    }
    const generated = fields[SENTINEL_TIME];
    if ((time === undefined || cells[time.index] === 'null') && typeof generated === 'string') {
      const found = this.#target(TIME);
      if (found !== undefined) cells[found.index] = jsonCell('datetime', generated, found.tally);
    }
    const row = cells.join(',');
    return extra === undefined ? `[${row}]` : `[${row},${quote(compactJson(extra))}]`;
  }

  #target(field: string): Target | undefined {
    if (this.#byField.has(field)) return this.#byField.get(field);
    const column = columnNamed(this.#table, field);
    const found = column === undefined ? undefined : this.#targets.find((one) => one.column === column);
    this.#byField.set(field, found);
    return found;
  }
}

/** Where a CSV column goes: a column of the table, or aside. */
interface CsvColumn {
  readonly field: string;
  readonly absent: string;
  readonly print: CellPrinter['text'];
  readonly tally: ColumnTally;
}

/** Prints CSV records as rows of a table: the columns that the header names, in its order. */
export class CsvRows {
  readonly columns: readonly string[];
  /** How many cells a record must have. */
  readonly width: number;
  /** What the cells stand for; undefined where a record needs more than each cell for itself. */
  readonly plain: readonly (SchemaColumn | undefined)[] | undefined;
  readonly #table: TableSchema;
  readonly #tally: Tally;
  /** By place in the record; undefined where the table has no such column. */
  readonly #known: readonly (CsvColumn | undefined)[];
  readonly #header: readonly string[];
  readonly #hasUnknown: boolean;
  readonly #fallback: { readonly from: number; readonly into: number; readonly tally: ColumnTally } | undefined;

  constructor(table: TableSchema, header: readonly string[], tally: Tally) {
    this.#table = table;
    this.#tally = tally;
    this.#header = header;
    this.width = header.length;
    const columns = columnsOf(table, header);
    this.#known = columns.map((column, at) =>
      column === undefined
        ? undefined
        : {
            field: header[at]!,
            absent: absentCell(column.type),
            print: cellPrinter(column.type).text,
            tally: tally.column(table.name, column.name, column.type),
          },
    );
    this.#hasUnknown = columns.includes(undefined);
    const named = columns.filter((column) => column !== undefined).map(({ name }) => name);
    const time = table.columns.find(({ name }) => name === TIME);
    const from = header.findIndex((field) => /^TimeGenerated(?:\s*\[UTC\])?$/i.test(field));
    if (time !== undefined && from >= 0) {
      const into = named.includes(TIME) ? named.indexOf(TIME) : named.push(TIME) - 1;
      this.#fallback = { from, into, tally: tally.column(table.name, TIME, 'datetime') };
    }
    this.columns = named;
    this.plain = this.#fallback === undefined ? columns : undefined;
  }

  /** The row of a record's cells, as a batch takes it. */
  print(record: readonly string[]): string {
    const cells: string[] = [];
    const known = this.#known;
    for (let at = 0; at < known.length; at++) {
      const column = known[at];
      if (column === undefined) continue;
      const cell = record[at]!;
      cells.push(cell === '' ? column.absent : column.print(cell, column.tally, false));
    }
    if (this.#fallback !== undefined) {
      const { from, into, tally } = this.#fallback;
      if (cells[into] === undefined || cells[into] === 'null') {
        cells[into] = cellPrinter('datetime').text(record[from]!, tally, false);
      }
    }
    const extra = this.#hasUnknown ? this.#extra(record) : '';
    return `[${cells.join(',')}${extra}]`;
  }

  #extra(record: readonly string[]): string {
    const members: string[] = [];
    for (let at = 0; at < this.width; at++) {
      if (this.#known[at] !== undefined || record[at] === '') continue;
      const field = this.#header[at]!;
      this.#tally.unknownField(this.#table.name, field);
      members.push(`${quote(field)}:${quote(record[at]!)}`);
    }
    return members.length === 0 ? '' : `,${quote(`{${members.join(',')}}`)}`;
  }
}

/** The table's column for each field of a header; a column is given once, to the field that names it exactly if any. */
function columnsOf(table: TableSchema, header: readonly string[]): readonly (SchemaColumn | undefined)[] {
  const taken = new Set(header);
  const given = new Set<SchemaColumn>();
  return header.map((field) => {
    const column = columnNamed(table, field);
    if (column === undefined || given.has(column) || (column.name !== field && taken.has(column.name)))
      return undefined;
    given.add(column);
    return column;
  });
}

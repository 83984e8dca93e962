import { type TableSchema, tableNamed } from '../../../schema/index.ts';
import type { TestCell, TestRows } from '../tests.ts';
import { cellOf } from './cell.ts';
import type { Part } from './part.ts';

/** Rows that a test file writes without a time are of a minute ago. */
const USUAL_TIME: TestCell = { before: 600_000_000n };

/** `tables: {EmailEvents: [{…}]}`: rows in line, each name and each cell checked against the schema. */
export const tablesOf = (part: Part | undefined): readonly TestRows[] =>
  part === undefined ? [] : [...part.entries()].map(([name, rows]) => rowsOf(name, rows));

function rowsOf(name: string, part: Part): TestRows {
  const table = tableNamed(name);
  if (table === undefined) return part.wrongName('is no table; mailhunt tables --all lists them');
  if (table.name !== name) return part.wrongName(`is no table: it is written ${table.name}`);
  const time = timeColumnOf(table);
  const rows = part.items().map((row) => rowOf(table, row));
  const columns = [...new Set([...(time === undefined ? [] : [time]), ...rows.flatMap((row) => [...row.keys()])])];
  const types = new Map(table.columns.map((column) => [column.name, column.type]));
  const missing = (column: string): TestCell =>
    column === time ? USUAL_TIME : { json: types.get(column) === 'string' ? '""' : 'null' };
  return { table: name, columns, rows: rows.map((row) => columns.map((column) => row.get(column) ?? missing(column))) };
}

/** Sentinel's name of the time is read where the table has Defender's. */
const timeColumnOf = ({ columns }: TableSchema): string | undefined =>
  ['Timestamp', 'TimeGenerated'].find((time) => columns.some(({ name }) => name === time));

function rowOf(table: TableSchema, part: Part): ReadonlyMap<string, TestCell> {
  const time = timeColumnOf(table);
  const row = new Map<string, TestCell>();
  for (const [written, cell] of part.entries()) {
    const name = written === 'TimeGenerated' && time !== undefined ? time : written;
    const column = table.columns.find((known) => known.name === name);
    if (column === undefined) return cell.wrongName(`is no column of ${table.name}${nearest(table, name)}`);
    if (row.has(name)) return cell.wrongName('says the time a second time');
    row.set(name, cellOf(cell, column.type));
  }
  return row;
}

function nearest({ columns }: TableSchema, name: string): string {
  const near = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  return near === undefined ? '' : `: it is written ${near.name}`;
}

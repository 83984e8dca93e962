/**
 * What a value of parsed JSON holds: the rows in it, out of whatever envelope it came in. Event Hub messages
 * `{"records":[{"category":"AdvancedHunting-EmailEvents","properties":{…}}]}`, Graph answers `{schema, results}`, those of
 * the older API `{Schema, Results}`, Log Analytics answers `{"tables":[{columns, rows}]}`, Kusto answers
 * `{"Tables":[{Columns, Rows}]}` and frames `[{"FrameType":"DataTable","Columns":…,"Rows":…}]`, and bare rows.
 */

import { numberText } from './json-text.ts';

/** The fields of one row, and the table that it names, if it does. */
export interface FoundRow {
  readonly fields: Readonly<Record<string, unknown>>;
  /** `AdvancedHunting-EmailEvents`, or a bare table name. */
  readonly category?: string;
  /** True where the category is the envelope's word for the table, false where it is a field that may mean another thing. */
  readonly enveloped?: boolean;
}

/** A value that holds no row, and why. */
export interface NoRow {
  readonly problem: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Members whose array holds rows, or tables of rows. */
export const ROW_MEMBERS: ReadonlySet<string> = new Set(['records', 'results', 'Results', 'rows', 'Rows']);
export const TABLE_MEMBERS: ReadonlySet<string> = new Set(['tables', 'Tables']);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && numberText(value) === null;

/** The columns of a table of an answer, from the object that has its rows. */
export function columnsOfAnswer(table: Json): readonly string[] | undefined {
  const columns = table.columns ?? table.Columns;
  if (!Array.isArray(columns)) return undefined;
  return columns.map((column: unknown) =>
    isObject(column) ? String(column.name ?? column.ColumnName ?? column.Name ?? '') : String(column),
  );
}

/** True for tables that speak of the answer and not of the data: Kusto's properties, status, table of contents. */
export function isSideTable(table: Json, ordinal: number): boolean {
  if (typeof table.TableKind === 'string') return table.TableKind !== 'PrimaryResult';
  return typeof table.TableName === 'string' && ordinal > 0;
}

/**
 * The rows of a value. `columns` are those of the answer that the value is a row of, where rows are arrays.
 *
 * @example [...rowsOf({ category: 'AdvancedHunting-EmailEvents', properties: { Subject: 'Hi' } })]
 * // [{ category: 'AdvancedHunting-EmailEvents', fields: { Subject: 'Hi' } }]
 */
export function* rowsOf(value: unknown, columns?: readonly string[]): Generator<FoundRow | NoRow> {
  if (Array.isArray(value)) {
    if (columns === undefined) for (const item of value) yield* rowsOf(item);
    else if (value.length !== columns.length) yield { problem: cellCount(value.length, columns.length) };
    else yield { fields: Object.fromEntries(columns.map((column, at) => [column, value[at] as unknown])) };
    return;
  }
  if (!isObject(value)) {
    yield { problem: 'not a JSON object' };
    return;
  }
  if (typeof value.FrameType === 'string' && value.FrameType !== 'DataTable') return;
  const tables = value.tables ?? value.Tables;
  if (Array.isArray(tables)) {
    for (const [ordinal, table] of tables.entries()) {
      if (isObject(table) && !isSideTable(table, ordinal)) yield* rowsOf(table);
    }
    return;
  }
  for (const member of ROW_MEMBERS) {
    const rows = value[member];
    if (!Array.isArray(rows)) continue;
    if (isSideTable(value, 0)) return;
    const names = columnsOfAnswer(value);
    for (const row of rows) yield* rowsOf(row, names);
    return;
  }
  yield rowOf(value);
}

function rowOf(value: Json): FoundRow {
  if (isObject(value.properties)) return withCategory(value.properties, value.category, true);
  if (typeof value.$table === 'string') {
    const { $table, ...fields } = value;
    return withCategory(fields, $table, true);
  }
  return withCategory(value, value.Type, false);
}

const withCategory = (fields: Json, category: unknown, enveloped: boolean): FoundRow =>
  typeof category === 'string' ? { fields, category, enveloped } : { fields };

/** The words for a row with too few or too many cells. */
export const cellCount = (found: number, expected: number): string => `${found} cells where ${expected} are expected`;

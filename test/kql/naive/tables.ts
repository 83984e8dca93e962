import { print } from '../../../src/kql/print/index.ts';
import { type Dynamic, type KqlType, parseDatetime, parseTimespan, type Value } from '../../../src/values/index.ts';
import type { TestDatabase } from '../duckdb.ts';
import { readRow } from './compare.ts';
import { type Row, rowOf } from './rows.ts';

/** The rows of all tables of a database, by table. */
export async function tablesOf(database: TestDatabase): Promise<Map<string, Row[]>> {
  const tables = new Map<string, Row[]>();
  for (const { name: table, columns: schema } of database.catalog.tables) {
    const { rowsSql } = print({ kind: 'scan', table, schema }, database.catalog);
    const rows: Row[] = [];
    for await (const block of database.texts(rowsSql))
      for (const text of block)
        rows.push(
          rowOf(
            schema,
            readRow(text).map((cell, i) => valueOfCell(cell, schema[i]!.type)),
          ),
        );
    tables.set(table, rows);
  }
  return tables;
}

/** Numbers that JSON cannot say, times: the twin of `dynamicFrom`. */
function valueOfCell(cell: Dynamic, type: KqlType): Value {
  if (cell === null || type === 'dynamic') return cell;
  if (type === 'real') return Number(cell);
  if (type === 'datetime') return parseDatetime(String(cell));
  return type === 'timespan' ? parseTimespan(String(cell)) : cell;
}

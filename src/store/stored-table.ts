import { physicalNames, sqlName, sqlTypes } from '../duckdb/index.ts';
import { type TableSchema, tables, type ValueDomain, valueDomains } from '../schema/index.ts';
import type { KqlType } from '../values/index.ts';

/** A column as the database holds it. */
export interface StoredColumn {
  readonly name: string;
  /** The quoted name in the database. */
  readonly sql: string;
  readonly kqlType: KqlType;
  readonly sqlType: string;
}

/** A table of the schema as the database holds it. */
export interface StoredTable {
  readonly name: string;
  /** The quoted name in the database. */
  readonly sql: string;
  readonly columns: readonly StoredColumn[];
  readonly schema: TableSchema;
  /** What its columns are known to hold. */
  readonly domains: Readonly<Record<string, ValueDomain>>;
}

/** What every table holds behind the columns of its schema. */
export const bookkeepingColumns: readonly StoredColumn[] = [
  // Rises with every row stored, over all tables.
  { name: '_ingest_seq', sql: '_ingest_seq', kqlType: 'long', sqlType: 'BIGINT' },
  { name: '_ingested_at', sql: '_ingested_at', kqlType: 'datetime', sqlType: 'BIGINT' },
  // Hash of what the row is about, of 128 bits: the key's cells, or the whole content.
  { name: '_key', sql: '_key', kqlType: 'decimal', sqlType: 'UHUGEINT' },
  // Hash of the content: equal key and equal content is the same report.
  { name: '_row', sql: '_row', kqlType: 'decimal', sqlType: 'UBIGINT' },
  // The reading of a source that brought the row (`_mailhunt_sources.pass`).
  { name: '_pass', sql: '_pass', kqlType: 'int', sqlType: 'INTEGER' },
  // Fields that the table has no column for, a JSON object.
  { name: '_extra', sql: '_extra', kqlType: 'dynamic', sqlType: 'VARCHAR' },
];

/** A table as the database holds it. */
export function storedTable(schema: TableSchema): StoredTable {
  const names = physicalNames(schema.columns);
  const columns = schema.columns.map(
    ({ name, type }): StoredColumn => ({
      name,
      sql: sqlName(names.get(name)!),
      kqlType: type,
      sqlType: sqlTypes[type],
    }),
  );
  return { name: schema.name, sql: sqlName(schema.name), columns, schema, domains: valueDomains(schema) };
}

/** The tables of the Defender schema. */
export const storedTables: readonly StoredTable[] = tables.map(storedTable);

const definition = ({ sql, sqlType, kqlType }: StoredColumn): string =>
  `${sql} ${sqlType}${kqlType === 'string' ? " NOT NULL DEFAULT ''" : ''}`;

/** Creates the table, under another name where one is given. */
export const createTable = (table: StoredTable, name = table.sql): string =>
  `CREATE TABLE ${name} (${[...table.columns, ...bookkeepingColumns].map(definition).join(', ')})`;

/** Adds a column that the schema has got since the table was created. */
export const addColumn = (table: StoredTable, { sql, sqlType, kqlType }: StoredColumn): string =>
  `ALTER TABLE ${table.sql} ADD COLUMN ${sql} ${sqlType}${kqlType === 'string' ? " DEFAULT ''" : ''}`;

/** Hash of a row's content, from its columns: fast, stable within a version of the engine (`hashProbe` tells). */
const contentHash = (table: StoredTable): string => `hash(${columnList(table)}, _extra)`;
const secondHash = (table: StoredTable): string =>
  `hash('2', _extra, ${[...table.columns]
    .reverse()
    .map(({ sql }) => sql)
    .join(', ')})`;

const columnList = (table: StoredTable): string => table.columns.map(({ sql }) => sql).join(', ');

const keyColumns = (table: StoredTable): readonly StoredColumn[] =>
  table.columns.filter(({ name }) => table.schema.key.includes(name));

/** True where the row says what it is about: one of its key's cells is filled. */
const keyed = (table: StoredTable): string =>
  keyColumns(table)
    .map(({ sql }) => `coalesce(${sql}::VARCHAR, '') <> ''`)
    .join(' OR ') || 'false';

/** Each cell with its length before it, so that no two keys have the same text. */
const keyText = (table: StoredTable): string =>
  `concat(${keyColumns(table)
    .map(({ sql }) => `strlen(coalesce(${sql}::VARCHAR, '')), ':', ${sql}`)
    .join(', ')})`;

const keyHash = (table: StoredTable): string => {
  const ofContent = `md5_number(concat(_row, '/', ${secondHash(table)}))`;
  return table.schema.key.length === 0
    ? ofContent
    : `CASE WHEN ${keyed(table)} THEN md5_number(${keyText(table)}) ELSE ${ofContent} END`;
};

/** Rows of a source relation (the schema's columns and `_extra`) with `_keyed`, `_row` and `_key` added. */
export const withHashes = (table: StoredTable, source: string): string =>
  `SELECT *, ${keyed(table)} AS _keyed, ${keyHash(table)} AS _key FROM (SELECT *, ${contentHash(table)} AS _row FROM ${source})`;

/** Hashes the stored rows again, after a column came in or the engine's hash function changed. */
export const rehash = (table: StoredTable): readonly string[] => [
  `UPDATE ${table.sql} SET _row = ${contentHash(table)}`,
  `UPDATE ${table.sql} SET _key = ${keyHash(table)}`,
];

/** A value that changes when the engine's hash functions do. */
export const hashProbe = "SELECT hash('a', 1, NULL::BIGINT, 'bc')::VARCHAR || md5_number('a')::VARCHAR AS probe";

import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlText } from '../duckdb/index.ts';
import { MailhuntError } from '../errors/index.ts';
import { all, one } from './load.ts';
import { addColumn, bookkeepingColumns, createTable, hashProbe, rehash, type StoredTable } from './stored-table.ts';
import { latestViews } from './views.ts';

/** One step of the store's own schema; its number is its place in the list, from 1. A step is never changed or removed. */
interface Migration {
  readonly what: string;
  readonly statements: readonly string[];
}

const migrations: readonly Migration[] = [
  {
    what: 'the tables that keep the books',
    statements: [
      'CREATE TABLE _mailhunt_sources (source VARCHAR, "table" VARCHAR, position BIGINT, pass INTEGER)',
      'CREATE TABLE _mailhunt_superseded ("table" VARCHAR, seq BIGINT)',
      // Rows that a reading met and that were stored already: how often, by key.
      'CREATE TABLE _mailhunt_left_out (pass INTEGER, key UHUGEINT, n BIGINT)',
      'CREATE TABLE _mailhunt_rejected ("table" VARCHAR, arrived_at BIGINT, bytes BLOB)',
      // Tables whose rows are not in the order of their days.
      'CREATE TABLE _mailhunt_disordered ("table" VARCHAR)',
    ],
  },
];

/** The schema version that this program writes. */
export const schemaVersion = migrations.length;

/** Reads a fact about the store. */
export const readMeta = async (connection: DuckDBConnection, name: string): Promise<string | undefined> =>
  (await one(connection, `SELECT value FROM _mailhunt_meta WHERE name = ${sqlText(name)}`)).value as string | undefined;

/** Writes facts about the store, within the caller's transaction. */
export async function writeMeta(connection: DuckDBConnection, facts: Readonly<Record<string, string>>): Promise<void> {
  const rows = Object.entries(facts).map(([name, value]) => `(${sqlText(name)}, ${sqlText(value)})`);
  await connection.run(`DELETE FROM _mailhunt_meta WHERE name IN (${Object.keys(facts).map(sqlText).join(', ')})`);
  await connection.run(`INSERT INTO _mailhunt_meta VALUES ${rows.join(', ')}`);
}

/**
 * Brings a store up to this program: the steps that it lacks, tables and columns that the Defender schema has got since,
 * and the views. One transaction: a kill leaves the store as it was.
 * Throws STORE0004 where the store is newer than the program.
 */
export async function migrate(
  connection: DuckDBConnection,
  path: string,
  tables: readonly StoredTable[],
): Promise<void> {
  await connection.run('CREATE TABLE IF NOT EXISTS _mailhunt_meta (name VARCHAR, value VARCHAR)');
  const found = Number((await readMeta(connection, 'version')) ?? 0);
  if (found > schemaVersion) throw new MailhuntError('STORE0004', { path, found, known: schemaVersion });
  const { probe } = await one(connection, hashProbe);
  const views = latestViews(tables);
  const wanted = JSON.stringify([schemaVersion, probe, tables.map((table) => createTable(table)), views]);
  // Nearly always nothing has changed, and a start has to be quick.
  if ((await readMeta(connection, 'opened_as')) === wanted) return;
  await connection.run('BEGIN');
  try {
    for (const { statements } of migrations.slice(found)) for (const sql of statements) await connection.run(sql);
    const stale = (await readMeta(connection, 'hash_probe')) !== probe;
    const present = await columnsByTable(connection);
    for (const table of tables) await grow(connection, table, present.get(table.name), stale);
    await noteShuffled(connection, tables);
    for (const sql of views) await connection.run(sql);
    await writeMeta(connection, { version: String(schemaVersion), hash_probe: String(probe), opened_as: wanted });
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
}

/** Creates a table, or adds the columns that it lacks; its rows are hashed anew where that changes their hashes. */
async function grow(
  connection: DuckDBConnection,
  table: StoredTable,
  present: readonly string[] | undefined,
  stale: boolean,
): Promise<void> {
  if (present === undefined) {
    await connection.run(createTable(table));
    return;
  }
  const missing = table.columns.filter(({ sql }) => !present.includes(sql));
  for (const column of missing) await connection.run(addColumn(table, column));
  if (missing.length > 0 || stale) for (const sql of rehash(table)) await connection.run(sql);
}

/** The quoted columns of each table that the database holds, in their order. */
async function columnsByTable(connection: DuckDBConnection): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await all(
    connection,
    `SELECT table_name AS name, column_name AS col FROM duckdb_columns()
     WHERE NOT internal AND schema_name = 'main' ORDER BY table_oid, column_index`,
  );
  const found = new Map<string, string[]>();
  for (const { name, col } of rows) {
    const columns = found.get(String(name)) ?? [];
    // Bookkeeping columns need no quotes.
    columns.push(String(col).startsWith('_') ? String(col) : sqlName(String(col)));
    found.set(String(name), columns);
  }
  return found;
}

/** The tables whose columns do not stand in the order of the schema, because some came in later. */
export async function shuffledTables(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  return new Set(JSON.parse((await readMeta(connection, 'shuffled')) ?? '[]'));
}

async function noteShuffled(connection: DuckDBConnection, tables: readonly StoredTable[]): Promise<void> {
  const found = await columnsByTable(connection);
  const inOrder = ({ name, columns }: StoredTable) =>
    JSON.stringify(found.get(name)) === JSON.stringify([...columns, ...bookkeepingColumns].map(({ sql }) => sql));
  const shuffled = tables.filter((table) => !inOrder(table)).map(({ name }) => name);
  await writeMeta(connection, { shuffled: JSON.stringify(shuffled) });
}

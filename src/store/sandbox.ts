import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../duckdb/index.ts';
import { MailhuntError } from '../errors/index.ts';
import type { Catalog, Engine } from '../kql/index.ts';
import { bareCatalog } from './bare-catalog.ts';
import { Database, lockConfiguration } from './database.ts';
import { QueryEngine } from './engine.ts';
import { cell } from './load.ts';
import type { Batch } from './store.ts';
import { createTable, type StoredColumn, type StoredTable, storedTables } from './stored-table.ts';

/**
 * The tables of the schema in memory, for proofs and witnesses: what is put in replaces what was there, and nothing is
 * kept. One at a time: `fill` waits for no query that still runs.
 */
export interface Sandbox extends AsyncDisposable {
  /** Answers queries; has no access to files or network. */
  readonly engine: Engine;
  /** The tables; says nothing of how many rows they hold, so a query compiled against it holds for whatever comes in. */
  readonly catalog: Catalog;
  /** Puts these rows in place of all that was there. Throws STORE0006, STORE0007, KQL0007 for a cell not of its type. */
  fill(batches: readonly Batch[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an empty sandbox.
 *
 * @example
 * await using sandbox = await openSandbox();
 * await sandbox.fill([{ table: 'EmailEvents', columns: ['Subject'], rows: ['["Invoice"]'] }]);
 */
export async function openSandbox({ memory = '1GB' }: { readonly memory?: string } = {}): Promise<Sandbox> {
  const database = await Database.inMemory({ memory, spill: '0GB', threads: 1 });
  const connection = await database.connect();
  await connection.run([...storedTables.map((table) => createTable(table)), ''].join(';\n'));
  await lockConfiguration(connection);
  return new MemorySandbox(database, connection);
}

const tables: ReadonlyMap<string, StoredTable> = new Map(storedTables.map((table) => [table.name, table]));

class MemorySandbox implements Sandbox {
  readonly engine: QueryEngine;
  readonly catalog: Catalog;
  readonly #database: Database;
  readonly #connection: DuckDBConnection;
  #filled: readonly StoredTable[] = [];

  constructor(database: Database, connection: DuckDBConnection) {
    this.#database = database;
    this.#connection = connection;
    this.engine = new QueryEngine(database, 1);
    this.catalog = bareCatalog();
  }

  async fill(batches: readonly Batch[]): Promise<void> {
    for (const { sql } of this.#filled) await this.#connection.run(`TRUNCATE ${sql}`);
    this.#filled = batches.map(storedTableOf);
    let first = 0;
    for (const batch of batches) {
      await this.#insert(batch, first);
      first += batch.rows.length;
    }
  }

  async #insert(batch: Batch, first: number): Promise<void> {
    if (batch.rows.length === 0) return;
    await this.#connection.run(insertion(batch, first)).catch((cause: Error) => {
      throw new MailhuntError('KQL0007', { text: `a row for ${batch.table}: ${cause.message}` }, { cause });
    });
  }

  async close(): Promise<void> {
    await this.engine.close();
    this.#connection.closeSync();
    this.#database.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function storedTableOf({ table: name, columns }: Batch): StoredTable {
  const table = tables.get(name);
  if (table === undefined) throw new MailhuntError('STORE0006', { table: name });
  const unknown = columns.find((column) => !table.columns.some((known) => known.name === column));
  if (unknown !== undefined) throw new MailhuntError('STORE0007', { table: name, column: unknown });
  return table;
}

/** The rows in the form of a batch, typed as the store types them; each is its own newest report. */
function insertion(batch: Batch, first: number): string {
  const { sql, columns } = storedTableOf(batch);
  const places = new Map(batch.columns.map((name, index) => [name, index + 1]));
  const cells = columns.map((column: StoredColumn) => cell(column, places.get(column.name)));
  const names = [
    ...columns.map((column) => column.sql),
    '_ingest_seq',
    '_ingested_at',
    '_key',
    '_row',
    '_pass',
    '_extra',
  ];
  const time = columns.find(({ name }) => name === 'Timestamp');
  const arrived = time === undefined ? 'NULL::BIGINT' : cell(time, places.get('Timestamp'));
  const extra = `nullif(v[${batch.columns.length + 1}], '')`;
  const values = [...cells, `${first} + i`, arrived, `${first} + i`, '0', 'NULL', extra];
  const texts = batch.rows.map(sqlText).join(', ');
  return `INSERT INTO ${sql} (${names.join(', ')}) SELECT ${values.join(', ')} FROM (
    SELECT i, json_transform(text, '["VARCHAR"]') AS v FROM (
      SELECT unnest(range(${batch.rows.length})) AS i, unnest([${texts}]) AS text))`;
}

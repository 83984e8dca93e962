import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlText } from '../duckdb/index.ts';
import { changes, hasTimestamp } from './load.ts';
import { createTable, type StoredTable } from './stored-table.ts';

/** Runs statements in one transaction: all of them happen, or none. */
async function transaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run('BEGIN');
  try {
    const result = await work();
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** How many rows went, and how many of them queries did not see. */
export interface Removed {
  readonly stored: number;
  readonly superseded: number;
}

/** Removes a table's rows whose `Timestamp` is before the given datetime ticks; rows without one stay. */
export async function removeOlder(connection: DuckDBConnection, table: StoredTable, ticks: bigint): Promise<Removed> {
  if (!hasTimestamp(table)) return { stored: 0, superseded: 0 };
  const old = `"Timestamp" < ${ticks}`;
  return transaction(connection, async () => {
    const superseded = await changes(
      connection,
      `DELETE FROM _mailhunt_superseded WHERE "table" = ${sqlText(table.name)}
       AND seq IN (SELECT _ingest_seq FROM ${table.sql} WHERE ${old})`,
    );
    return { superseded, stored: await changes(connection, `DELETE FROM ${table.sql} WHERE ${old}`) };
  });
}

/** Rewrites a table in the order of its days, within a day in the order of arrival. A kill leaves the old table. */
export async function putInOrder(connection: DuckDBConnection, table: StoredTable): Promise<void> {
  const draft = sqlName(`${table.name}~new`);
  await transaction(connection, async () => {
    await connection.run(createTable(table, draft));
    await connection.run(
      `INSERT INTO ${draft} BY NAME FROM ${table.sql} ORDER BY "Timestamp" // 864000000000 NULLS LAST, _ingest_seq`,
    );
    await connection.run(`DROP TABLE ${table.sql}`);
    await connection.run(`ALTER TABLE ${draft} RENAME TO ${table.sql}`);
    await connection.run(`DELETE FROM _mailhunt_disordered WHERE "table" = ${sqlText(table.name)}`);
  });
  await connection.run('CHECKPOINT');
}

/** Forgets what readings of sources left out, once the source has been read anew. */
export const forgetOldReadings = (connection: DuckDBConnection) =>
  connection.run('DELETE FROM _mailhunt_left_out WHERE pass NOT IN (SELECT pass FROM _mailhunt_sources)');

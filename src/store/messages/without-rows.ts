import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../../duckdb/index.ts';
import { all } from '../load.ts';
import type { StoredTable } from '../stored-table.ts';

/** The table of which each message has a row. */
export const MAIL_TABLE = 'EmailEvents';

/** Ids of a statement. */
async function idsOf(connection: DuckDBConnection, sql: string): Promise<readonly string[]> {
  return (await all(connection, sql)).map(({ id }) => String(id));
}

/** Ids of messages all of whose rows have a `Timestamp` before the given datetime ticks. */
export const idsOnlyBefore = (connection: DuckDBConnection, { sql }: StoredTable, ticks: bigint) =>
  idsOf(
    connection,
    `SELECT "NetworkMessageId" AS id FROM ${sql} GROUP BY 1
     HAVING bool_and(coalesce("Timestamp" < ${ticks}, false)) AND "NetworkMessageId" <> ''`,
  );

/** Ids that a statement can hold at a time. */
const SLICE = 10_000;

/** Those of the ids that no row has. */
export async function idsWithoutRows(
  connection: DuckDBConnection,
  { sql }: StoredTable,
  ids: readonly string[],
): Promise<readonly string[]> {
  const gone: string[] = [];
  for (let start = 0; start < ids.length; start += SLICE) {
    const some = ids
      .slice(start, start + SLICE)
      .map(sqlText)
      .join(', ');
    gone.push(
      ...(await idsOf(connection, `SELECT unnest([${some}]) AS id EXCEPT SELECT "NetworkMessageId" FROM ${sql}`)),
    );
  }
  return gone;
}

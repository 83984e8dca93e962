import { sqlText } from '../duckdb/index.ts';
import type { StoredColumn, StoredTable } from './stored-table.ts';

/** A datetime as people and other programs expect it; the tick below a microsecond is not shown. */
const shown = ({ sql, kqlType }: StoredColumn): string =>
  kqlType === 'datetime' ? `make_timestamp((${sql} - 621355968000000000) // 10) AS ${sql}` : sql;

const view = ({ name, sql, columns }: StoredTable): string =>
  `CREATE OR REPLACE VIEW latest.${sql} AS SELECT ${columns.map(shown).join(', ')} FROM main.${sql}
   WHERE _ingest_seq NOT IN (SELECT seq FROM main._mailhunt_superseded WHERE "table" = ${sqlText(name)})`;

/**
 * Views for people who open the file themselves: the newest report of each thing, its times as TIMESTAMP.
 *
 * @example `duckdb -readonly ~/.mailhunt/mailhunt.duckdb "FROM latest.EmailEvents LIMIT 5"`
 */
export const latestViews = (tables: readonly StoredTable[]): readonly string[] => [
  'CREATE SCHEMA IF NOT EXISTS latest',
  ...tables.map(view),
];

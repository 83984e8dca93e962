import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../../duckdb/index.ts';
import { personColumnsOf } from '../../schema/index.ts';
import { all, changes, one } from '../load.ts';
import { MAIL_TABLE } from '../messages/without-rows.ts';
import { bookkeepingColumns, type StoredTable } from '../stored-table.ts';
import type { Tallies } from '../tallies.ts';
import type { PurgedTable } from './purge-report.ts';

/** Stands where somebody was named. */
const STAND_IN = '[removed]';

/** What the statements of a purge go by. */
export interface TablePurge {
  readonly tables: readonly StoredTable[];
  readonly tallies: Tallies;
  /** Lower or upper case as they were given. */
  readonly persons: readonly string[];
  readonly pattern: string;
}

/** The ids of messages that have rows about the person and none about anybody else. */
const goneMessages = 'CREATE OR REPLACE TEMP TABLE _gone AS SELECT DISTINCT id FROM';

/** Rows that go and rows that change, table by table; `apply` false counts only. Runs in the caller's transaction. */
export async function purgeTables(
  connection: DuckDBConnection,
  { tables, tallies, persons, pattern }: TablePurge,
  apply: boolean,
): Promise<readonly (PurgedTable & { readonly superseded: number })[]> {
  const filled = tables.filter(({ name }) => tallies.stored(name) > 0);
  await connection.run(gone(filled, persons));
  const report: (PurgedTable & { superseded: number })[] = [];
  for (const table of filled) {
    const [about, names] = [isAbout(table, persons), mentions(table, pattern)];
    const found = await one(
      connection,
      `SELECT count(*) FILTER (${about}) AS removed, count(*) FILTER (NOT (${about}) AND (${names})) AS changed FROM ${table.sql}`,
    );
    const [removed, changed] = [Number(found.removed), Number(found.changed)];
    if (removed + changed === 0) continue;
    const told = { table: table.name, removed, changed, superseded: 0 };
    report.push(told);
    if (!apply) continue;
    told.superseded = await changes(
      connection,
      `DELETE FROM _mailhunt_superseded WHERE "table" = ${sqlText(table.name)}
       AND seq IN (SELECT _ingest_seq FROM ${table.sql} WHERE ${about})`,
    );
    if (removed > 0) await connection.run(`DELETE FROM ${table.sql} WHERE ${about}`);
    if (changed > 0) await connection.run(`UPDATE ${table.sql} SET ${withoutNames(table, pattern)} WHERE ${names}`);
  }
  return report;
}

/** The messages of which no row is left, after {@link purgeTables}. */
export const goneIds = async (connection: DuckDBConnection): Promise<readonly string[]> =>
  (await all(connection, 'SELECT id FROM _gone')).map(({ id }) => String(id));

/** Cells that hold a person as a part of a longer text, which may be somebody else's: by table. */
export async function longerTexts(
  connection: DuckDBConnection,
  { tables, tallies, persons }: TablePurge,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const table of tables.filter(({ name }) => tallies.stored(name) > 0)) {
    const holds = textColumns(table).flatMap((sql) =>
      persons.map((person) => `contains(lower(${sql}), ${sqlText(person.toLowerCase())})`),
    );
    const { n } = await one(connection, `SELECT count(*) AS n FROM ${table.sql} WHERE ${holds.join(' OR ')}`);
    if (Number(n) > 0) found.set(table.name, Number(n));
  }
  return found;
}

/** Rows that no table could take, as they were. */
export async function purgeRejectedRows(
  connection: DuckDBConnection,
  { pattern }: TablePurge,
  apply: boolean,
): Promise<number> {
  const holds = `regexp_matches(encode_lossy, ${sqlText(`(?i)${pattern}`)})`;
  const rows = `SELECT rowid AS id, ${readable('bytes')} AS encode_lossy FROM _mailhunt_rejected`;
  const { n } = await one(connection, `SELECT count(*) AS n FROM (${rows}) WHERE ${holds}`);
  if (apply && Number(n) > 0) {
    await connection.run(`DELETE FROM _mailhunt_rejected WHERE rowid IN (SELECT id FROM (${rows}) WHERE ${holds})`);
  }
  return Number(n);
}

/** A BLOB as text: bytes that are no ASCII stand as escapes. */
const readable = (column: string): string => `replace(${column}::VARCHAR, '\\x0A', ' ')`;

function gone(tables: readonly StoredTable[], persons: readonly string[]): string {
  const mail = tables.find(({ name }) => name === MAIL_TABLE);
  if (mail === undefined) return `${goneMessages} (SELECT '' AS id WHERE false)`;
  const whose = isPersons(mail, persons);
  return `${goneMessages} (SELECT "NetworkMessageId" AS id FROM ${mail.sql} WHERE "NetworkMessageId" <> ''
    GROUP BY 1 HAVING bool_and(${whose}))`;
}

/** The row is about the person, or about a message that nobody else had. */
function isAbout(table: StoredTable, persons: readonly string[]): string {
  const hasMessage = table.columns.some(({ name }) => name === 'NetworkMessageId');
  const whose = isPersons(table, persons);
  return hasMessage ? `(${whose} OR "NetworkMessageId" IN (SELECT id FROM _gone))` : whose;
}

function isPersons(table: StoredTable, persons: readonly string[]): string {
  const names = new Set(personColumnsOf(table.schema));
  const list = persons.map((person) => sqlText(person.toLowerCase())).join(', ');
  const whose = table.columns.filter(({ name }) => names.has(name)).map(({ sql }) => `lower(${sql}) IN (${list})`);
  return `(${whose.join(' OR ') || 'false'})`;
}

const textColumns = ({ columns }: StoredTable): readonly string[] =>
  [...columns, ...bookkeepingColumns].filter(({ sqlType }) => sqlType === 'VARCHAR').map(({ sql }) => sql);

const mentions = (table: StoredTable, pattern: string): string =>
  textColumns(table)
    .map((sql) => `coalesce(regexp_matches(${sql}, ${sqlText(`(?i)${pattern}`)}), false)`)
    .join(' OR ');

/** Twice: what stands between two names belongs to the first one. */
const withoutNames = (table: StoredTable, pattern: string): string => {
  const replaced = (sql: string): string =>
    `regexp_replace(${sql}, ${sqlText(`(?i)${pattern}`)}, ${sqlText(`\\1${STAND_IN}\\2`)}, 'g')`;
  return textColumns(table)
    .map((sql) => `${sql} = ${replaced(replaced(sql))}`)
    .join(', ');
};

import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../duckdb/index.ts';
import type { Frame } from './frame.ts';
import { bookkeepingColumns, type StoredColumn, type StoredTable, withHashes } from './stored-table.ts';

/** A frame on its way into its table. */
export interface Arrival {
  readonly frame: Frame;
  /** The reading of its source; null where the batch has no source. */
  readonly pass: number | null;
}

/** Frames of one table and one list of columns, in order. */
export interface Load {
  readonly table: StoredTable;
  readonly arrivals: readonly Arrival[];
  /** The first `_ingest_seq` of its rows; they take one each. */
  readonly firstSeq: bigint;
  /** Rows that the table holds. */
  readonly present: number;
  /** True after a first attempt failed: rows that are no JSON array, or have a cell not of its type, are set aside. */
  readonly lenient: boolean;
}

/** What a load did. */
export interface Loaded {
  readonly stored: number;
  readonly duplicates: number;
  readonly superseded: number;
  readonly rejected: number;
  /** True where rows came in out of the order of their days. */
  readonly disordered: boolean;
}

/** The table that frames are staged in, made once for the connection; `ord` is the place of a frame's first row. */
export const createStaging = `CREATE TEMP TABLE IF NOT EXISTS _arrived
  (ord INTEGER, run INTEGER, pass INTEGER, arrived_at BIGINT, rows BLOB)`;

/** The rows of frames, each the text of a JSON array; `source` has the columns of the staging table. */
export const linesOf = (source: string): string =>
  `SELECT ord + unnest(range(len(texts)))::INTEGER AS ord, run, pass, arrived_at, unnest(texts) AS text
  FROM (SELECT ord, run, pass, arrived_at, string_split(decode(rows), chr(10)) AS texts FROM ${source})`;

const splitFrames = `CREATE OR REPLACE TEMP TABLE _lines AS ${linesOf('_arrived')}`;

/**
 * Loads frames into their table, within the transaction that the caller has begun: stage them as they are, let the
 * engine take them apart in its own threads, tell the new from the known, insert, note what is superseded.
 */
export async function load(connection: DuckDBConnection, job: Load): Promise<Loaded> {
  const arrived = await stage(connection, job.arrivals);
  await connection.run(splitFrames);
  await connection.run(explode(job));
  // Hashes in a statement of their own, and again on insertion: the engine would take the arrays apart for each of them.
  await connection.run(`CREATE OR REPLACE TEMP TABLE _hashed AS
    SELECT _ord, _run, _pass, _keyed, _key, _row FROM (${withHashes(job.table, '_batch')})`);
  const { rows, keys } = await one(connection, 'SELECT count(*) AS rows, count(DISTINCT _key) AS keys FROM _hashed');
  const { disorder } = await one(connection, disorderOf(job.table));
  const total = Number(rows);
  const rejected = arrived - total;
  if (rejected > 0) await reject(connection, job);
  const plain = total === Number(keys) && !(await anyKnown(connection, job));
  const { stored, superseded } = plain
    ? { stored: await insert(connection, job, 'true'), superseded: 0 }
    : await loadKnown(connection, job);
  return { stored, duplicates: total - stored, superseded, rejected, disordered: disorder === true };
}

/** Hands the frames over as they are, and returns how many rows they hold: row by row it would keep this thread busy. */
async function stage(connection: DuckDBConnection, arrivals: readonly Arrival[]): Promise<number> {
  await connection.run('TRUNCATE _arrived');
  const appender = await connection.createAppender('_arrived', 'main', 'temp');
  let ord = 0;
  let run = 0;
  let before: number | null | undefined;
  for (const { frame, pass } of arrivals) {
    // Batches without a source stand each for itself.
    if (pass === null || pass !== before) run++;
    before = pass;
    appender.appendInteger(ord);
    appender.appendInteger(run);
    if (pass === null) appender.appendNull();
    else appender.appendInteger(pass);
    appender.appendBigInt(BigInt(frame.header.at));
    appender.appendBlob(frame.rows);
    appender.endRow();
    ord += frame.header.count;
  }
  appender.closeSync();
  return ord;
}

/** Takes the staged JSON arrays apart into typed columns. */
const explode = (job: Load): string =>
  `CREATE OR REPLACE TEMP TABLE _batch AS ${typedRows(job, columnsOf(job), '_lines')}`;

/** The columns that the cells of a load stand for. */
export const columnsOf = ({ arrivals }: Load): readonly string[] => arrivals[0]!.frame.header.columns;

/** SQL of the rows of {@link linesOf}, their cells in typed columns; without `lenient` what is none is an error. */
export function typedRows(
  { table, lenient }: Pick<Load, 'table' | 'lenient'>,
  given: readonly string[],
  lines: string,
): string {
  const places = new Map(given.map((name, index) => [name, index + 1]));
  const cells = table.columns.map((column) => `${cell(column, places.get(column.name))} AS ${column.sql}`);
  const text = lenient ? "CASE WHEN json_valid(text) AND json_type(text) = 'ARRAY' THEN text END" : 'text';
  const lists = `SELECT ord, run, pass, arrived_at, json_transform(${text}, '["VARCHAR"]') AS v FROM ${lines}`;
  const readable = lenient ? table.columns.map((column) => fits(column, places.get(column.name))) : [];
  return `SELECT ord AS _ord, run AS _run, pass AS _pass, arrived_at AS _ingested_at, ${cells.join(', ')},
    nullif(v[${given.length + 1}], '') AS _extra FROM (${lists}) WHERE ${['v IS NOT NULL', ...readable].join(' AND ')}`;
}

/** SQL that reads a cell out of the list `v` of a row's texts; a column that is not given is null. */
export function cell({ kqlType, sqlType }: StoredColumn, place: number | undefined): string {
  if (kqlType === 'string') return place === undefined ? "''" : `coalesce(v[${place}], '')`;
  if (place === undefined) return `NULL::${sqlType}`;
  return kqlType === 'dynamic' ? `nullif(v[${place}], '')` : `CAST(v[${place}] AS ${sqlType})`;
}

/** Whether the text of a cell is of the column's type. */
const fits = ({ kqlType, sqlType }: StoredColumn, place: number | undefined): string =>
  place === undefined || sqlType === 'VARCHAR' || kqlType === 'string'
    ? 'true'
    : `(v[${place}] IS NULL OR TRY_CAST(v[${place}] AS ${sqlType}) IS NOT NULL)`;

/** Whether a row's day is before that of a row stored or staged earlier. */
function disorderOf(table: StoredTable): string {
  if (!hasTimestamp(table)) return 'SELECT false AS disorder';
  return `SELECT coalesce(bool_or(day < before), false) OR
    coalesce(min(day) < (SELECT max("Timestamp") // 864000000000 FROM ${table.sql}), false) AS disorder
    FROM (SELECT day, lag(day) OVER (ORDER BY _ord) AS before
      FROM (SELECT _ord, "Timestamp" // 864000000000 AS day FROM _batch))`;
}

/** Whether the table has the column that days, retention and summaries go by. */
export const hasTimestamp = (table: StoredTable): boolean => table.columns.some(({ name }) => name === 'Timestamp');

async function anyKnown(connection: DuckDBConnection, { table, present }: Load): Promise<boolean> {
  if (present === 0) return false;
  const { known } = await one(
    connection,
    `SELECT count(*) AS known FROM (SELECT 1 FROM ${table.sql} WHERE _key IN (SELECT _key FROM _hashed) LIMIT 1)`,
  );
  return Number(known) > 0;
}

/** Inserts the rows of the batch that a condition holds for. */
const insert = (connection: DuckDBConnection, { table, firstSeq }: Load, condition: string): Promise<number> =>
  changes(connection, insertion(table, { firstSeq: String(firstSeq), rows: `(FROM _batch WHERE ${condition})` }));

/** SQL that inserts rows of {@link typedRows}; `firstSeq` is SQL, too. */
export function insertion(
  table: StoredTable,
  { firstSeq, rows }: { readonly firstSeq: string; readonly rows: string },
): string {
  const names = [...table.columns, ...bookkeepingColumns].map(({ sql }) => sql);
  const values = names.map((name) => (name === '_ingest_seq' ? `${firstSeq} + _ord` : name));
  return `INSERT INTO ${table.sql} (${names.join(', ')})
    SELECT ${values.join(', ')} FROM (${withHashes(table, rows)})`;
}

/** Loads a batch in which keys repeat, among themselves or those of the table. */
async function loadKnown(connection: DuckDBConnection, job: Load): Promise<Pick<Loaded, 'stored' | 'superseded'>> {
  const { table } = job;
  await connection.run(`CREATE OR REPLACE TEMP TABLE _repeated AS SELECT _ord, _run, _pass, _key, _row, _keyed FROM _hashed
    WHERE _key IN (SELECT _key FROM _hashed GROUP BY _key HAVING count(*) > 1)
    OR _key IN (SELECT _key FROM ${table.sql} WHERE _key IN (SELECT _key FROM _hashed))`);
  let stored = await insert(connection, job, '_ord NOT IN (SELECT _ord FROM _repeated)');
  stored += await insert(connection, job, `_ord IN (${newVersions(table)})`);
  const superseded = await supersede(connection, job);
  for (const { run, pass } of await all(
    connection,
    'SELECT DISTINCT _run AS run, _pass AS pass FROM _repeated WHERE NOT _keyed ORDER BY 1',
  )) {
    stored += await loadRepeats(connection, job, Number(run), pass === null ? undefined : Number(pass));
  }
  return { stored, superseded };
}

/** Among reports of things that have a key: those whose content was not stored under it before. */
const newVersions = (table: StoredTable): string =>
  `SELECT min(_ord) FROM _repeated AS r ANTI JOIN (SELECT _key, _row FROM ${table.sql}) AS t USING (_key, _row)
   WHERE _keyed GROUP BY _key, _row`;

/** Notes which rows a newer report of the same thing has replaced. */
const supersede = (connection: DuckDBConnection, { table }: Load): Promise<number> =>
  changes(
    connection,
    `INSERT INTO _mailhunt_superseded SELECT ${sqlText(table.name)}, seq FROM (
      SELECT _ingest_seq AS seq, max(_ingest_seq) OVER (PARTITION BY _key) AS newest
      FROM ${table.sql} WHERE _key IN (SELECT _key FROM _repeated WHERE _keyed)
    ) WHERE seq < newest AND seq NOT IN (SELECT seq FROM _mailhunt_superseded WHERE "table" = ${sqlText(table.name)})`,
  );

/**
 * Loads rows that stand for themselves. Equal rows of one source are different events, so the k-th of them is new when
 * fewer than k are stored; how many this reading has met are those that it stored and those that it left out.
 */
async function loadRepeats(
  connection: DuckDBConnection,
  job: Load,
  run: number,
  pass: number | undefined,
): Promise<number> {
  const met = pass === undefined ? '0' : `(count(*) FILTER (_pass = ${pass}))`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE _met AS
    WITH mine AS (SELECT _ord, _key, row_number() OVER (PARTITION BY _key ORDER BY _ord) AS k
      FROM _repeated WHERE NOT _keyed AND _run = ${run}),
    known AS (SELECT _key, count(*) AS stored, ${met} AS met FROM ${job.table.sql}
      WHERE _key IN (SELECT _key FROM mine) GROUP BY _key),
    left_out AS (SELECT key AS _key, sum(n) AS met FROM _mailhunt_left_out WHERE pass = ${pass ?? -1} GROUP BY key)
    SELECT _ord, _key, coalesce(known.met, 0) + coalesce(left_out.met, 0) + k > coalesce(known.stored, 0) AS new
    FROM mine LEFT JOIN known USING (_key) LEFT JOIN left_out USING (_key)`);
  if (pass !== undefined) {
    await connection.run(
      `INSERT INTO _mailhunt_left_out SELECT ${pass}, _key, count(*) FROM _met WHERE NOT new GROUP BY _key`,
    );
  }
  return insert(connection, job, '_ord IN (SELECT _ord FROM _met WHERE new)');
}

/** Keeps the rows that could not be read for a look. */
const reject = (connection: DuckDBConnection, { table }: Load) =>
  connection.run(`INSERT INTO _mailhunt_rejected SELECT ${sqlText(table.name)}, arrived_at, encode(text) FROM _lines
    WHERE ord NOT IN (SELECT _ord FROM _batch)`);

/** Runs a statement and returns its rows as objects. */
export const all = async (connection: DuckDBConnection, sql: string) =>
  (await connection.runAndReadAll(sql)).getRowObjects();

/** Runs a statement and returns its first row. */
export const one = async (connection: DuckDBConnection, sql: string) => (await all(connection, sql))[0] ?? {};

/** Runs an INSERT, UPDATE or DELETE and returns how many rows it changed. */
export const changes = async (connection: DuckDBConnection, sql: string): Promise<number> =>
  (await connection.run(sql)).rowsChanged;

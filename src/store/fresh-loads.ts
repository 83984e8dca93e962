import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { KnownKeys } from './known-keys.ts';
import {
  type Arrival,
  all,
  columnsOf,
  hasTimestamp,
  insertion,
  type Load,
  type Loaded,
  linesOf,
  one,
  typedRows,
} from './load.ts';
import type { StoredTable } from './stored-table.ts';

/** Beyond, staging the frames costs less than a statement for each of them. */
const FRAMES = 16;
/** Prepared statements that are kept: one for each table and list of columns. */
const STATEMENTS = 64;
/** Reading all keys of a table into a filter costs as much as so many scans of them. */
const SCANS = 24;
/** Bytes that filters may take together. */
const FILTERS = 128 * 1024 * 1024;

/** Of a key, 53 bits as good as random. */
const mark = '(hash(_key) & 9007199254740991)::DOUBLE';
const dayOf = (table: StoredTable): string =>
  hasTimestamp(table) ? '("Timestamp" // 864000000000)::INTEGER' : 'NULL::INTEGER';

/** What is remembered of a table, so that its rows need not be looked at for each load. */
interface Remembered {
  /** Has every key of the table, and perhaps others. */
  keys: KnownKeys | undefined;
  /** How often the keys have been scanned for want of it. */
  scans: number;
  /** The greatest day of a row; null where no row has one, undefined where it is not known. */
  lastDay: number | null | undefined;
}

/** What a statement tells of the rows that it inserted, column by column. */
type Inserted = [seqs: number[], marks: number[], days: (number | null)[]];

/**
 * Loads of few rows none of which is known: the usual mail. One prepared statement a frame takes it apart, hashes and
 * inserts it, and what is remembered of the table tells that its keys are new and its days in order. In doubt nothing is
 * said, the transaction goes back, and `load` does it by looking at the rows.
 *
 * Lives as long as its connection, which has to be the only one that writes.
 */
export class FreshLoads {
  readonly #connection: DuckDBConnection;
  readonly #statements = new Map<string, DuckDBPreparedStatement>();
  readonly #tables = new Map<string, Remembered>();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Loads frames within the caller's transaction; undefined where it has to be undone and done by `load`. */
  async load(job: Load): Promise<Loaded | undefined> {
    const { table, arrivals, firstSeq, present } = job;
    if (arrivals.length > FRAMES) return undefined;
    const statement = await this.#statementFor(job);
    if (statement === undefined) return undefined;
    const before = present === 0 ? null : await this.#lastDay(table);
    const [seqs, marks, days] = await inserted(statement, arrivals, firstSeq);
    const expected = arrivals.reduce((sum, { frame }) => sum + frame.header.count, 0);
    const first = Number(firstSeq);
    if (seqs.length !== expected || seqs.some((seq, at) => seq !== first + at)) return undefined;
    if (new Set(marks).size < marks.length || (await this.#mayBeKnown(job, marks))) return undefined;
    this.#of(table).lastDay = greatest(days, before);
    const disordered = isDisordered(days, before);
    return { stored: expected, duplicates: 0, superseded: 0, rejected: 0, disordered };
  }

  /** Notes what `load` has brought into a table: its staging tables are still there. */
  async takeIn(table: StoredTable): Promise<void> {
    const remembered = this.#of(table);
    remembered.lastDay = undefined;
    if (remembered.keys !== undefined) await this.#fill(remembered.keys, '_hashed');
  }

  /** A transaction was undone. What it had put into filters stays: a key too many costs a look, no more. */
  undone(): void {
    for (const remembered of this.#tables.values()) remembered.lastDay = undefined;
  }

  /** Somebody else has written to the tables. */
  forget(): void {
    this.#tables.clear();
  }

  async #statementFor(job: Load): Promise<DuckDBPreparedStatement | undefined> {
    const { table } = job;
    const columns = columnsOf(job);
    const name = JSON.stringify([table.name, columns]);
    const known = this.#statements.get(name);
    if (known !== undefined || this.#statements.size >= STATEMENTS) return known;
    // Only parameters are read: a plan that is kept must not go by what was in a table when it was made.
    const frame = '(SELECT 0 AS ord, 0 AS run, $1::INTEGER AS pass, $2::BIGINT AS arrived_at, $3::BLOB AS rows)';
    // Without MATERIALIZED the arrays would be taken apart for each hash.
    const statement = await this.#connection.prepare(`WITH lines AS MATERIALIZED (${linesOf(frame)}),
      batch AS MATERIALIZED (${typedRows({ table, lenient: false }, columns, 'lines')})
      ${insertion(table, { firstSeq: '$4::BIGINT', rows: 'batch' })}
      RETURNING _ingest_seq::DOUBLE AS seq, ${mark} AS mark, ${dayOf(table)} AS day`);
    this.#statements.set(name, statement);
    return statement;
  }

  async #lastDay(table: StoredTable): Promise<number | null> {
    const remembered = this.#of(table);
    if (remembered.lastDay !== undefined) return remembered.lastDay;
    const { day } = await one(this.#connection, `SELECT max(${dayOf(table)}) AS day FROM ${table.sql}`);
    return (day ?? null) as number | null;
  }

  /** Whether one of the keys that were inserted may have been in the table before; they are remembered from now on. */
  async #mayBeKnown({ table, firstSeq, present }: Load, marks: readonly number[]): Promise<boolean> {
    const keys = await this.#keysOf(table, firstSeq, present);
    if (keys === undefined) return present > 0 && this.#scan(table, firstSeq);
    const isDoubtful = marks.some((one) => keys.mayHave(one));
    for (const one of marks) keys.add(one);
    return isDoubtful && this.#scan(table, firstSeq);
  }

  async #keysOf(table: StoredTable, firstSeq: bigint, present: number): Promise<KnownKeys | undefined> {
    const remembered = this.#of(table);
    if (remembered.keys?.isFull) remembered.keys = undefined;
    if (remembered.keys === undefined && remembered.scans >= SCANS) {
      const taken = [...this.#tables.values()].reduce((sum, { keys }) => sum + (keys?.size ?? 0), 0);
      remembered.keys = KnownKeys.for(present, FILTERS - taken);
      if (remembered.keys !== undefined) {
        await this.#fill(remembered.keys, `(FROM ${table.sql} WHERE _ingest_seq < ${firstSeq})`);
      }
    }
    return remembered.keys;
  }

  /** Looks at all keys from before the load. */
  async #scan(table: StoredTable, firstSeq: bigint): Promise<boolean> {
    this.#of(table).scans++;
    const found = await all(
      this.#connection,
      `SELECT 1 FROM ${table.sql} WHERE _ingest_seq < ${firstSeq}
       AND _key IN (SELECT _key FROM ${table.sql} WHERE _ingest_seq >= ${firstSeq}) LIMIT 1`,
    );
    return found.length > 0;
  }

  async #fill(keys: KnownKeys, source: string): Promise<void> {
    const result = await this.#connection.stream(`SELECT ${mark} AS mark FROM ${source}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      const marks = chunk.getColumnVector(0);
      for (let row = 0; row < chunk.rowCount; row++) keys.add(marks.getItem(row) as number);
    }
  }

  #of({ name }: StoredTable): Remembered {
    let remembered = this.#tables.get(name);
    if (remembered === undefined) {
      remembered = { keys: undefined, scans: 0, lastDay: undefined };
      this.#tables.set(name, remembered);
    }
    return remembered;
  }
}

/** Runs the statement for each frame. */
async function inserted(
  statement: DuckDBPreparedStatement,
  arrivals: readonly Arrival[],
  firstSeq: bigint,
): Promise<Inserted> {
  const told: Inserted = [[], [], []];
  let seq = firstSeq;
  for (const { frame, pass } of arrivals) {
    if (pass === null) statement.bindNull(1);
    else statement.bindInteger(1, pass);
    statement.bindBigInt(2, BigInt(frame.header.at));
    statement.bindBlob(3, frame.rows);
    statement.bindBigInt(4, seq);
    const columns = (await statement.runAndReadAll()).getColumns() as Inserted;
    for (const [at, column] of told.entries()) for (const value of columns[at]!) (column as unknown[]).push(value);
    seq += BigInt(frame.header.count);
  }
  return told;
}

/** Whether a row's day is before that of the row before it, or one is before the last that was stored. */
function isDisordered(days: readonly (number | null)[], last: number | null): boolean {
  return days.some((day, at) => {
    if (day === null) return false;
    const before = days[at - 1] ?? null;
    return (before !== null && day < before) || (last !== null && day < last);
  });
}

const greatest = (days: readonly (number | null)[], last: number | null): number | null =>
  days.reduce((most, day) => (day === null || (most !== null && most >= day) ? most : day), last);

/** The store that the hunts are measured on: 30 days of mail, clicks, links and files, made inside DuckDB, the same on every machine. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openStore, type Store } from '../src/store/index.ts';
import { TICKS_PER_DAY, TICKS_PER_HOUR, ticksFromUnixMs } from '../src/values/index.ts';
import { authenticationTexts } from './authentication.ts';
import { carriedRows, clickColumns, clickRows, emailColumns, emailRows, fileColumns, urlColumns } from './columns.ts';

/** `now()` of every hunt, in datetime ticks. */
export const benchNow = ticksFromUnixMs(Date.UTC(2026, 6, 18, 9, 30));
const DAYS = 30n;
/** The first mail is a few minutes older than the 30 days that the hunts look back. */
const start = benchNow - DAYS * TICKS_PER_DAY - TICKS_PER_HOUR / 6n;

/** A table of the benchmark: how many rows it has for each row of mail, and what makes them. */
interface BenchTable {
  readonly name: string;
  readonly perMail: number;
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: (rows: number, mails: number) => string;
}

const benchTables: readonly BenchTable[] = [
  { name: 'EmailEvents', perMail: 1, columns: emailColumns, rows: (rows) => emailRows(rows, start, DAYS) },
  {
    name: 'UrlClickEvents',
    perMail: 0.4,
    columns: clickColumns,
    rows: (rows, mails) => clickRows(rows, mails, start, DAYS),
  },
  {
    name: 'EmailUrlInfo',
    perMail: 0.6,
    columns: urlColumns,
    rows: (rows, mails) => carriedRows(rows, mails, start, DAYS),
  },
  {
    name: 'EmailAttachmentInfo',
    perMail: 0.2,
    columns: fileColumns,
    rows: (rows, mails) => carriedRows(rows, mails, start, DAYS),
  },
];

/** How a store for measurements is made. */
export interface BenchStoreOptions {
  /** What the engine may use; 3 GB where nothing is said. */
  readonly memory?: string;
  /** Only the columns that `bench/scaling.ts` reads are filled: a third of the time and room. */
  readonly lean?: boolean;
  /** Rows in no order, as if they had come in that way; else in the order of time. */
  readonly shuffled?: boolean;
}

/** Where the store keeps its tables. */
const DATABASE = 'mailhunt.duckdb';

const open = (folder: string, { memory = '3GB' }: BenchStoreOptions): Promise<Store> =>
  openStore(folder, { memory, idle: 0 });

/** What stays filled in a lean store. */
const leanColumns = new Set([
  ...['Timestamp', 'NetworkMessageId', 'SenderFromAddress', 'SenderFromDomain', 'RecipientEmailAddress', 'Subject'],
  ...['EmailDirection', 'DeliveryAction', 'ThreatTypes', 'AuthenticationDetails', 'EmailSize', 'Url', 'ActionType'],
]);

/** Rows that one statement inserts: sorting more of them at once would need more memory than there is. */
const PART = 2_500_000;

/** Fills a table; the columns that nothing fills keep their default, '' for strings and null else. */
function insertInto(
  { name, columns }: BenchTable,
  { lean = false }: BenchStoreOptions,
  rows: string,
  order: string,
  firstSeq: number,
): string {
  const filled = Object.entries(columns).filter(([column]) => !lean || leanColumns.has(column));
  const cells = filled.map(([column, sql]) => `${sql} AS "${column}"`);
  return `INSERT INTO "${name}" BY NAME SELECT ${cells.join(',\n  ')},
  i + ${firstSeq} AS _ingest_seq, ticks AS _ingested_at, md5_number('${name}' || i) AS _key, hash(i) AS _row, 1 AS _pass
  FROM (${rows}) ORDER BY ${order}`;
}

function authenticationTable(): string {
  const texts = authenticationTexts.map((text, slot) => `(${slot}, '${text}')`);
  return `CREATE TEMP TABLE authentication_text AS SELECT * FROM (VALUES ${texts.join(', ')}) verdict(slot, text)`;
}

/** In parts: one after the other in time, or each drawn from all of them. */
async function fill(file: string, mails: number, options: BenchStoreOptions): Promise<void> {
  const { shuffled = false } = options;
  const database = await DuckDBInstance.create(file, { memory_limit: '6GB' });
  const connection = await database.connect();
  await connection.run(authenticationTable());
  let nextSeq = 1;
  for (const table of benchTables) {
    const rows = Math.round(mails * table.perMail);
    const parts = Math.ceil(rows / PART);
    for (let part = 0; part < parts; part += 1) {
      const mine = shuffled ? `hash(i, 'part') % ${parts} = ${part}` : `i // ${PART} = ${part}`;
      const source = `SELECT * FROM (${table.rows(rows, mails)}) WHERE ${mine}`;
      await connection.run(insertInto(table, options, source, shuffled ? "hash(i, 'order')" : 'i', nextSeq));
    }
    nextSeq += rows;
  }
  await connection.run(`INSERT INTO _mailhunt_meta VALUES ('next_seq', '${nextSeq}')`);
  await connection.run('CHECKPOINT');
  connection.closeSync();
  database.closeSync();
}

/**
 * Opens a store with that many rows of `EmailEvents` and the other tables in proportion, made where it is not there yet
 * (10 million: some minutes).
 *
 * The rows go straight into the store's database: how fast they come in is another benchmark's question.
 */
export async function benchStore(mails: number, options: BenchStoreOptions = {}): Promise<Store> {
  const folder = benchFolder(mails, options);
  if (existsSync(folder)) return open(folder, options);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await (await open(unfinished, options)).close();
  await fill(join(unfinished, DATABASE), mails, options);
  await rename(unfinished, folder);
  return open(folder, options);
}

/** Where such a store is kept for the next run. */
export const benchFolder = (mails: number, { shuffled, lean }: BenchStoreOptions): string =>
  join(
    import.meta.dirname,
    '..',
    '.cache',
    'bench',
    `${lean ? 'lean' : 'mail'}-${mails}${shuffled ? '-shuffled' : ''}`,
  );

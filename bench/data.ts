/** The store that the hunts are measured on: 30 days of mail and clicks, made inside DuckDB, the same on every machine. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openStore, type Store } from '../src/store/index.ts';
import { TICKS_PER_DAY, TICKS_PER_HOUR, ticksFromUnixMs } from '../src/values/index.ts';
import { authenticationTexts } from './authentication.ts';
import { clickColumns, clickRows, emailColumns, emailRows } from './columns.ts';

/** `now()` of every hunt, in datetime ticks. */
export const benchNow = ticksFromUnixMs(Date.UTC(2026, 6, 18, 9, 30));
const DAYS = 30n;
/** The first mail is a few minutes older than the 30 days that the hunts look back. */
const start = benchNow - DAYS * TICKS_PER_DAY - TICKS_PER_HOUR / 6n;
const CLICKS_PER_MAIL = 0.4;

/** Where the store keeps its tables. */
const DATABASE = 'mailhunt.duckdb';

const open = (folder: string): Promise<Store> => openStore(folder, { memory: '3GB', idle: 0 });

/** Fills a table; the columns that nothing fills keep their default, '' for strings and null else. */
function insertInto(table: string, columns: Readonly<Record<string, string>>, rows: string, firstSeq: number): string {
  const cells = Object.entries(columns).map(([name, sql]) => `${sql} AS "${name}"`);
  return `INSERT INTO "${table}" BY NAME SELECT ${cells.join(',\n  ')},
  i + ${firstSeq} AS _ingest_seq, ticks AS _ingested_at, md5_number('${table}' || i) AS _key, hash(i) AS _row, 1 AS _pass
  FROM (${rows})`;
}

function authenticationTable(): string {
  const texts = authenticationTexts.map((text, slot) => `(${slot}, '${text}')`);
  return `CREATE TEMP TABLE authentication_text AS SELECT * FROM (VALUES ${texts.join(', ')}) verdict(slot, text)`;
}

async function fill(file: string, mails: number): Promise<void> {
  const clicks = Math.round(mails * CLICKS_PER_MAIL);
  const database = await DuckDBInstance.create(file, { memory_limit: '4GB' });
  const connection = await database.connect();
  await connection.run(authenticationTable());
  await connection.run(insertInto('EmailEvents', emailColumns, emailRows(mails, start, DAYS), 1));
  await connection.run(insertInto('UrlClickEvents', clickColumns, clickRows(clicks, mails, start, DAYS), 1 + mails));
  await connection.run(`INSERT INTO _mailhunt_meta VALUES ('next_seq', '${mails + clicks + 1}')`);
  await connection.run('CHECKPOINT');
  connection.closeSync();
  database.closeSync();
}

/**
 * Opens a store with that many rows of `EmailEvents` and two of `UrlClickEvents` for every five of them, made where it
 * is not there yet (5 million: one to three minutes).
 *
 * The rows go straight into the store's database: how fast they come in is another benchmark's question.
 */
export async function benchStore(mails: number): Promise<Store> {
  const folder = join(import.meta.dirname, '..', '.cache', 'bench', `mail-${mails}`);
  if (existsSync(folder)) return open(folder);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await (await open(unfinished)).close();
  await fill(join(unfinished, DATABASE), mails);
  await rename(unfinished, folder);
  return open(folder);
}

import { setImmediate } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Applier } from '../applier.ts';
import type { Database } from '../database.ts';
import type { QueryEngine } from '../engine.ts';
import type { Journal } from '../journal.ts';
import type { MessageBox } from '../messages/message-box.ts';
import type { StoredTable } from '../stored-table.ts';
import type { Tallies } from '../tallies.ts';
import { filesNaming, removeAside } from './files-naming.ts';
import { personPattern } from './person-pattern.ts';
import type { LeftBehind, PurgeReport, PurgeRequest } from './purge-report.ts';
import { goneIds, longerTexts, purgeRejectedRows, purgeTables, type TablePurge } from './purge-tables.ts';

/** What of a store a purge works with. */
export interface PurgeParts {
  readonly path: string;
  readonly tables: readonly StoredTable[];
  readonly tallies: Tallies;
  readonly applier: Applier;
  readonly queries: QueryEngine;
  readonly database: Database;
  readonly journal: Journal;
  readonly messages: MessageBox;
}

/** All that can be read in a message, decoded; its bytes are looked at anyway. */
export type TextsOf = (bytes: Buffer) => Iterable<string>;

/**
 * Removes what a store knows of a person, and makes sure that it is in no file any more: rows, names in the rows of
 * others, raw messages, what was set aside. The order is such that a purge that was killed is made whole by another one.
 * Messages first, while rows tell which they are; then the rows, in one transaction; then the database's file is written
 * anew, for the engine leaves the old bytes in it.
 */
export async function purge(
  parts: PurgeParts,
  { persons, dryRun }: PurgeRequest,
  textsOf: TextsOf,
): Promise<PurgeReport> {
  const { tables, tallies, applier, messages, path } = parts;
  const pattern = personPattern(persons);
  const names = new RegExp(pattern, 'i');
  const job: TablePurge = { tables, tallies, persons, pattern };
  await applier.drain();
  const planned = await applier.exclusive((connection) => inTransaction(connection, job, false));
  const gone = new Set([...planned.gone, ...(await messagesNaming(messages, names, textsOf))]);
  if (dryRun) {
    const aside = await filesNaming(path, names, 'aside');
    return {
      dryRun,
      tables: planned.tables,
      messages: (await messages.has([...gone])).size,
      rejected: planned.rejected + aside.length,
      left: await leftBehind(parts, names),
    };
  }
  const removed = await messages.remove(gone);
  const done = await applier.exclusive((connection) => inTransaction(connection, job, true));
  const aside = await removeAside(path, names);
  await rewrite(parts);
  const left = [...(await leftBehind(parts, names)), ...(await longer(parts, job))];
  return { dryRun, tables: done.tables, messages: removed, rejected: done.rejected + aside, left };
}

interface Done {
  readonly tables: PurgeReport['tables'];
  readonly rejected: number;
  readonly gone: readonly string[];
}

async function inTransaction(connection: DuckDBConnection, job: TablePurge, apply: boolean): Promise<Done> {
  await connection.run('BEGIN');
  try {
    const purged = await purgeTables(connection, job, apply);
    const rejected = await purgeRejectedRows(connection, job, apply);
    const gone = await goneIds(connection);
    await connection.run(apply ? 'COMMIT' : 'ROLLBACK');
    if (apply) for (const { table, removed, superseded } of purged) job.tallies.remove(table, removed, superseded);
    return { tables: purged.map(({ superseded: _, ...told }) => told), rejected, gone };
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** Milliseconds after which whoever else needs this thread has it. */
const TURN = 20;

async function messagesNaming(messages: MessageBox, names: RegExp, textsOf: TextsOf): Promise<readonly string[]> {
  const ids: string[] = [];
  let until = performance.now() + TURN;
  for await (const { id, bytes } of messages.all()) {
    if (isNamed(Buffer.from(bytes), names, textsOf)) ids.push(id);
    if (performance.now() < until) continue;
    await setImmediate();
    until = performance.now() + TURN;
  }
  return ids;
}

/** Whether a message names somebody, in the source or decoded. */
export function isNamed(bytes: Buffer, names: RegExp, textsOf: TextsOf): boolean {
  if (names.test(bytes.toString('latin1'))) return true;
  for (const text of textsOf(bytes)) if (names.test(text)) return true;
  return false;
}

/** The old bytes of what was removed stand in the free blocks of the database and in the journal. */
async function rewrite({ applier, queries, database, journal }: PurgeParts): Promise<void> {
  await applier.alone(() => queries.alone(() => database.rewrite()));
  await journal.rotate();
  await journal.release(applier.applied);
}

/** Where a gate has its folder that was told of no other; what it writes nobody edits. */
const GATE = 'gate/';
const OF_GATE =
  'the mail gate’s: mailhunt purge on this machine removes it, once the store has what waits for it there';
const OF_PEOPLE = 'a file that people wrote, or that says what people did: edit it';

async function leftBehind({ path, messages }: PurgeParts, names: RegExp): Promise<readonly LeftBehind[]> {
  const files = await filesNaming(path, names, 'others');
  return [
    ...files.map((where) => ({ where, why: where.startsWith(GATE) ? OF_GATE : OF_PEOPLE })),
    ...messages.problems.map(({ facts }) => ({
      where: String(facts.path),
      why: 'it is damaged there, so that nobody can tell what it says',
    })),
  ];
}

async function longer({ applier }: PurgeParts, job: TablePurge): Promise<readonly LeftBehind[]> {
  const found = await applier.exclusive((connection) => longerTexts(connection, job));
  return [...found].map(([where, n]) => ({
    where,
    why: `in ${n} rows it is part of a longer text, which may be another address`,
  }));
}

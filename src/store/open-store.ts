import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqlText } from '../duckdb/index.ts';
import { MailhuntError } from '../errors/index.ts';
import type { Catalog, Engine } from '../kql/index.ts';
import { ticksFromUnixMs, unixMsFromTicks } from '../values/index.ts';
import { Applier } from './applier.ts';
import { BACKUP_FORMAT } from './backup/backup-format.ts';
import { freeze, removeStages } from './backup/frozen-store.ts';
import { backupTar } from './backup/write-backup.ts';
import { catalogOf } from './catalog.ts';
import { Database, lockConfiguration } from './database.ts';
import { QueryEngine } from './engine.ts';
import { draftOf } from './frame.ts';
import { Journal, type OpenFile, type Recovered } from './journal.ts';
import { hasTimestamp } from './load.ts';
import { PackBox } from './messages/pack-box.ts';
import { idsOnlyBefore, idsWithoutRows, MAIL_TABLE } from './messages/without-rows.ts';
import { migrate, readMeta, schemaVersion, shuffledTables } from './migrations.ts';
import { type Owner, readOwner, removeOwner, writeOwner } from './owner.ts';
import { purge, type TextsOf } from './purge/purge.ts';
import type { PurgeReport, PurgeRequest } from './purge/purge-report.ts';
import { Sources } from './sources.ts';
import type { Appended, Batch, Counts, Store, StoreOptions, TableSummary } from './store.ts';
import { type StoredTable, storedTables } from './stored-table.ts';
import { Tallies } from './tallies.ts';
import { forgetOldReadings, putInOrder, removeOlder } from './upkeep.ts';

/** What tests put in place of the real thing. */
export interface StoreParts {
  readonly tables?: readonly StoredTable[];
  readonly openFile?: OpenFile;
}

/** The engine would let one process open a file twice; a store has one holder. */
const held = new Set<string>();
/** Milliseconds between two looks whether a store is free: shorter than a gate leaves it alone. */
const LOOK = 50;

/**
 * Opens the store in a folder, creating it where there is none, and holds it until `close`.
 * What an earlier process had put into the journal and not yet into the tables is there when this resolves.
 * Throws STORE0001 (another process holds it), STORE0003, STORE0004 (written by a newer mailhunt), STORE0005.
 *
 * @example await using store = await openStore('/home/me/.mailhunt')
 */
export async function openStore(path: string, options: StoreOptions = {}, parts: StoreParts = {}): Promise<Store> {
  const folder = resolve(path);
  const deadline = performance.now() + (options.patience ?? 0);
  for (;;) {
    try {
      return await openNow(folder, options, parts);
    } catch (error) {
      if (performance.now() >= deadline || !(await willBeFree(folder, error))) throw error;
      await sleep(LOOK);
    }
  }
}

/** Whether a store could not be opened for a process that holds it only for a while; a server has an address, and stays. */
async function willBeFree(folder: string, error: unknown): Promise<boolean> {
  if (!(error instanceof MailhuntError) || error.code !== 'STORE0001') return false;
  return !(await readOwner(folder))?.address;
}

async function openNow(folder: string, options: StoreOptions, parts: StoreParts): Promise<Store> {
  if (held.has(folder)) throw new MailhuntError('STORE0001', { path: folder, pid: process.pid });
  held.add(folder);
  try {
    await mkdir(join(folder, 'journal'), { recursive: true }).catch((cause: Error) => {
      throw new MailhuntError('STORE0005', { path: folder, text: cause.message }, { cause });
    });
    return await EmbeddedStore.open(folder, options, parts);
  } catch (error) {
    held.delete(folder);
    throw error;
  }
}

class EmbeddedStore implements Store {
  readonly path: string;
  readonly engine: Engine;
  readonly messages: PackBox;
  readonly #notices: Error[] = [];
  readonly #now: () => number;
  readonly #idle: number;
  readonly #tables: ReadonlyMap<string, StoredTable>;
  readonly #shuffled: ReadonlySet<string>;
  readonly #database: Database;
  readonly #queries: QueryEngine;
  readonly #journal: Journal;
  readonly #applier: Applier;
  readonly #tallies: Tallies;
  readonly #sources: Sources;
  readonly #positions = new Map<string, number>();
  readonly #owner: Owner;
  #timer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  private constructor(path: string, options: StoreOptions, opened: Opened) {
    this.path = path;
    this.#now = options.now ?? Date.now;
    this.#idle = options.idle ?? 60_000;
    this.#tables = opened.tables;
    this.#shuffled = opened.shuffled;
    this.#database = opened.database;
    this.#journal = opened.journal;
    this.#tallies = opened.tallies;
    this.#sources = opened.sources;
    this.#owner = opened.owner;
    this.#queries = new QueryEngine(opened.database, availableParallelism() + 1);
    this.engine = this.#queries;
    this.messages = new PackBox(join(path, 'messages'), { now: this.#now });
    this.#applier = new Applier({ ...opened, onApplied: (sequence) => this.#journal.release(sequence) });
  }

  static async open(path: string, options: StoreOptions, parts: StoreParts): Promise<EmbeddedStore> {
    const database = await Database.open(path, {
      memory: options.memory ?? '4GB',
      spill: options.spill ?? '20GB',
      ...(options.placeOf && { placeOf: options.placeOf }),
      ...(options.filling === true ? { threads: Math.ceil(availableParallelism() / 2) } : {}),
    });
    try {
      const opened = await prepare(path, database, options, parts);
      const store = new EmbeddedStore(path, options, opened);
      await store.#replay(opened.recovered);
      return store;
    } catch (error) {
      database.close();
      await removeOwner(path);
      throw error;
    }
  }

  async #replay({ frames, damage, aside }: Recovered): Promise<void> {
    for (const frame of frames) this.#applier.push(frame);
    await this.#applier.drain();
    await this.#journal.release(this.#applier.applied);
    await this.#journal.setAside(aside);
    if (damage) this.#notices.push(damage);
  }

  get notices(): readonly Error[] {
    const { rejected } = this.counts;
    const unreadable = new MailhuntError('STORE0008', { path: this.path, count: rejected });
    const known = [...this.#notices, ...this.messages.problems];
    return rejected > 0 ? [...known, unreadable] : known;
  }

  get counts(): Counts {
    return this.#tallies.counts;
  }

  catalog(): Catalog {
    return catalogOf([...this.#tables.values()], this.#tallies, this.#shuffled);
  }

  async append(batch: Batch): Promise<Appended> {
    this.#throwIfClosed();
    this.#check(batch);
    await this.#applier.room();
    this.#throwIfClosed();
    const frame = await this.#journal.append(draftOf(batch, ticksFromUnixMs(this.#now())));
    if (batch.source) this.#positions.set(batch.source.id, batch.source.position);
    this.#applier.push(frame);
    this.#rest();
    return { sequence: frame.sequence };
  }

  #check({ table, columns }: Batch): void {
    const stored = this.#tables.get(table);
    if (stored === undefined) throw new MailhuntError('STORE0006', { table });
    const known = new Set(stored.columns.map(({ name }) => name));
    const unknown = columns.find((name) => !known.has(name));
    if (unknown !== undefined) throw new MailhuntError('STORE0007', { table, column: unknown });
  }

  flush(): Promise<void> {
    return this.#applier.drain();
  }

  async position(source: string): Promise<number> {
    return this.#positions.get(source) ?? this.#sources.position(source);
  }

  async summary(): Promise<readonly TableSummary[]> {
    const { tables } = this.catalog();
    const filled = tables.filter(({ name, rows }) => rows !== 0 && hasTimestamp(this.#tables.get(name)!));
    const ranges = new Map<string, { from: bigint | null; to: bigint | null }>();
    if (filled.length > 0) {
      const selects = filled.map(
        ({ name, relation }) =>
          `SELECT json_array(${sqlText(name)}, min("Timestamp")::VARCHAR, max("Timestamp")::VARCHAR)::VARCHAR FROM ${relation}`,
      );
      for await (const block of this.engine.texts(selects.join(' UNION ALL '))) {
        for (const text of block) {
          const [name, from, to] = JSON.parse(text) as [string, string | null, string | null];
          ranges.set(name, { from: from === null ? null : BigInt(from), to: to === null ? null : BigInt(to) });
        }
      }
    }
    return tables.map(({ name, rows }) => ({ name, rows: rows ?? 0, from: null, to: null, ...ranges.get(name) }));
  }

  async retain(olderThan: bigint): Promise<number> {
    await this.flush();
    const mail = this.#tables.get(MAIL_TABLE);
    // Messages before rows: where a kill comes between, the next time finds what is left.
    if (mail) await this.messages.remove(await this.#applier.exclusive((on) => idsOnlyBefore(on, mail, olderThan)));
    let count = 0;
    for (const table of this.#tables.values()) {
      if (this.#tallies.stored(table.name) === 0) continue;
      const removed = await this.#applier.exclusive((connection) => removeOlder(connection, table, olderThan));
      this.#tallies.remove(table.name, removed.stored, removed.superseded);
      count += removed.stored;
    }
    if (mail) {
      const old = await this.messages.keptBefore(unixMsFromTicks(olderThan));
      await this.messages.remove(await this.#applier.exclusive((on) => idsWithoutRows(on, mail, old)));
    }
    return count;
  }

  async compact(): Promise<readonly string[]> {
    await this.flush();
    const names: string[] = [];
    for (const table of this.#tables.values()) {
      if (!this.#tallies.disordered(table.name)) continue;
      await this.#applier.exclusive(async (connection) => {
        await putInOrder(connection, table);
        this.#tallies.ordered(table.name);
      });
      names.push(table.name);
    }
    await this.#applier.exclusive(forgetOldReadings);
    return names;
  }

  async *backup(mailhunt: string): AsyncGenerator<Buffer> {
    const summary = await this.summary();
    await using frozen = await freeze(this.path, this.#applier, this.messages);
    const made = new Date(this.#now()).toISOString();
    const tables = Object.fromEntries(summary.filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows]));
    yield* backupTar(frozen.parts, {
      about: { kind: 'mailhunt-backup', format: BACKUP_FORMAT, mailhunt, schema: schemaVersion, made },
      counts: { tables, messages: (await this.messages.size()).messages },
    });
  }

  purge(request: PurgeRequest, textsOf: TextsOf = () => []): Promise<PurgeReport> {
    this.#throwIfClosed();
    const parts = {
      path: this.path,
      tables: [...this.#tables.values()],
      tallies: this.#tallies,
      applier: this.#applier,
      queries: this.#queries,
      database: this.#database,
      journal: this.#journal,
      messages: this.messages,
    };
    return purge(parts, request, textsOf);
  }

  publish(address: string): Promise<void> {
    return writeOwner(this.path, { ...this.#owner, address });
  }

  /** Compacts once nothing has come in for a while. */
  #rest(): void {
    if (this.#idle === 0) return;
    clearTimeout(this.#timer);
    const compact = () => this.compact().catch((error: Error) => this.#notices.push(error));
    this.#timer = setTimeout(compact, this.#idle).unref();
  }

  #throwIfClosed(): void {
    if (this.#closing) throw new MailhuntError('STORE0005', { path: this.path, text: 'it is being closed' });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.#journal.close();
      await this.#applier.drain();
      await this.#queries.close();
      await this.#applier.exclusive((connection) => connection.run('CHECKPOINT'));
      await this.#journal.release(this.#applier.applied);
    } finally {
      await this.messages.close();
      await this.#queries.close();
      await this.#applier.close();
      this.#database.close();
      await removeOwner(this.path);
      held.delete(this.path);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

interface Opened {
  readonly database: Database;
  readonly tables: ReadonlyMap<string, StoredTable>;
  readonly shuffled: ReadonlySet<string>;
  readonly journal: Journal;
  readonly recovered: Recovered;
  readonly sources: Sources;
  readonly tallies: Tallies;
  readonly owner: Owner;
  readonly applied: number;
  readonly nextSeq: bigint;
}

/** Brings a store that this process holds to the point where frames can be applied. */
async function prepare(path: string, database: Database, options: StoreOptions, parts: StoreParts): Promise<Opened> {
  const now = options.now ?? Date.now;
  const startedAt = new Date(now()).toISOString();
  const owner = { pid: process.pid, address: null, token: options.token ?? randomUUID(), startedAt };
  await writeOwner(path, owner);
  await removeStages(path);
  const tables = parts.tables ?? storedTables;
  const connection = await database.connect();
  try {
    await migrate(connection, path, tables);
    await lockConfiguration(connection);
    const applied = Number((await readMeta(connection, 'applied')) ?? 0);
    const journal = new Journal(join(path, 'journal'), { openFile: parts.openFile });
    return {
      database,
      tables: new Map(tables.map((table) => [table.name, table])),
      shuffled: await shuffledTables(connection),
      journal,
      recovered: await journal.recover(applied),
      sources: await Sources.read(connection),
      tallies: await Tallies.read(connection, tables),
      owner,
      applied,
      nextSeq: BigInt((await readMeta(connection, 'next_seq')) ?? 1),
    };
  } finally {
    connection.closeSync();
  }
}

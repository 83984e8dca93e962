import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../duckdb/index.ts';
import { MailhuntError } from '../errors/index.ts';
import { type Database, isFatal } from './database.ts';
import type { Frame } from './frame.ts';
import { FreshLoads } from './fresh-loads.ts';
import { isDiskFull } from './journal.ts';
import { type Arrival, createStaging, type Load, type Loaded, load } from './load.ts';
import { writeMeta } from './migrations.ts';
import type { Sources } from './sources.ts';
import type { StoredTable } from './stored-table.ts';
import type { Tallies } from './tallies.ts';

/**
 * Rows and bytes that go into the tables in one transaction: the rows of two of the engine's row groups. What fills one
 * goes straight into the table; less goes through the engine's log and is written twice, so rows that come in bulk
 * wait for each other.
 */
const GROUP_ROWS = 2 * 122_880;
const GROUP_BYTES = 192 * 1024 * 1024;
/** Bytes that may wait for the tables before `append` waits too. */
const PENDING_BYTES = 192 * 1024 * 1024;
/** So many rows are bulk, of which more is to come; they wait so many milliseconds for it. */
const BULK_ROWS = 4096;
const BULK_WAIT = 1000;
/** Fewer wait so many milliseconds for those that come with them: what a source has for each table is a frame of its own. */
const WAIT = 100;
/** A group of no more is tried without a look at what is stored, unless it turns out to be needed. */
const FEW_ROWS = 16_384;
const FEW_BYTES = 32 * 1024 * 1024;

interface Group {
  readonly arrivals: readonly Arrival[];
  readonly rows: number;
  readonly bytes: number;
}

/** How rows are loaded: quickly, if all is new; whatever they are; with those left out that cannot be read. */
type Way = 'fresh' | 'any' | 'lenient';

/** The connection that writes, and what is remembered with it. */
interface Writer {
  readonly connection: DuckDBConnection;
  readonly generation: number;
  readonly fresh: FreshLoads;
}

/** What the applier works with. */
export interface ApplierParts {
  readonly database: Database;
  readonly tables: ReadonlyMap<string, StoredTable>;
  readonly sources: Sources;
  readonly tallies: Tallies;
  /** The journal sequence that is in the tables, and the `_ingest_seq` that comes next. */
  readonly applied: number;
  readonly nextSeq: bigint;
  /** Called after each transaction with the sequence reached. */
  readonly onApplied: (sequence: number) => Promise<void>;
}

/**
 * Brings journal frames into the tables, in order, many in one transaction together with the sequence reached: what a
 * kill leaves out is exactly what the journal holds beyond that sequence. One writer at a time.
 */
export class Applier {
  readonly #parts: ApplierParts;
  #writer: Writer | undefined;
  #frames: Frame[] = [];
  /** A group whose transaction failed, to be tried again: its sources have been counted already. */
  #failed: Group | undefined;
  #pendingRows = 0;
  #pendingBytes = 0;
  /** The last frame pushed, and the last that somebody waits for. */
  #pushed = 0;
  #drainTo = 0;
  #timer: NodeJS.Timeout | undefined;
  #applied: number;
  #nextSeq: bigint;
  #turn: Promise<unknown> = Promise.resolve();
  #running: Promise<void> | undefined;
  #failure: unknown;
  #room: (() => void)[] = [];

  constructor(parts: ApplierParts) {
    this.#parts = parts;
    this.#applied = parts.applied;
    this.#nextSeq = parts.nextSeq;
  }

  /** The last journal sequence in the tables. */
  get applied(): number {
    return this.#applied;
  }

  /** Takes a frame that is safe in the journal. */
  push(frame: Frame): void {
    this.#frames.push(frame);
    this.#pushed = frame.sequence;
    this.#pendingRows += frame.header.count;
    this.#pendingBytes += frame.rows.length;
    if (this.#isWhole()) this.#start();
    else this.#startLater();
  }

  /** Resolves when there is room for more; rejects with what keeps rows from reaching the tables. */
  async room(): Promise<void> {
    while (this.#pendingBytes > PENDING_BYTES) {
      this.#start();
      await new Promise<void>((resolve) => this.#room.push(resolve));
      this.#throwFailure();
    }
  }

  /** Resolves when every frame pushed so far is in the tables. */
  async drain(): Promise<void> {
    const upTo = this.#pushed;
    this.#drainTo = Math.max(this.#drainTo, upTo);
    do {
      this.#start();
      await this.#running;
      this.#throwFailure();
    } while (this.#applied < upTo);
  }

  /** Runs work that writes to the database, alone. */
  exclusive<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.#inTurn(async ({ connection, fresh }) => {
      fresh.forget();
      return work(connection);
    });
  }

  /** Runs work for which nobody may be connected to the database, alone. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async ({ connection }) => {
      connection.closeSync();
      this.#writer = undefined;
      return work();
    });
  }

  #inTurn<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    const result = this.#turn.then(async () => work(await this.#connected()));
    this.#turn = result.catch(() => {});
    return result;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    await this.#turn;
    this.#writer?.connection.closeSync();
    this.#writer = undefined;
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #isWhole(): boolean {
    return this.#pendingRows >= GROUP_ROWS || this.#pendingBytes > PENDING_BYTES;
  }

  /** Bulk waits anew with each of its frames. */
  #startLater(): void {
    const isBulk = this.#pendingRows >= BULK_ROWS;
    if (!isBulk && this.#timer !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), isBulk ? BULK_WAIT : WAIT).unref();
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#running !== undefined || (this.#frames.length === 0 && this.#failed === undefined)) return;
    this.#failure = undefined;
    this.#running = this.#run()
      .catch((error: unknown) => {
        const { path } = this.#parts.database;
        this.#failure = isDiskFull(error)
          ? new MailhuntError('STORE0003', { path }, { cause: error })
          : new MailhuntError('STORE0009', { path, text: String(error) }, { cause: error });
      })
      .finally(() => {
        this.#running = undefined;
        if (this.#failed === undefined && this.#frames.length > 0) this.#startLater();
        for (const resolve of this.#room.splice(0)) resolve();
      });
  }

  async #run(): Promise<void> {
    do {
      const group = this.#failed ?? this.#take();
      this.#failed = group;
      await this.#inTurn((writer) => this.#apply(writer, group));
      this.#failed = undefined;
      this.#pendingRows -= group.rows;
      this.#pendingBytes -= group.bytes;
      for (const resolve of this.#room.splice(0)) resolve();
      await this.#parts.onApplied(this.#applied);
    } while (this.#frames.length > 0 && (this.#applied < this.#drainTo || this.#isWhole()));
  }

  #take(): Group {
    let rows = 0;
    let bytes = 0;
    let count = 0;
    for (const {
      header,
      rows: { length },
    } of this.#frames) {
      if (count > 0 && (rows + header.count > GROUP_ROWS || bytes + length > GROUP_BYTES)) break;
      rows += header.count;
      bytes += length;
      count++;
    }
    const frames = this.#frames.splice(0, count);
    return {
      rows,
      bytes,
      arrivals: frames.map((frame) => ({ frame, pass: this.#parts.sources.arrive(frame.header) })),
    };
  }

  async #apply(writer: Writer, group: Group): Promise<void> {
    const isFew = group.rows <= FEW_ROWS && group.bytes <= FEW_BYTES;
    try {
      if (isFew && (await this.#attempt(writer, group, 'fresh'))) return;
      await this.#attempt(writer, group, 'any');
    } catch (error) {
      if (isFatal(error)) {
        await this.#parts.database.renew();
        await this.#attempt(await this.#connected(), group, 'any');
      } else if (isAboutData(error)) await this.#attempt(writer, group, 'lenient');
      else throw error;
    }
  }

  /** Returns false, and leaves all as it was, where it cannot be done in this way. */
  async #attempt({ connection, fresh }: Writer, { arrivals }: Group, way: Way): Promise<boolean> {
    const { sources, tallies } = this.#parts;
    const sequence = arrivals.at(-1)!.frame.sequence;
    let seq = this.#nextSeq;
    const done: [StoredTable, Loaded][] = [];
    await connection.run('BEGIN');
    try {
      for (const { table, arrivals: some } of this.#loads(arrivals)) {
        const before = done.reduce((sum, [other, { stored }]) => (other === table ? sum + stored : sum), 0);
        const present = tallies.stored(table.name) + before;
        const job: Load = { table, arrivals: some, firstSeq: seq, present, lenient: way === 'lenient' };
        const loaded = await (way === 'fresh' ? fresh.load(job) : load(connection, job));
        if (loaded === undefined) {
          await connection.run('ROLLBACK');
          fresh.undone();
          return false;
        }
        if (way !== 'fresh') await fresh.takeIn(table);
        seq += BigInt(some.reduce((sum, { frame }) => sum + frame.header.count, 0));
        if (loaded.disordered && !tallies.disordered(table.name)) {
          await connection.run(`INSERT INTO _mailhunt_disordered VALUES (${sqlText(table.name)})`);
        }
        done.push([table, loaded]);
      }
      await sources.write(connection);
      await writeMeta(connection, { applied: String(sequence), next_seq: String(seq) });
      await connection.run('COMMIT');
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => {});
      fresh.undone();
      throw error;
    }
    sources.committed();
    this.#applied = sequence;
    this.#nextSeq = seq;
    for (const [table, loaded] of done) tallies.add(table.name, loaded);
    return true;
  }

  /** The frames by table and list of columns; versions of a thing stay in their order. */
  #loads(arrivals: readonly Arrival[]): { table: StoredTable; arrivals: Arrival[] }[] {
    const loads: { table: StoredTable; columns: string; arrivals: Arrival[] }[] = [];
    const open = new Map<string, (typeof loads)[number]>();
    for (const arrival of arrivals) {
      const { table, columns, count } = arrival.frame.header;
      const stored = this.#parts.tables.get(table);
      if (stored === undefined || count === 0) continue;
      const list = JSON.stringify(columns);
      let current = open.get(table);
      if (current?.columns !== list) {
        current = { table: stored, columns: list, arrivals: [] };
        open.set(table, current);
        loads.push(current);
      }
      current.arrivals.push(arrival);
    }
    return loads;
  }

  async #connected(): Promise<Writer> {
    const { database } = this.#parts;
    if (this.#writer?.generation !== database.generation) {
      const connection = await database.connect();
      await connection.run(createStaging);
      this.#writer = { connection, generation: database.generation, fresh: new FreshLoads(connection) };
    }
    return this.#writer;
  }
}

/** Whether a transaction failed because of what the rows hold, not because of the machine. */
const isAboutData = (error: unknown): boolean =>
  error instanceof Error && /^(Conversion|Invalid Input|Out of Range|Invalid Type) Error/.test(error.message);

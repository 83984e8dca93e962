import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { MailhuntError } from '../errors/index.ts';
import { type Engine, hostError } from '../kql/index.ts';
import { type Database, isFatal } from './database.ts';
import { Places } from './places.ts';
import { shortage } from './shortage.ts';

interface Seat {
  readonly connection: DuckDBConnection;
  readonly generation: number;
  /** Gives the place back. */
  readonly leave: () => void;
}

/** Light statements have places of their own: what reads ten rows does not wait for what reads ten million. */
const LIGHT_PLACES = 2;

/** How long queries may go on, in milliseconds, when the database is needed alone. */
const PATIENCE = 10_000;

/** Answers queries over connections of its own, a few at a time; the rest wait their turn. */
export class QueryEngine implements Engine {
  readonly #database: Database;
  readonly #places: Places;
  readonly #light = new Places(LIGHT_PLACES);
  readonly #idle: Omit<Seat, 'leave'>[] = [];
  readonly #busy = new Set<Seat>();
  /** Connections that are being made. */
  #connecting = 0;
  #renewal: Promise<void> | undefined;

  /** `places`: how many queries run at once. */
  constructor(database: Database, places: number) {
    this.#database = database;
    this.#places = new Places(places);
  }

  async *texts(sql: string, signal?: AbortSignal, light = false): AsyncGenerator<readonly string[]> {
    const seat = await this.#sit(signal, light ? this.#light : this.#places);
    const interrupt = () => seat.connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    let statement: DuckDBPreparedStatement | undefined;
    try {
      await seat.connection.run('BEGIN TRANSACTION READ ONLY');
      // A prepared statement is one statement: nothing can hide behind it.
      statement = await seat.connection.prepare(sql);
      const result = await statement.stream();
      for (;;) {
        throwIfAborted(signal);
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        throwIfAborted(signal);
        yield chunk.getColumnValues(0) as string[];
      }
    } catch (error) {
      throw await this.#explain(error, signal);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      // What a statement has materialized belongs to it: the collector of JavaScript sees none of it and takes its time.
      statement?.destroySync();
      await this.#rise(seat);
    }
  }

  async plan(sql: string): Promise<string> {
    const seat = await this.#sit(undefined, this.#places);
    try {
      await seat.connection.run('BEGIN TRANSACTION READ ONLY');
      const statement = await seat.connection.prepare(`EXPLAIN ${sql}`);
      const reader = await statement.runAndReadAll();
      return reader
        .getRows()
        .map((row) => String(row.at(-1)))
        .join('\n');
    } catch (error) {
      throw await this.#explain(error, undefined);
    } finally {
      await this.#rise(seat);
    }
  }

  /** Runs work for which nobody may be connected: queries that run have some time to end, others wait. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#renewal !== undefined) await this.#renewal;
    let done = (): void => {};
    this.#renewal = new Promise((resolve) => {
      done = resolve;
    });
    try {
      const late = performance.now() + PATIENCE;
      while (this.#busy.size + this.#connecting > 0) {
        if (performance.now() > late) for (const { connection } of this.#busy) connection.interrupt();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      for (const { connection } of this.#idle.splice(0)) connection.closeSync();
      return await work();
    } finally {
      this.#renewal = undefined;
      done();
    }
  }

  /** Interrupts what runs and waits until it has ended. */
  async close(): Promise<void> {
    while (this.#busy.size > 0) {
      for (const { connection } of this.#busy) connection.interrupt();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const { connection } of this.#idle.splice(0)) connection.closeSync();
  }

  async #connect(): Promise<Omit<Seat, 'leave'>> {
    this.#connecting++;
    try {
      return { connection: await this.#database.connect(), generation: this.#database.generation };
    } finally {
      this.#connecting--;
    }
  }

  async #sit(signal: AbortSignal | undefined, places: Places): Promise<Seat> {
    throwIfAborted(signal);
    const leave = await places.enter(signal, cancelled);
    try {
      while (this.#renewal !== undefined) await this.#renewal;
      const seat = { ...(this.#idle.pop() ?? (await this.#connect())), leave };
      this.#busy.add(seat);
      return seat;
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #rise(seat: Seat): Promise<void> {
    const { connection, generation, leave } = seat;
    const usable = await connection.run('ROLLBACK').then(
      () => true,
      () => false,
    );
    this.#busy.delete(seat);
    if (usable && generation === this.#database.generation) this.#idle.push({ connection, generation });
    else connection.closeSync();
    leave();
  }

  async #explain(error: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    if (error instanceof MailhuntError) return error;
    if (signal?.aborted) return cancelled(signal);
    if (isFatal(error)) await this.#renew();
    const text = error instanceof Error ? error.message : String(error);
    return (
      hostError(text) ??
      shortage(text, this.#database.options, error) ??
      new MailhuntError('KQL0007', { text: wordsOf(text) }, { cause: error })
    );
  }

  /** After a fatal error the instance answers nothing more: a new one is opened on the same file. */
  async #renew(): Promise<void> {
    for (const { connection } of this.#idle.splice(0)) connection.closeSync();
    this.#renewal ??= this.#database.renew().finally(() => {
      this.#renewal = undefined;
    });
    await this.#renewal;
  }
}

/** A sum is added up in 128 bits: what it came to is said, not how the engine's statement looks. */
function wordsOf(text: string): string {
  const [, value, bits] = /Type INT128 with value (-?\d+) can't be cast [^\n]* type INT(32|64)\b/.exec(text) ?? [];
  return value === undefined ? text : `a number comes to ${value}, beyond what ${bits === '64' ? 'long' : 'int'} holds`;
}

const throwIfAborted = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw cancelled(signal);
};

/** The signal's reason where it is one of our errors, else KQL0008 with the reason in it. */
const cancelled = (signal: AbortSignal): MailhuntError => {
  const { reason } = signal;
  if (reason instanceof MailhuntError) return reason;
  const text = reason instanceof Error ? reason.message : String(reason);
  return new MailhuntError('KQL0008', { text }, { cause: reason });
};

import { setTimeout as sleep } from 'node:timers/promises';
import { Batches, type IngestStore, packIdentity } from '../../ingest/index.ts';
import type { KeptMessage } from '../../store/index.ts';
import type { DecisionJournal, EntryGroup } from './decision-journal.ts';
import type { Entry } from './entry.ts';

/** The store as the drain uses it, in this process or through the server that owns it. */
export interface GateStore extends IngestStore {
  keep(messages: readonly KeptMessage[]): Promise<unknown>;
  close(): Promise<void>;
}

export interface DrainOptions {
  /** Opens a way to the store, or throws where there is none now. */
  readonly connect: () => Promise<GateStore>;
  /** Takes a message into quarantine; the same one again changes nothing. */
  readonly quarantine: (entry: Entry) => Promise<void>;
  /** When the store fails, and with undefined when it is there again. */
  readonly onTrouble: (error: unknown) => void;
  /** Milliseconds without an entry after which the store is let go of, so that a server may take it. @default 5000 */
  readonly idle?: number;
  /** Milliseconds after which the store is let go of for a moment under constant traffic. @default 5000 */
  readonly turn?: number;
}

/** Milliseconds between attempts: the first, and the longest. */
const PAUSE = { first: 250, longest: 10_000 } as const;
const IDLE = 5000;
/**
 * Milliseconds in which entries come together before the next ones go into the store, where a batch has its price, however
 * small it is: in the store within a second all the same.
 */
const GATHER = 600;
const TURN = 5000;
/** Milliseconds for which others have their turn. */
const REST = 200;

/**
 * Brings the entries of a journal into the store, in order, each once: batches carry the number that the run had reached,
 * and the store leaves out what it has (see `Batches`). Where the store is away, it is tried again for ever.
 *
 * @example await using drain = startDrain(journal, { connect, quarantine, onTrouble });
 */
export function startDrain(journal: DecisionJournal, options: DrainOptions): Drain {
  return new Drain(journal, options);
}

/** How far a run of the gate is in the store, and what goes there. */
interface RunIn {
  /** The number of its last entry that was there when the store was reached. */
  readonly start: number;
  readonly batches: Batches;
}

async function runIn(session: GateStore, run: string): Promise<RunIn> {
  const identity = await packIdentity(`gate:${run}`, session);
  return { start: identity.start, batches: new Batches(session, identity) };
}

export class Drain implements AsyncDisposable {
  readonly #journal: DecisionJournal;
  readonly #options: DrainOptions;
  readonly #end = new AbortController();
  /** Ends a pause in which entries come together. */
  #hurry = new AbortController();
  readonly #running: Promise<void>;
  #store: { readonly session: GateStore; readonly runs: Map<string, RunIn>; readonly since: number } | undefined;
  /** The store that is being let go of. */
  #leaving: Promise<void> = Promise.resolve();
  /** The last entry that the store has. */
  #drained = 0;
  /** Whether the store failed when it was last needed. */
  #isAway = false;
  #timer: NodeJS.Timeout | undefined;
  #waiting: { readonly upTo: number; readonly resolve: () => void }[] = [];

  constructor(journal: DecisionJournal, options: DrainOptions) {
    this.#journal = journal;
    this.#options = options;
    this.#running = this.#run();
  }

  /** Resolves when every entry that was recorded before is in the store. */
  drained(): Promise<void> {
    const upTo = this.#journal.sequence;
    if (this.#drained >= upTo) return Promise.resolve();
    this.#hurry.abort();
    return new Promise((resolve) => this.#waiting.push({ upTo, resolve }));
  }

  /** Whether the store failed when it was last needed. */
  get isStoreAway(): boolean {
    return this.#isAway;
  }

  /** Ends after the group at hand; what the store does not have stays in the journal. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    await this.#running;
    await this.#leave();
    await this.#journal.close(this.#drained);
  }

  async #run(): Promise<void> {
    const { signal } = this.#end;
    let pause: number = PAUSE.first;
    while (!signal.aborted) {
      try {
        for await (const group of this.#journal.groups(this.#drained, signal)) {
          await this.#take(group);
          await this.#takeTurns();
          await this.#gather(group);
          pause = PAUSE.first;
        }
      } catch (error) {
        await this.#leave().catch(this.#options.onTrouble);
        if (!this.#isAway) this.#options.onTrouble(error);
        this.#isAway = true;
        await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
        pause = Math.min(pause * 2, PAUSE.longest);
      }
    }
  }

  async #take({ entries, last }: EntryGroup): Promise<void> {
    for (const entry of entries) if (entry.kept?.as === 'quarantined') await this.#options.quarantine(entry);
    const { session, runs } = await this.#arrive();
    const toKeep = entries.flatMap(({ id, kept }) => (kept?.as === 'delivered' ? [{ id, bytes: kept.bytes }] : []));
    if (toKeep.length > 0) await session.keep(toKeep);
    for (const { run, number, tables } of entries) {
      const { start, batches } = runs.get(run) ?? (await runIn(session, run));
      runs.set(run, { start, batches });
      if (number <= start) continue;
      for (const { table, columns, rows } of tables) for (const row of rows) batches.add(table, columns, row);
      await batches.blockRead(number);
    }
    for (const { batches } of runs.values()) {
      await batches.send();
      await batches.settled();
    }
    this.#drained = last;
    if (this.#isAway) this.#options.onTrouble(undefined);
    this.#isAway = false;
    await this.#journal.release(last);
    this.#waiting = this.#waiting.filter(({ upTo, resolve }) => {
      if (upTo <= last) resolve();
      return upTo > last;
    });
    this.#idle();
  }

  /** Not where more wait than go at once, nor where somebody waits for them. */
  async #gather({ isFull }: EntryGroup): Promise<void> {
    if (isFull || this.#waiting.length > 0) return;
    this.#hurry = new AbortController();
    const signal = AbortSignal.any([this.#end.signal, this.#hurry.signal]);
    await sleep(GATHER, undefined, { signal, ref: false }).catch(() => {});
  }

  async #arrive() {
    clearTimeout(this.#timer);
    await this.#leaving;
    this.#store ??= { session: await this.#options.connect(), runs: new Map(), since: performance.now() };
    return this.#store;
  }

  /** A server that starts, or a query, waits for a store that is held here: it gets it although mail comes without a pause. */
  async #takeTurns(): Promise<void> {
    if (this.#store === undefined || performance.now() - this.#store.since < (this.#options.turn ?? TURN)) return;
    await this.#leave();
    await sleep(REST, undefined, { signal: this.#end.signal, ref: false }).catch(() => {});
  }

  #idle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#leave().catch(this.#options.onTrouble);
    }, this.#options.idle ?? IDLE).unref();
  }

  /** Lets go of the store. */
  async #leave(): Promise<void> {
    clearTimeout(this.#timer);
    const store = this.#store;
    this.#store = undefined;
    if (store === undefined) return this.#leaving;
    const left = store.session.close();
    this.#leaving = left.catch(() => {});
    await left;
  }
}

/**
 * Brings all that a journal holds now into the store, and the files that held it from the disk.
 *
 * @param patience milliseconds that the store has for it
 * @returns whether it took no longer
 */
export async function isEmptied(
  journal: DecisionJournal,
  drain: Pick<Drain, 'drained'>,
  patience: number,
): Promise<boolean> {
  await journal.rotate();
  const upTo = journal.sequence;
  const over = new AbortController();
  const isDrained = await Promise.race([
    drain.drained().then(() => true),
    sleep(patience, false, { signal: over.signal }).catch(() => false),
  ]);
  over.abort();
  if (isDrained) await journal.release(upTo);
  return isDrained;
}

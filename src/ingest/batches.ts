import type { Batch } from '../store/index.ts';
import type { Identity, IngestStore } from './identity.ts';

/** A batch is sent at the first block end after so many rows. */
export const BATCH_ROWS = 16_384;

interface Pending {
  readonly columns: readonly string[];
  rows: string[];
  /** For each row, where the block ends in which it stood. */
  ends: number[];
}

/**
 * Collects the rows of one source and appends them in batches. While one batch is on its way the next one is read.
 *
 * Several tables may come out of one source. Then a checkpoint is several batches: each but the last notes the position
 * for its table alone, the last for the source. A run that is killed between two of them reads those rows again and
 * leaves out, table by table, what is in.
 */
export class Batches {
  /** Rows that were appended, by table. */
  readonly appended = new Map<string, number>();
  /** Rows that the store had already. */
  alreadyThere = 0;
  readonly #store: IngestStore;
  readonly #identity: Identity;
  readonly #rowsPerBatch: number;
  readonly #before: () => Promise<void>;
  readonly #pending = new Map<string, Pending>();
  readonly #known = new Map<string, number>();
  /** Rows added so far, by whatever block. */
  added = 0;
  #fresh = 0;
  #position: number;
  #begun = false;
  #sending: Promise<void> = Promise.resolve();

  /** @param before what has to be safe before rows are: called ahead of every batch */
  constructor(
    store: IngestStore,
    identity: Identity,
    rowsPerBatch = BATCH_ROWS,
    before = async (): Promise<void> => {},
  ) {
    this.#store = store;
    this.#identity = identity;
    this.#rowsPerBatch = rowsPerBatch;
    this.#before = before;
    this.#position = identity.start;
  }

  /** A row of a block that {@link blockRead} will close. */
  add(table: string, columns: readonly string[], row: string): void {
    let pending = this.#pending.get(table);
    if (pending === undefined) {
      pending = { columns, rows: [], ends: [] };
      this.#pending.set(table, pending);
    }
    pending.rows.push(row);
    this.#fresh++;
    this.added++;
  }

  /** The rows added since the last call stood before this place; sends a batch where enough have come together. */
  async blockRead(position: number): Promise<void> {
    this.#position = position;
    for (const { rows, ends } of this.#pending.values()) while (ends.length < rows.length) ends.push(position);
    if (this.#fresh >= this.#rowsPerBatch) await this.send();
  }

  /** Sends what has come together. Waits for the batch before, not for this one; see {@link settled}. */
  async send(): Promise<void> {
    await this.#sending;
    const tables = [...this.#pending].filter(([, { rows }]) => rows.length > 0);
    if (tables.length === 0) return;
    this.#pending.clear();
    this.#fresh = 0;
    this.#sending = this.#append(tables, this.#identity.ids(), this.#position);
    // Whoever waits next meets the error; until then it is nobody's.
    this.#sending.catch(() => {});
  }

  /** Resolves when everything sent is durable. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #append(tables: [string, Pending][], ids: readonly string[], position: number): Promise<void> {
    if (!this.#begun) {
      this.#begun = true;
      await this.#identity.begin();
    }
    const id = ids[0]!;
    await this.#before();
    if (this.#identity.replayed && (await this.#store.position(id)) >= position) {
      for (const [, { rows }] of tables) this.alreadyThere += rows.length;
      return;
    }
    for (const [at, [table, { columns, rows, ends }]] of tables.entries()) {
      const last = at === tables.length - 1;
      const source = { id: last ? id : `${id}/${table}`, position };
      const known = await this.#knownUpTo(table, ids);
      const fresh = ends[0]! > known ? rows : rows.filter((_, row) => ends[row]! > known);
      this.alreadyThere += rows.length - fresh.length;
      if (fresh.length === 0 && !last) continue;
      await this.#store.append({ table, columns, rows: fresh, source } satisfies Batch);
      this.appended.set(table, (this.appended.get(table) ?? 0) + fresh.length);
    }
  }

  /** How far one table's rows are in. A file's ids stay, so the answer is good for all of it. */
  async #knownUpTo(table: string, ids: readonly string[]): Promise<number> {
    let known = this.#identity.replayed ? undefined : this.#known.get(table);
    if (known === undefined) {
      known = Math.max(...(await Promise.all(ids.map((id) => this.#store.position(`${id}/${table}`)))));
      this.#known.set(table, known);
    }
    return known;
  }
}

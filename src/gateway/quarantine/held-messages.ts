import type { Held, HeldPage, Leaving, LedgerLine, Page } from './ledger.ts';
import type { TimeSeen } from './passed-time.ts';

/** Messages of which it is remembered that they have left: more than the journal of a gate holds. */
const REMEMBERED = 500_000;

/** A message that is here: the place of its line, and of the last entry that the gate's journal had then. */
interface Place {
  readonly held: Held;
  readonly line: number;
  readonly entered: number;
}

/** A message, or a part of its recipients, that left, and of which the store is not told. */
export interface Untold {
  readonly leaving: Leaving;
  /** The line of the message itself. */
  readonly line: number;
  /** The line that says that it left. */
  readonly said: number;
}

/** What the lines of a ledger come to: who is here, who has left, and of whom the store has not been told. */
export class HeldMessages {
  /** The oldest first. */
  readonly #here = new Map<string, Place>();
  /** Those that have left: they do not come back when the journal is read again. */
  readonly #left = new Map<string, Pick<Place, 'line' | 'entered'>>();
  /** By message and by the line that says it: one may leave in parts, faster than the store is told. */
  readonly #untold = new Map<string, Map<number, Untold>>();
  /** The last line that says how late it was. */
  #mark: { readonly seen: TimeSeen; readonly line: number } | undefined;
  /** The newest time of a line. */
  #newest: number | undefined;

  /**
   * Takes a line of the ledger, which stands there at a sequence.
   *
   * @param entered the last entry of the gate's journal: those of the messages that are here by now are not behind it
   */
  note(line: LedgerLine, sequence: number, entered: number): void {
    if (line.kind === 'seen') {
      const { kind: _, ...seen } = line;
      this.#mark = { seen, line: sequence };
      return;
    }
    if (line.kind === 'told') {
      this.#tell(line);
      return;
    }
    if (line.kind === 'left') {
      this.#goes(line.id, { line: sequence, entered });
      return;
    }
    this.#newest = Math.max(this.#newest ?? 0, line.kind === 'held' ? line.held.at : line.at);
    if (line.kind === 'held') {
      // The oldest line first, also where a ledger is written anew.
      this.#here.delete(line.held.id);
      this.#here.set(line.held.id, { held: line.held, line: sequence, entered });
      return;
    }
    const found = this.#here.get(line.id);
    if (line.kind === 'begun' || line.kind === 'refused') {
      if (found === undefined) return;
      const { kind: _, id: _id, ...attempt } = line;
      const { begun: _begun, ...held } = found.held;
      this.#here.set(line.id, { ...found, held: { ...held, [line.kind]: attempt } });
      return;
    }
    // Its first line was given up when it had left.
    if (found === undefined) {
      this.#goes(line.id, { line: sequence, entered });
      return;
    }
    const parts = this.#untold.get(line.id) ?? new Map<number, Untold>();
    this.#untold.set(line.id, parts.set(sequence, { leaving: line, line: found.line, said: sequence }));
    this.#leave(line, found, sequence);
  }

  /** Lines of an earlier version tell of a message, not of a part. */
  #tell({ id, said }: { readonly id: string; readonly said?: number }): void {
    const parts = this.#untold.get(id);
    if (said !== undefined) parts?.delete(said);
    if (said === undefined || parts?.size === 0) this.#untold.delete(id);
  }

  #leave({ id, recipients }: Leaving, { held, line, entered }: Place, sequence: number): void {
    const gone = new Set(recipients);
    const stay = held.recipients.filter((recipient) => !gone.has(recipient));
    if (stay.length === 0) {
      this.#here.delete(id);
      this.#goes(id, { line: sequence, entered });
      return;
    }
    const { begun: _begun, refused: _refused, ...still } = held;
    this.#here.set(id, { held: { ...still, recipients: stay }, line, entered });
  }

  #goes(id: string, place: Pick<Place, 'line' | 'entered'>): void {
    this.#left.delete(id);
    this.#left.set(id, place);
    if (this.#left.size > REMEMBERED) this.#left.delete(this.#left.keys().next().value!);
  }

  /** Those that have left need not be remembered once no entry of the journal up to here can be read again. */
  forget(gone: number): void {
    for (const [id, { entered }] of this.#left) {
      if (entered > gone) return;
      if (!this.#untold.has(id)) this.#left.delete(id);
    }
  }

  /** The messages that are here, the newest first. */
  list(): readonly Held[] {
    return [...this.#here.values()].map(({ held }) => held).reverse();
  }

  /** Pages neither overlap nor leave anything out while messages come and go: they follow the lines. */
  page({ limit, before = Number.POSITIVE_INFINITY }: Page): HeldPage {
    const older = [...this.#here.values()].filter(({ line }) => line < before).reverse();
    const shown = older.slice(0, limit);
    const isLast = shown.length === older.length;
    return {
      messages: shown.map(({ held }) => held),
      total: this.size,
      ...(!isLast && { next: shown.at(-1)!.line }),
    };
  }

  get size(): number {
    return this.#here.size;
  }

  find(id: string): Held | undefined {
    return this.#here.get(id)?.held;
  }

  /** Whether a message is here or was. */
  knows(id: string): boolean {
    return this.#here.has(id) || this.#left.has(id);
  }

  /** Those that have left, as far as is remembered. */
  get left(): readonly string[] {
    return [...this.#left.keys()];
  }

  /** What the store has to be told, in the order in which it happened. */
  get untold(): readonly Untold[] {
    return [...this.#untold.values()].flatMap((parts) => [...parts.values()]);
  }

  /** What was last written down of the time, else the newest of any line; undefined where there is none. */
  get lastSeen(): TimeSeen | undefined {
    return this.#mark?.seen ?? (this.#newest === undefined ? undefined : { at: this.#newest });
  }

  /** What was last written down of the time. */
  get marked(): TimeSeen | undefined {
    return this.#mark?.seen;
  }

  /** Whether nothing of a message is needed any more. */
  isGone(id: string): boolean {
    return !this.#here.has(id) && !this.#untold.has(id);
  }

  /** The first line that is needed; undefined where none is. */
  get firstNeeded(): number | undefined {
    const [first] = this.#here.values();
    const [left] = this.#left.values();
    const needed = [first?.line, left?.line, this.#mark?.line, ...this.untold.map(({ line }) => line)];
    return needed.reduce<number | undefined>(
      (least, line) => (line !== undefined && line < (least ?? Number.POSITIVE_INFINITY) ? line : least),
      undefined,
    );
  }
}

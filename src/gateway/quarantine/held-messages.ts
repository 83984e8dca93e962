import type { Held, HeldPage, Leaving, LedgerLine, Page } from './ledger.ts';

/** Messages of which it is remembered that they have left: more than the journal of a gate holds. */
const REMEMBERED = 500_000;

/** A message that is here: the place of its line, and of the last entry that the gate's journal had then. */
interface Place {
  readonly held: Held;
  readonly line: number;
  readonly entered: number;
}

/** What the lines of a ledger come to: who is here, who has left, and of whom the store has not been told. */
export class HeldMessages {
  /** The oldest first. */
  readonly #here = new Map<string, Place>();
  /** Those that have left: they do not come back when the journal is read again. */
  readonly #left = new Map<string, Pick<Place, 'line' | 'entered'>>();
  readonly #untold = new Map<string, { readonly leaving: Leaving; readonly line: number }>();

  /**
   * Takes a line of the ledger, which stands there at a sequence.
   *
   * @param entered the last entry of the gate's journal: those of the messages that are here by now are not behind it
   */
  note(line: LedgerLine, sequence: number, entered: number): void {
    if (line.kind === 'held') {
      this.#here.set(line.held.id, { held: line.held, line: sequence, entered });
      return;
    }
    if (line.kind === 'told') {
      this.#untold.delete(line.id);
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
    this.#untold.set(line.id, { leaving: line, line: found.line });
    this.#leave(line, found, sequence);
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

  /** What the store has to be told. */
  get untold(): readonly Leaving[] {
    return [...this.#untold.values()].map(({ leaving }) => leaving);
  }

  /** Whether nothing of a message is needed any more. */
  isGone(id: string): boolean {
    return !this.#here.has(id) && !this.#untold.has(id);
  }

  /** The first line that is needed; undefined where none is. */
  get firstNeeded(): number | undefined {
    const [first] = this.#here.values();
    const [left] = this.#left.values();
    const untold = [...this.#untold.values()].map(({ line }) => line);
    const lines = [first?.line, left?.line, ...untold].filter((line) => line !== undefined);
    return lines.length === 0 ? undefined : Math.min(...lines);
  }
}

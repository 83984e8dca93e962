import type { Failure } from '../api/call.ts';
import type { Piece, TableHead, Warning } from '../api/stream-query.ts';
import { fullBudget, holds, spend } from '../grid/budget.ts';
import type { Cell, ResultSnapshot, ResultState, ResultStore, ResultTable } from '../grid/contract.ts';

/** Listeners are told at most this often, in milliseconds: a grid that is drawn at every block would do nothing else. */
const PACE = 100;

interface Growing extends TableHead {
  readonly rows: (readonly Cell[])[];
  complete: boolean;
  total: number;
}

/** A result that is coming in. Pieces are taken in their order; after `end` nothing changes any more. */
export class LiveResult implements ResultStore {
  readonly #listeners = new Set<() => void>();
  readonly #started: number;
  readonly #now: () => number;
  readonly #tables: Growing[] = [];
  #warnings: readonly Warning[] = [];
  #at = 0;
  #capped = false;
  readonly #budget = fullBudget();
  #isFull = false;
  #milliseconds: number | undefined;
  #snapshot: ResultSnapshot;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `now` is the clock in milliseconds; `cap` the most rows that the page takes. */
  constructor(text: string, cap: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#started = now();
    this.#snapshot = {
      state: 'running',
      tables: [],
      warnings: [],
      failure: undefined,
      duration: 0,
      cap,
      capped: false,
      text,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): ResultSnapshot => this.#snapshot;

  /** Milliseconds that the server took for what it has ended, once it has said so. */
  get milliseconds(): number | undefined {
    return this.#milliseconds;
  }

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.#now() - this.#started;
  }

  /** It holds as much as the page's memory should: no more is taken. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Takes what has arrived. */
  take(piece: Piece): void {
    this.#takers[piece.kind](piece as never);
    this.#timer ??= setTimeout(() => this.#tell('running'), PACE);
  }

  readonly #takers: { readonly [K in Piece['kind']]: (piece: Extract<Piece, { kind: K }>) => void } = {
    head: ({ tables, warnings }) => {
      this.#warnings = warnings;
      for (const head of tables) this.#tables.push({ ...head, rows: [], complete: false, total: 0 });
    },
    rows: ({ rows }) => {
      const table = this.#tables[this.#at];
      if (!table) return;
      for (const row of rows) {
        this.#isFull ||= !holds(this.#budget, row);
        if (this.#isFull) break;
        spend(this.#budget, row);
        table.rows.push(row);
      }
      this.#capped ||= this.#isFull;
      table.total = table.rows.length;
    },
    end: ({ more }) => {
      const table = this.#tables[this.#at++];
      if (table) table.complete = true;
      this.#capped ||= more;
    },
    tail: ({ warnings, milliseconds }) => {
      this.#warnings = [...this.#warnings, ...warnings];
      if (milliseconds !== undefined) this.#milliseconds = (this.#milliseconds ?? 0) + milliseconds;
    },
  };

  /** Says how it ended; of a text with several errors the first, then the others. */
  end(state: Exclude<ResultState, 'running'>, failure?: Failure, further: readonly Failure[] = []): void {
    if (this.#snapshot.state !== 'running') return;
    this.#tell(state, failure, further);
  }

  #tell(state: ResultState, failure?: Failure, further: readonly Failure[] = []): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#snapshot = {
      ...this.#snapshot,
      state,
      tables: this.#tables.map((table): ResultTable => ({ ...table })),
      warnings: this.#warnings,
      failure,
      further,
      duration: Math.round(this.#now() - this.#started),
      capped: this.#capped,
    };
    for (const listener of this.#listeners) listener();
  }
}

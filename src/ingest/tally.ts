import type { KqlType } from '../values/index.ts';

/** A place in a source: lines count from 1; in a file that is one line, everything stands in line 1. */
export interface SourcePlace {
  file: string;
  line: number;
  /** The first cell of the row at hand that could not be brought into its type. */
  lost?: LostCell | undefined;
}

/** A cell that is null now, and why. */
export interface LostCell {
  readonly column: string;
  readonly reason: string;
}

/** Cells of one column that did not come in the column's type, for one reason. */
export interface Repair {
  readonly table: string;
  readonly column: string;
  readonly type: KqlType;
  /** What was done, or why nothing could be done, for example `text to number` or `not a datetime`. */
  readonly reason: string;
  /** True where the cell could not be repaired and became null. */
  readonly lost: boolean;
  readonly count: number;
  /** The first few, to look at. */
  readonly examples: readonly { readonly file: string; readonly line: number; readonly text: string }[];
}

const EXAMPLES = 5;
const EXAMPLE_LENGTH = 80;

interface Counted extends Repair {
  count: number;
  readonly examples: { file: string; line: number; text: string }[];
}

/** Counts what was repaired in one column. */
export class ColumnTally {
  readonly counts = new Map<string, Counted>();
  readonly #table: string;
  readonly #column: string;
  readonly #type: KqlType;
  readonly #place: SourcePlace;

  constructor(table: string, column: string, type: KqlType, place: SourcePlace) {
    this.#table = table;
    this.#column = column;
    this.#type = type;
    this.#place = place;
  }

  /** The cell was brought into its type. */
  repaired(reason: string, text: unknown): void {
    this.#count(reason, false, text);
  }

  /** The cell could not be: it is null now. */
  lost(reason: string, text: unknown): string {
    this.#count(reason, true, text);
    this.#place.lost ??= { column: this.#column, reason };
    return 'null';
  }

  #count(reason: string, lost: boolean, value: unknown): void {
    let counted = this.counts.get(reason);
    if (counted === undefined) {
      const about = { table: this.#table, column: this.#column, type: this.#type };
      counted = { ...about, reason, lost, count: 0, examples: [] };
      this.counts.set(reason, counted);
    }
    counted.count++;
    if (counted.examples.length >= EXAMPLES) return;
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    const { file, line } = this.#place;
    counted.examples.push({ file, line, text: text.slice(0, EXAMPLE_LENGTH) });
  }
}

/** Counts what was repaired, and which fields no table has a column for, over a whole run. */
export class Tally {
  /** Where the reader is now; it moves with each row. */
  readonly place: SourcePlace = { file: '', line: 0 };
  /** Fields without a column, by `Table.Field`. */
  readonly unknown = new Map<string, number>();
  readonly #columns = new Map<string, ColumnTally>();

  column(table: string, column: string, type: KqlType): ColumnTally {
    const name = `${table}.${column}`;
    let tally = this.#columns.get(name);
    if (tally === undefined) {
      tally = new ColumnTally(table, column, type, this.place);
      this.#columns.set(name, tally);
    }
    return tally;
  }

  /** The first cell that was lost since this was asked last. */
  takeLost(): LostCell | undefined {
    const { lost } = this.place;
    this.place.lost = undefined;
    return lost;
  }

  unknownField(table: string, field: string): void {
    const name = `${table}.${field}`;
    this.unknown.set(name, (this.unknown.get(name) ?? 0) + 1);
  }

  /** What was repaired so far, the lost cells first. */
  repairs(): readonly Repair[] {
    const all = [...this.#columns.values()].flatMap((tally) => [...tally.counts.values()]);
    return all.sort((a, b) => Number(b.lost) - Number(a.lost) || b.count - a.count);
  }
}

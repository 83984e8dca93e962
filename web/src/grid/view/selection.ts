import type { Cell } from '../contract.ts';
import { isEmpty, type KqlType } from '../values/cell-text.ts';
import { orderKeyOf, scaledDecimal, textOfScaled } from '../values/order-key.ts';
import { type Pace, STRIDE } from './paced.ts';

/** A cell on the page: a line of the grid and a place among the columns shown. */
export interface Spot {
  readonly line: number;
  readonly at: number;
}

/** Cells from where the selection began to where it ends. */
export interface Selection {
  readonly anchor: Spot;
  readonly focus: Spot;
}

/** The same as edges, all included. */
export interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const areaOf = ({ anchor, focus }: Selection): Area => ({
  top: Math.min(anchor.line, focus.line),
  bottom: Math.max(anchor.line, focus.line),
  left: Math.min(anchor.at, focus.at),
  right: Math.max(anchor.at, focus.at),
});

export const cellsIn = ({ top, bottom, left, right }: Area): number => (bottom - top + 1) * (right - left + 1);

/** The selected cells: rows of the table and columns by place. */
export interface Selected {
  readonly rows: readonly (readonly Cell[])[];
  readonly columns: readonly { readonly place: number; readonly name: string; readonly type: KqlType }[];
}

/** What the numbers among the selected cells come to. Texts are exact where all numbers are whole or decimal. */
export interface Totals {
  readonly cells: number;
  readonly empty: number;
  readonly numbers: number;
  readonly sum?: string;
  readonly average?: string;
  readonly least?: string;
  readonly greatest?: string;
}

const EXACT: ReadonlySet<KqlType> = new Set(['int', 'long', 'decimal']);

/** Counts and adds up the selected cells. Only numbers are added; "not a number" makes its sum so too. */
export async function totalsOf({ rows, columns }: Selected, pace: Pace): Promise<Totals> {
  const numeric = columns.filter(({ type }) => EXACT.has(type) || type === 'real');
  const sum = numeric.every(({ type }) => EXACT.has(type)) ? new ExactSum() : new FloatSum();
  let empty = 0;
  let seen = 0;
  for (const row of rows) {
    for (const { place } of columns) if (isEmpty(row[place])) empty += 1;
    for (const { place } of numeric) if (!isEmpty(row[place])) sum.add(row[place]);
    if (seen++ % (STRIDE / 8) === 0) await pace.rest();
  }
  return { cells: rows.length * columns.length, empty, ...sum.totals() };
}

class ExactSum {
  #count = 0;
  #sum = 0n;
  #least = 0n;
  #greatest = 0n;

  add(cell: Cell): void {
    const value = scaledDecimal(String(cell));
    if (value === undefined) return;
    if (this.#count === 0 || value < this.#least) this.#least = value;
    if (this.#count === 0 || value > this.#greatest) this.#greatest = value;
    this.#count += 1;
    this.#sum += value;
  }

  totals(): Pick<Totals, 'numbers' | 'sum' | 'average' | 'least' | 'greatest'> {
    if (this.#count === 0) return { numbers: 0 };
    const average = Number(textOfScaled(this.#sum / BigInt(this.#count)));
    return {
      numbers: this.#count,
      sum: textOfScaled(this.#sum),
      average: rounded(average),
      least: textOfScaled(this.#least),
      greatest: textOfScaled(this.#greatest),
    };
  }
}

class FloatSum {
  readonly #keyOf = orderKeyOf('real');
  #count = 0;
  #sum = 0;
  #least = Number.POSITIVE_INFINITY;
  #greatest = Number.NEGATIVE_INFINITY;

  add(cell: Cell): void {
    const value = Number(this.#keyOf(cell) ?? Number.NaN);
    this.#count += 1;
    this.#sum += value;
    if (value < this.#least) this.#least = value;
    if (value > this.#greatest) this.#greatest = value;
  }

  totals(): Pick<Totals, 'numbers' | 'sum' | 'average' | 'least' | 'greatest'> {
    if (this.#count === 0) return { numbers: 0 };
    const known = this.#least <= this.#greatest;
    return {
      numbers: this.#count,
      sum: rounded(this.#sum),
      average: rounded(this.#sum / this.#count),
      ...(known && { least: String(this.#least), greatest: String(this.#greatest) }),
    };
  }
}

/** Without the digits that binary fractions leave behind. */
const rounded = (value: number): string => String(Number(value.toPrecision(15)));

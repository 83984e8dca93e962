import type { Cell, Column } from '../contract.ts';
import { isEmpty, isNumeric, shownText } from '../values/cell-text.ts';

/** How the columns stand. Columns are named by their places in the table. */
export interface Layout {
  /** All columns, from left to right. */
  readonly order: readonly number[];
  readonly hidden: ReadonlySet<number>;
  /** These stay at the left while the others scroll. */
  readonly pinned: ReadonlySet<number>;
  /** Widths in pixels that a person has set. */
  readonly widths: ReadonlyMap<number, number>;
  readonly hideEmpty: boolean;
}

/** A column as it stands on the page. */
export interface ShownColumn {
  readonly place: number;
  readonly column: Column;
  readonly width: number;
  readonly pinned: boolean;
  /** Pixels from the left edge of the first column, or of the grid where it is pinned. */
  readonly left: number;
}

export const NARROWEST = 56;
export const WIDEST = 1_200;

/** Pixels that a character takes in the grid's type, and those beside a cell's text and a head's. */
const CHARACTER = 8;
const BESIDE_TEXT = 22;
const BESIDE_HEAD = 52;

/** Rows that a width is guessed by, and the widest guess. */
const SAMPLE = 200;
const WIDEST_GUESS = 340;

export const layoutOf = (columns: readonly Column[]): Layout => ({
  order: columns.map((_, place) => place),
  hidden: new Set(),
  pinned: new Set(),
  widths: new Map(),
  hideEmpty: false,
});

/** The columns that are shown: pinned ones first, each with its place in pixels. */
export function shownColumns(
  columns: readonly Column[],
  layout: Layout,
  { guesses, empty }: { readonly guesses: readonly number[]; readonly empty: ReadonlySet<number> },
): ShownColumn[] {
  const visible = layout.order.filter((place) => !layout.hidden.has(place) && !(layout.hideEmpty && empty.has(place)));
  const ordered = [
    ...visible.filter((place) => layout.pinned.has(place)),
    ...visible.filter((place) => !layout.pinned.has(place)),
  ];
  let left = 0;
  return ordered.map((place) => {
    const width = layout.widths.get(place) ?? guesses[place] ?? 120;
    left += width;
    return { place, column: columns[place]!, width, pinned: layout.pinned.has(place), left: left - width };
  });
}

/** Widths that fit the first rows. */
export const guessWidths = (columns: readonly Column[], rows: readonly (readonly Cell[])[]): number[] =>
  columns.map((_, place) => Math.min(WIDEST_GUESS, fittingWidth(columns, rows.slice(0, SAMPLE), place)));

/** The width that fits a column's name and its texts in the given rows. */
export function fittingWidth(columns: readonly Column[], rows: readonly (readonly Cell[])[], place: number): number {
  const { name, type } = columns[place]!;
  const longest = rows.reduce((most, row) => Math.max(most, Math.min(400, shownText(row[place], type).length)), 0);
  const width = Math.max(name.length * CHARACTER + BESIDE_HEAD, longest * CHARACTER + BESIDE_TEXT);
  return Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, width)));
}

/** Remembers which columns have a value in any row, looking at each row once however often rows are added. */
export class EmptyColumns {
  #seen = 0;
  readonly #empty: Set<number>;
  constructor(columns: readonly Column[]) {
    this.#empty = new Set(columns.keys());
  }

  /** The columns that are empty in all rows so far. */
  of(rows: readonly (readonly Cell[])[]): ReadonlySet<number> {
    for (; this.#seen < rows.length && this.#empty.size > 0; this.#seen += 1) {
      const row = rows[this.#seen]!;
      for (const place of this.#empty) if (!isEmpty(row[place])) this.#empty.delete(place);
    }
    return this.#empty;
  }
}

/** Moves a column to where another one stands. */
export function moveColumn(layout: Layout, moved: number, target: number): Layout {
  if (moved === target) return layout;
  const after = layout.order.indexOf(moved) < layout.order.indexOf(target);
  const order = layout.order.filter((place) => place !== moved);
  order.splice(order.indexOf(target) + (after ? 1 : 0), 0, moved);
  return { ...layout, order, pinned: toggled(layout.pinned, moved, layout.pinned.has(target)) };
}

/** Moves a column by one place among those that are shown. */
export function stepColumn(layout: Layout, shown: readonly ShownColumn[], place: number, step: 1 | -1): Layout {
  const at = shown.findIndex((column) => column.place === place);
  const neighbour = shown[at + step];
  return neighbour && neighbour.pinned === shown[at]!.pinned ? moveColumn(layout, place, neighbour.place) : layout;
}

/** A set with or without a member. */
export function toggled<T>(set: ReadonlySet<T>, member: T, present: boolean): ReadonlySet<T> {
  const next = new Set(set);
  if (present) next.add(member);
  else next.delete(member);
  return next;
}

export const alignsRight = ({ column }: ShownColumn): boolean => isNumeric(column.type) || column.type === 'timespan';

import type { Cell } from '../contract.ts';
import { type KqlType, shownText } from '../values/cell-text.ts';
import { type Pace, STRIDE } from './paced.ts';

/** Where a text was found: a line of the grid and a column's place in the table. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Found {
  readonly places: readonly Place[];
  /** There are more than were counted. */
  readonly more: boolean;
}

export const MOST_PLACES = 10_000;

/** The cells that hold a text, in any case, line by line and in the order of the columns shown. */
export async function findText(
  needle: string,
  rows: readonly (readonly Cell[])[],
  types: readonly KqlType[],
  shown: { readonly lines: ArrayLike<number>; readonly columns: readonly number[] },
  pace: Pace,
): Promise<Found> {
  const places: Place[] = [];
  const wanted = needle.toLowerCase();
  for (let line = 0; line < shown.lines.length; line += 1) {
    const row = rows[shown.lines[line]!];
    for (const column of row ? shown.columns : []) {
      if (
        !shownText(row![column], types[column] ?? 'string')
          .toLowerCase()
          .includes(wanted)
      )
        continue;
      if (places.length >= MOST_PLACES) return { places, more: true };
      places.push({ line, column });
    }
    if (line % (STRIDE / 8) === 0) await pace.rest();
  }
  return { places, more: false };
}

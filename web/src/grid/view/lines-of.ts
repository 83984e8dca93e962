import type { Cell } from '../contract.ts';
import type { KqlType } from '../values/cell-text.ts';
import { filterRows } from './filter.ts';
import { groupRows, type Lines } from './group.ts';
import type { Pace } from './paced.ts';
import { sortRows } from './sort.ts';
import { isOpen, type ViewState } from './view-state.ts';

/** What the grid shows of a table. */
export interface Shown extends Lines {
  /** The rows that the filters keep, sorted; also those within closed groups. */
  readonly order: Uint32Array;
}

/** Whether the rows stand as they came: then nothing is to be worked out while more come in. */
export const asTheyCame = ({ sort, filters, groups }: ViewState): boolean =>
  sort.length === 0 && filters.size === 0 && groups.length === 0;

/** 0, 1, 2, …; grows as it is needed and is shared, for it never changes. */
let counted = new Uint32Array(0);

/** All rows as they came. */
export function plainLines(count: number): Shown {
  if (counted.length < count) {
    counted = new Uint32Array(Math.max(4_096, count * 2));
    for (let row = 0; row < counted.length; row += 1) counted[row] = row;
  }
  const order = counted.subarray(0, count);
  return { order, lines: order, groups: [] };
}

/** Filters, sorts and groups, in slices that leave the page its time. */
export async function linesOf(
  rows: readonly (readonly Cell[])[],
  types: readonly KqlType[],
  state: ViewState,
  pace: Pace,
): Promise<Shown> {
  const kept = await filterRows(rows, types, state.filters, pace);
  const order = state.sort.length === 0 ? kept : await sortRows(rows, types, kept, state.sort, pace);
  if (state.groups.length === 0) return { order, lines: order, groups: [] };
  const given = { rows, types, by: state.groups, isOpen: (path: string) => isOpen(state, path), pace };
  return { order, ...(await groupRows(order, given)) };
}

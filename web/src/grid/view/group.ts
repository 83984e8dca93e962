import type { Cell } from '../contract.ts';
import type { KqlType } from '../values/cell-text.ts';
import { type ValueName, valueName } from './filter.ts';
import { type Pace, STRIDE } from './paced.ts';

/** The head of a group: a line of its own in the grid. */
export interface Group {
  readonly depth: number;
  readonly column: number;
  readonly name: ValueName;
  readonly count: number;
  readonly open: boolean;
  /** Says which group it is, through changes of order and filters. */
  readonly path: string;
}

/** The lines of the grid: a row's number, or -1 - the place of a group's head in `groups`. */
export interface Lines {
  readonly lines: Int32Array | Uint32Array;
  readonly groups: readonly Group[];
  /** There are more groups than are shown. */
  readonly cut?: boolean;
}

/** Columns that the rows may be grouped by at the same time. */
export const MOST_GROUPINGS = 3;

/** Heads that are shown at most: a grouping by a column of ids says nothing. */
export const MOST_HEADS = 100_000;

interface Grouping {
  readonly rows: readonly (readonly Cell[])[];
  readonly types: readonly KqlType[];
  readonly by: readonly number[];
  readonly isOpen: (path: string) => boolean;
  readonly pace: Pace;
  readonly lines: number[];
  readonly groups: Group[];
}

/** The lines of rows grouped by columns. Groups stand where their first row stands; only open ones show their rows. */
export async function groupRows(
  order: Uint32Array,
  given: Pick<Grouping, 'rows' | 'types' | 'by' | 'isOpen' | 'pace'>,
): Promise<Lines> {
  const grouping: Grouping = { ...given, lines: [], groups: [] };
  await addGroups(order, 0, '', grouping);
  const { lines, groups } = grouping;
  return { lines: new Int32Array(lines), groups, cut: groups.length >= MOST_HEADS };
}

async function addGroups(order: ArrayLike<number>, depth: number, above: string, grouping: Grouping): Promise<void> {
  const { lines, groups, by, isOpen, pace } = grouping;
  const column = by[depth];
  if (column === undefined) {
    for (let i = 0; i < order.length; i += 1) {
      lines.push(order[i]!);
      if (i % STRIDE === 0) await pace.rest();
    }
    return;
  }
  for (const [name, members] of await buckets(order, column, grouping)) {
    if (groups.length >= MOST_HEADS) return;
    const path = JSON.stringify([above, column, name]);
    const open = isOpen(path);
    lines.push(-1 - groups.length);
    groups.push({ depth, column, name, count: members.length, open, path });
    if (open) await addGroups(members, depth + 1, path, grouping);
  }
}

async function buckets(
  order: ArrayLike<number>,
  column: number,
  { rows, types, pace }: Grouping,
): Promise<Map<ValueName, number[]>> {
  const found = new Map<ValueName, number[]>();
  const type = types[column] ?? 'string';
  for (let i = 0; i < order.length; i += 1) {
    const name = valueName(rows[order[i]!]![column], type);
    const members = found.get(name);
    if (members) members.push(order[i]!);
    else found.set(name, [order[i]!]);
    if (i % STRIDE === 0) await pace.rest();
  }
  return found;
}

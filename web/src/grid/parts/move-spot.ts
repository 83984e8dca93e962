import type { Spot } from '../view/selection.ts';

/** A key as far as a move depends on it. */
export interface MoveKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

interface Size {
  readonly lines: number;
  readonly columns: number;
  /** Lines of a page. */
  readonly page: number;
}

type Move = (spot: Spot, size: Size) => Spot;

const MOVES: Readonly<Record<string, Move>> = {
  ArrowUp: ({ line, at }) => ({ line: line - 1, at }),
  ArrowDown: ({ line, at }) => ({ line: line + 1, at }),
  ArrowLeft: ({ line, at }) => ({ line, at: at - 1 }),
  ArrowRight: ({ line, at }) => ({ line, at: at + 1 }),
  PageUp: ({ line, at }, { page }) => ({ line: Math.max(Math.min(line, 0), line - page), at }),
  PageDown: ({ line, at }, { page }) => ({ line: line + page, at }),
  Home: ({ line }) => ({ line, at: 0 }),
  End: ({ line }, { columns }) => ({ line, at: columns - 1 }),
};

const WITH_CONTROL: Readonly<Record<string, Move>> = {
  ArrowUp: ({ line, at }) => ({ line: Math.min(line, 0), at }),
  ArrowDown: ({ at }, { lines }) => ({ line: lines - 1, at }),
  ArrowLeft: MOVES.Home!,
  ArrowRight: MOVES.End!,
  Home: ({ line }) => ({ line: Math.min(line, 0), at: 0 }),
  End: (_, { lines, columns }) => ({ line: lines - 1, at: columns - 1 }),
};

/** Where a key moves the focus, as grids do it (https://www.w3.org/WAI/ARIA/apg/patterns/grid/). The heading is line -1. */
export function movedSpot({ key, ctrlKey, metaKey, altKey }: MoveKey, from: Spot, size: Size): Spot | undefined {
  const move = altKey ? undefined : (ctrlKey || metaKey ? WITH_CONTROL : MOVES)[key];
  if (!move || size.columns === 0) return undefined;
  const { line, at } = move(from, size);
  return {
    line: Math.min(Math.max(line, -1), size.lines - 1),
    at: Math.min(Math.max(at, 0), size.columns - 1),
  };
}

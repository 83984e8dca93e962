import type { Cell } from './contract.ts';

/** What a result may still take of the page's memory. */
export interface Budget {
  rows: number;
  cells: number;
  /** Bytes, as estimated by {@link sizeOf}. */
  bytes: number;
}

/** Rows that a grid can be scrolled through: browsers draw nothing that is higher than some 17 million pixels. */
export const MOST_ROWS = 500_000;

export const fullBudget = (): Budget => ({ rows: MOST_ROWS, cells: 2_000_000, bytes: 256 * 1024 * 1024 });

/** Whether a row still fits. */
export const holds = (budget: Budget, row: readonly Cell[]): boolean =>
  budget.rows > 0 && budget.cells >= row.length && budget.bytes >= sizeOfRow(row);

/** Takes a row's share off. */
export function spend(budget: Budget, row: readonly Cell[]): void {
  budget.rows -= 1;
  budget.cells -= row.length;
  budget.bytes -= sizeOfRow(row);
}

const sizeOfRow = (row: readonly Cell[]): number => row.reduce((sum: number, cell) => sum + sizeOf(cell), 32);

/** Levels that are looked into; hostile JSON is deeper than any stack. */
const DEEPEST = 64;

/** What an engine of JavaScript takes for a value, about: two bytes a character, some for each object. */
export function sizeOf(value: Cell, depth = 0): number {
  if (typeof value === 'string') return 24 + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (depth > DEEPEST) return 4_096;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + sizeOf(item, depth + 1), 32);
  return Object.entries(value).reduce((sum, [name, item]) => sum + 2 * name.length + 32 + sizeOf(item, depth + 1), 48);
}

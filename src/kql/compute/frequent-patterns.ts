import { MailhuntError } from '../../errors/index.ts';
import { allRows, type Pattern, type PatternRows, rowsWith, shared, sumOf } from './pattern-rows.ts';

/** Patterns that one call may find, and cells that it may read to find them. */
const MAX_PATTERNS = 10_000;
const MAX_WORK = 1_000_000_000;

/** A pattern, and its rows' weight in each measure. */
export interface Found {
  readonly pattern: Pattern;
  readonly weights: readonly number[];
}

interface Mined extends Found {
  readonly rows: Int32Array;
}

/** What is asked for. */
interface Mining {
  /** The plugin, for its errors. */
  readonly what: string;
  readonly isFrequent: (weights: readonly number[]) => boolean;
  /** Values that a pattern may be made from; those that always come with them do not count. */
  readonly maxDimensions: number;
}

/**
 * The frequent patterns of Apriori, each with every value that its rows share: of patterns with the same rows only the
 * longest. Level by level a value is added to each pattern of the last level.
 */
export function frequentPatterns(data: PatternRows, mining: Mining): Found[] {
  const budget = { work: MAX_WORK };
  const found = new Map<string, Found>();
  let level: Mined[] = [minedOf(data, allRows(data))];
  if (level[0]!.pattern.size > 0) keep(level[0]!, found, mining);
  for (let size = 1; size <= mining.maxDimensions && level.length > 0; size++) {
    const next: Mined[] = [];
    for (const base of level)
      for (const wider of extensions(data, base, mining, budget)) if (keep(wider, found, mining)) next.push(wider);
    level = next;
  }
  return [...found.values()];
}

const minedOf = (data: PatternRows, rows: Int32Array): Mined => ({
  rows,
  pattern: rows.length === 0 ? new Map() : shared(data, rows),
  weights: data.weights.map((weights) => sumOf(weights, rows)),
});

function keep(mined: Mined, found: Map<string, Found>, { what }: Mining): boolean {
  const key = keyOf(mined.pattern);
  if (found.has(key)) return false;
  if (found.size >= MAX_PATTERNS) return refuse(what, `it finds more than ${MAX_PATTERNS} patterns`);
  found.set(key, { pattern: mined.pattern, weights: mined.weights });
  return true;
}

/** Names a pattern: its values in the order of the dimensions. */
export const keyOf = (pattern: Pattern): string =>
  [...pattern].map(([dimension, value]) => `${dimension}:${value}`).join();

/** A pattern with each other value that is frequent among its rows. */
function* extensions(data: PatternRows, base: Mined, mining: Mining, budget: { work: number }): Generator<Mined> {
  for (const dimension of data.cells.keys()) {
    if (base.pattern.has(dimension)) continue;
    spend(budget, base.rows.length, mining.what);
    for (const [value, weights] of weightsByValue(data, base.rows, dimension)) {
      if (!mining.isFrequent(weights)) continue;
      const rows = rowsWith(data, base.rows, dimension, value);
      spend(budget, base.rows.length + rows.length * data.cells.length, mining.what);
      yield minedOf(data, rows);
    }
  }
}

function spend(budget: { work: number }, cells: number, what: string): void {
  budget.work -= cells;
  if (budget.work < 0) refuse(what, 'there are too many combinations of values');
}

function weightsByValue(data: PatternRows, rows: Int32Array, dimension: number): Map<number, number[]> {
  const cells = data.cells[dimension]!;
  const sums = new Map<number, number[]>();
  for (const row of rows) {
    const value = cells[row]!;
    const sum = sums.get(value) ?? data.weights.map(() => 0);
    sums.set(value, sum);
    for (let i = 0; i < sum.length; i++) sum[i]! += data.weights[i]![row]!;
  }
  return sums;
}

/** Refuses a mining by name. */
export function refuse(what: string, text: string): never {
  throw new MailhuntError('KQL0005', { what, text: `${text}; project fewer columns or raise the threshold` });
}

import { MailhuntError } from '../../errors/index.ts';
import { allRows, type Pattern, type PatternRows, rowsWith, shared, sumOf } from './pattern-rows.ts';

/** Patterns that one call may find, and cells that it may read to find them: a few seconds, in which nothing else is answered. */
const MAX_PATTERNS = 10_000;
const MAX_WORK = 500_000_000;

/** Cells that may still be read. */
export interface Budget {
  work: number;
}

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
  const budget: Budget = { work: MAX_WORK };
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
function* extensions(data: PatternRows, base: Mined, mining: Mining, budget: Budget): Generator<Mined> {
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

/** Takes cells off a budget, or refuses. */
export function spend(budget: Budget, cells: number, what: string): void {
  budget.work -= cells;
  if (budget.work < 0) refuse(what, 'there are too many combinations of values');
}

/** The values of a dimension among some rows, as they come, each with its weight in each measure. */
function weightsByValue(data: PatternRows, rows: Int32Array, dimension: number): [number, number[]][] {
  const cells = data.cells[dimension]!;
  const values: number[] = [];
  // where many values are and few rows, arrays over all values would cost more than they save
  const places = data.values[dimension]!.length > 4 * rows.length ? new Map<number, number>() : undefined;
  const dense = places === undefined ? new Int32Array(data.values[dimension]!.length).fill(-1) : undefined;
  const sums = data.weights.map(() => new Float64Array(rows.length));
  for (const row of rows) {
    const value = cells[row]!;
    let place = dense === undefined ? (places!.get(value) ?? -1) : dense[value]!;
    if (place < 0) {
      place = values.push(value) - 1;
      if (dense === undefined) places!.set(value, place);
      else dense[value] = place;
    }
    for (let i = 0; i < sums.length; i++) sums[i]![place]! += data.weights[i]![row]!;
  }
  return values.map((value, place) => [value, sums.map((sum) => sum[place]!)]);
}

/** Refuses a mining by name. */
export function refuse(what: string, text: string): never {
  throw new MailhuntError('KQL0005', { what, text: `${text}; project fewer columns or raise the threshold` });
}

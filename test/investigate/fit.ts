import type { Evidence, House } from '../../src/evidence/index.ts';
import { signalsOf } from '../../src/evidence/index.ts';
import type { VerdictWord } from '../../src/investigate/index.ts';
import { countedOf, scoreOf } from '../../src/investigate/verdict/verdict-of.ts';
import { prior, type Weight } from '../../src/investigate/verdict/weights.ts';
import { allWords } from '../../src/investigate/verdict/words.ts';

/** A message whose verdict is known. */
export interface Known {
  readonly evidence: Evidence;
  readonly house: House;
  readonly word: VerdictWord;
}

/** How a table is fitted. */
export interface Fitting {
  /** The table that the fit starts from and is held to. */
  readonly from: readonly Weight[];
  /** How strongly: the penalty on the squared distance, for each message. */
  readonly hold: number;
  readonly rounds: number;
}

/** A message as the fit sees it: the cells of the table that count for it, and points that are not fitted. */
interface Sample {
  readonly names: readonly string[];
  readonly fixed: Readonly<Record<string, number>>;
  readonly word: VerdictWord;
}

const STEP = 0.5;

/**
 * The table of weights that makes known verdicts likeliest (multinomial, L2-regularised towards the table it starts from).
 * Only cells that the table has are fitted, and none changes its sign: what a signal may speak for is documented, how much
 * is fitted. What senders can write is not fitted at all.
 */
export function fitted(known: readonly Known[], { from, hold, rounds }: Fitting): readonly Weight[] {
  const samples = known.map((one) => sampleOf(one, from));
  const cells = new Map(from.map(({ signal, points }) => [signal, { ...points } as Record<string, number>]));
  const start = new Map(from.map(({ signal, points }) => [signal, points as Record<string, number>]));
  for (let round = 0; round < rounds; round++) {
    const slope = new Map<string, Record<string, number>>();
    for (const { names, fixed, word } of samples) {
      const chances = chancesOf(names, fixed, cells);
      for (const name of names) {
        const row = slope.get(name) ?? {};
        for (const other of Object.keys(cells.get(name) ?? {}))
          row[other] = (row[other] ?? 0) + (other === word ? 1 : 0) - chances[other as VerdictWord];
        slope.set(name, row);
      }
    }
    for (const [name, row] of slope)
      for (const [word, value] of Object.entries(row)) {
        const [cell, begun] = [cells.get(name)!, start.get(name)![word]!];
        const moved = cell[word]! + STEP * (value / Math.sqrt(samples.length) - hold * (cell[word]! - begun));
        cell[word] = begun >= 0 ? Math.max(0, moved) : Math.min(0, moved);
      }
  }
  return from.map((row) => ({ ...row, points: cells.get(row.signal)! }));
}

function sampleOf({ evidence, house, word }: Known, table: readonly Weight[]): Sample {
  const counted = countedOf(signalsOf(evidence, house), evidence, table);
  const free = counted.filter(({ signal }) => signal.isForgeable);
  const { countsForgeable } = scoreOf(counted);
  const fixed: Record<string, number> = { ...prior };
  if (countsForgeable)
    for (const { points } of free)
      for (const [other, value] of Object.entries(points)) fixed[other] = (fixed[other] ?? 0) + value;
  return { names: counted.filter(({ signal }) => !signal.isForgeable).map(({ signal }) => signal.name), fixed, word };
}

function chancesOf(
  names: readonly string[],
  fixed: Readonly<Record<string, number>>,
  cells: ReadonlyMap<string, Readonly<Record<string, number>>>,
): Record<VerdictWord, number> {
  const points = allWords.map((word) =>
    names.reduce((sum, name) => sum + (cells.get(name)?.[word] ?? 0), fixed[word] ?? 0),
  );
  const most = Math.max(...points);
  const shares = points.map((one) => Math.exp(one - most));
  const all = shares.reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(allWords.map((word, i) => [word, shares[i]! / all])) as Record<VerdictWord, number>;
}

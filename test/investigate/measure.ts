import { type VerdictWord, verdictOf } from '../../src/investigate/index.ts';
import { together } from '../../src/investigate/verdict/together.ts';
import { type Weight, weights } from '../../src/investigate/verdict/weights.ts';
import { accuses, allWords } from '../../src/investigate/verdict/words.ts';
import { expectedVerdicts } from './expected.ts';
import { fitted } from './fit.ts';
import type { Examined } from './lab-desk.ts';

/** The documented table with the rows of signals that count together. */
export const documented: readonly Weight[] = [
  ...weights,
  ...together.map(({ name, points, reason }) => ({ signal: name, points, reason })),
];

/** One verdict beside the right one. */
export interface Judged {
  readonly name: string;
  readonly variation: number;
  readonly nature: 'attack' | 'harmless';
  readonly right: VerdictWord;
  readonly found: VerdictWord;
  readonly confidence: number;
}

/** How often a table is right. */
export interface Measure {
  readonly judged: readonly Judged[];
  readonly accuracy: number;
  /** The share of harmless mail that is called spoof or impersonation. */
  readonly falseRefusals: number;
  /** The share of attacks that are excused. */
  readonly missed: number;
}

const judgedBy =
  (table: readonly Weight[]) =>
  ({ one, variation, evidence, house }: Examined): Judged => {
    const { word, confidence } = verdictOf(evidence, { house, weights: table });
    const right = expectedVerdicts[one.name]!;
    return { name: one.name, variation, nature: one.nature, right, found: word, confidence };
  };

/** All messages by one table. */
export const measured = (examined: readonly Examined[], table = documented): Measure =>
  measureOf(examined.map(judgedBy(table)));

/**
 * Each family of scenarios judged by a table that was fitted on all others: nothing of the family, none of its variations,
 * was seen by the fit.
 *
 * @param from the table that fits start from and are held to
 */
export function leftOut(examined: readonly Examined[], from: readonly Weight[] = documented): Measure {
  const families = [...new Set(examined.map(({ one }) => one.theme))];
  const judged = families.flatMap((family) => {
    const known = examined
      .filter(({ one }) => one.theme !== family)
      .map(({ one, evidence, house }) => ({ evidence, house, word: expectedVerdicts[one.name]! }));
    const table = fitted(known, { from, hold: 0.02, rounds: 60 });
    return examined.filter(({ one }) => one.theme === family).map(judgedBy(table));
  });
  return measureOf(judged);
}

/** The table with every cell that it has at one point, for or against: what is left of it is what may speak for what. */
export const signsAlone: readonly Weight[] = documented.map((row) => ({
  ...row,
  points: Object.fromEntries(Object.entries(row.points).map(([word, value]) => [word, Math.sign(value)])),
}));

function measureOf(judged: readonly Judged[]): Measure {
  const share = (of: readonly Judged[], is: (one: Judged) => boolean): number =>
    of.length === 0 ? 0 : of.filter(is).length / of.length;
  return {
    judged,
    accuracy: share(judged, ({ right, found }) => right === found),
    falseRefusals: share(
      judged.filter(({ nature }) => nature === 'harmless'),
      ({ found }) => accuses(found),
    ),
    missed: share(
      judged.filter(({ nature }) => nature === 'attack'),
      ({ found }) => !accuses(found),
    ),
  };
}

/** What was right against what was found, a row for each right verdict. */
export function confusionText({ judged }: Measure): string {
  const width = Math.max(...allWords.map((word) => word.length));
  const head = `${'right'.padEnd(width)}  ${allWords.map((word) => word.slice(0, 9).padStart(9)).join(' ')}`;
  const rows = allWords.map((right) => {
    const counts = allWords.map((found) => judged.filter((one) => one.right === right && one.found === found).length);
    return `${right.padEnd(width)}  ${counts.map((count) => (count === 0 ? '·' : String(count)).padStart(9)).join(' ')}`;
  });
  return [head, ...rows].join('\n');
}

import type { Value } from '../../values/index.ts';
import type { PlanData } from '../plan/index.ts';
import type { Operation, Rows } from './operation.ts';

interface Options {
  /** The share of the rows that a word or a pattern must have. */
  readonly threshold: number;
  /** The characters between words; undefined for all but letters and digits. */
  readonly characters: string | undefined;
}

/** A text in words and what stands before, between and behind them: always one more than words. */
interface Parts {
  readonly words: readonly string[];
  readonly between: readonly string[];
}

/** One row is no pattern. */
const LEAST = 2;

/**
 * `reduce`: words that are frequent at their place stay, the rest becomes `*` (R. Vaarandi, "A Data Clustering Algorithm
 * for Mining Patterns From Event Logs"). Numbers are never part of a pattern. What fits no frequent pattern is `others`.
 */
function run([input]: readonly Rows[], data: PlanData): Value[][] {
  const { threshold, characters } = data as unknown as Options;
  const isBreak = breaksAt(characters);
  const texts = input!.rows.map(([text]) => String(text));
  const support = Math.max(LEAST, Math.ceil(threshold * texts.length));
  const lines = texts.map((text) => partsOf(text, isBreak));
  const frequent = frequentWords(lines, support);
  const groups = new Map<string, { count: number; first: string }>();
  for (const [i, line] of lines.entries()) {
    const pattern = patternOf(line, frequent, characters !== undefined);
    if (pattern === undefined) continue;
    const group = groups.get(pattern) ?? { count: 0, first: texts[i]! };
    group.count += 1;
    groups.set(pattern, group);
  }
  const found = [...groups].filter(([, { count }]) => count >= support).sort(([, a], [, b]) => b.count - a.count);
  const others = texts.length - found.reduce((sum, [, { count }]) => sum + count, 0);
  return [
    ...found.map(([pattern, { count, first }]) => [pattern, BigInt(count), first]),
    ...(others > 0 ? [['others', BigInt(others), '']] : []),
  ];
}

const breaksAt = (characters: string | undefined): ((character: string) => boolean) => {
  if (characters === undefined) return (character) => !/[\p{L}\p{N}]/u.test(character);
  const breaks = new Set(characters);
  return (character) => breaks.has(character);
};

function partsOf(text: string, isBreak: (character: string) => boolean): Parts {
  const words: string[] = [];
  const between = [''];
  let inWord = false;
  for (const character of text) {
    if (isBreak(character)) {
      if (inWord) between.push('');
      between[between.length - 1] += character;
      inWord = false;
    } else {
      if (!inWord) words.push('');
      words[words.length - 1] += character;
      inWord = true;
    }
  }
  return { words, between: inWord ? [...between, ''] : between };
}

const placed = (word: string, place: number): string => `${place} ${word}`;

function frequentWords(lines: readonly Parts[], support: number): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { words } of lines)
    for (const [place, word] of words.entries())
      if (!/^\d+$/.test(word)) counts.set(placed(word, place), (counts.get(placed(word, place)) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= support).map(([word]) => word));
}

/** The pattern of a text; neighbouring wildcards are one, and take the break characters beside them where these are given. */
function patternOf({ words, between }: Parts, frequent: ReadonlySet<string>, swallows: boolean): string | undefined {
  const kept = words.map((word, place) => frequent.has(placed(word, place)));
  if (!kept.includes(true)) return undefined;
  let pattern = swallows && !kept[0] ? '' : between[0]!;
  for (const [i, word] of words.entries()) {
    const next = kept[i + 1] ?? true;
    const behind = i === words.length - 1 || !(swallows ? kept[i] !== true || !next : kept[i] !== true && !next);
    if (kept[i]) pattern += word;
    else if (!pattern.endsWith('*')) pattern += '*';
    if (behind) pattern += between[i + 1]!;
  }
  return pattern;
}

/** `reduce`. */
export const reduceOperations: readonly Operation[] = [{ name: 'reduce', page: 'reduce-operator', run }];

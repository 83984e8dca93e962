import { type Evidence, type House, type Signal, signalsOf } from '../../evidence/index.ts';
import type { Reason, Verdict, VerdictWord } from '../investigation.ts';
import { riskOf } from '../risk/risk-of.ts';
import { type Together, together } from './together.ts';
import { weights as documented, prior, type Weight } from './weights.ts';
import { accuses, allWords, type Points, verdictWords } from './words.ts';

/** By what a verdict is reached. */
export interface Judging {
  readonly house?: House;
  /** Instead of the documented table; see `weightsWith`. */
  readonly weights?: readonly Weight[];
}

/** A signal with its row of the table. */
export interface Counted {
  readonly signal: Signal;
  readonly points: Points;
}

/**
 * What a message is, with reasons: the points of its signals are added up by the documented table, and the word with
 * the most is the verdict.
 *
 * What a sender could have written never excuses alone. First all is added up without what such signals say for the excusing
 * words; only where an excusing word leads then do they count, to tell which one it is. So no set of them can turn an
 * accusation into an excuse.
 *
 * @example verdictOf(evidence).word // 'spoof'
 */
export function verdictOf(evidence: Evidence, judging: Judging = {}): Verdict {
  const signals = signalsOf(evidence, judging.house);
  const counted = countedOf(signals, evidence, judging.weights ?? documented);
  const score = scoreOf(counted);
  const [{ word }, ...others] = score.ranking as [
    { word: VerdictWord; points: number },
    ...{ word: VerdictWord; points: number }[],
  ];
  const confidence = confidenceOf(score.ranking);
  return {
    word,
    summary: summaryOf(word, confidence, others[0]?.word),
    confidence,
    ranking: score.ranking,
    reasons: reasonsOf(counted, score, word),
    risk: riskOf(evidence, word, signals),
  };
}

/** Signals, and those that say more together, with their rows of the table. */
export function countedOf(
  signals: readonly Signal[],
  evidence: Evidence,
  table: readonly Weight[],
): readonly Counted[] {
  const rows = new Map(table.map(({ signal, points }) => [signal, points]));
  const single = signals.map((signal) => ({ signal, points: rows.get(signal.name) ?? {} }));
  const names = new Set([...signals.map(({ name }) => name), ...happenedOf(evidence)]);
  const joint = together
    .filter((one) => isThere(one, names))
    .map((one) => ({ signal: asSignal(one), points: rows.get(one.name) ?? one.points }));
  return [...single, ...joint];
}

const isThere = ({ groups }: Together, names: ReadonlySet<string>): boolean =>
  groups.every((group) => group.some((name) => names.has(name)));

const asSignal = ({ name, words }: Together): Signal => ({ name, words, isForgeable: false });

const MANY_COLLEAGUES = 5;

/** What became of the message, as far as it counts together with signals. */
export function happenedOf({ message, clicks }: Evidence): readonly string[] {
  const isDelivered = message.recipients.some(({ deliveryAction }) => /^delivered/i.test(deliveryAction));
  const isToMany = message.direction === 'Intra-org' && message.recipients.length >= MANY_COLLEAGUES;
  const happened = { delivered: isDelivered, clicked: clicks.length > 0, 'to-many-colleagues': isToMany };
  return Object.entries(happened).flatMap(([name, is]) => (is ? [name] : []));
}

/** Points by word, and whether what the sender could have written counted. */
export interface Score {
  readonly ranking: readonly { readonly word: VerdictWord; readonly points: number }[];
  readonly countsForgeable: boolean;
}

/** Adds up; see {@link verdictOf} for how signals that can be forged are held. */
export function scoreOf(
  counted: readonly { readonly signal: Pick<Signal, 'isForgeable'>; readonly points: Points }[],
): Score {
  const held = rankingOf(counted.map(({ signal, points }) => (signal.isForgeable ? withoutExcuses(points) : points)));
  if (accuses(held[0]!.word)) return { ranking: held, countsForgeable: false };
  const refined = counted.map(({ signal, points }) => (signal.isForgeable ? withoutPardon(points) : points));
  return { ranking: rankingOf(refined), countsForgeable: true };
}

/** Of a signal that can be forged only what accuses counts. */
const withoutExcuses = (points: Points): Points => partOf(points, (word, value) => accuses(word) && value > 0);

/** It may tell excusing words apart, and never take anything from an accusing one. */
const withoutPardon = (points: Points): Points => partOf(points, (word, value) => !accuses(word) || value > 0);

const partOf = (points: Points, keeps: (word: VerdictWord, value: number) => boolean): Points =>
  Object.fromEntries(Object.entries(points).filter(([word, value]) => keeps(word as VerdictWord, value)));

/** All words by points, the most first; of equals the graver one. */
function rankingOf(parts: readonly Points[]): Score['ranking'] {
  const sum = (word: VerdictWord): number =>
    parts.reduce((total, points) => total + (points[word] ?? 0), prior[word] ?? 0);
  const all = allWords.map((word) => ({ word, points: rounded(sum(word)) }));
  return all.sort((one, other) => other.points - one.points);
}

/** Adding nothing makes a negative zero a zero. */
const rounded = (points: number): number => Math.round(points * 1000) / 1000 + 0;

/** Nobody is surer than that. */
const SUREST = 0.99;

/** Points are logarithms of odds, so the share of the first among all is how sure it is. */
function confidenceOf(ranking: Score['ranking']): number {
  const [first] = ranking;
  const shares = ranking.map(({ points }) => Math.exp(points - first!.points));
  return Math.min(SUREST, Math.round(1000 / shares.reduce((sum, share) => sum + share, 0)) / 1000);
}

function summaryOf(word: VerdictWord, confidence: number, second: VerdictWord | undefined): string {
  const sure = confidence >= 0.9 ? 'This is' : confidence >= 0.6 ? 'This is probably' : 'This may be';
  const other = confidence < 0.6 && second !== undefined ? ` The next likely is ${second}.` : '';
  return `${sure} ${verdictWords[word].meaning}.${other}`;
}

/** What spoke for and against the verdict: the weightiest first, what did not count last. */
function reasonsOf(counted: readonly Counted[], { countsForgeable }: Score, word: VerdictWord): readonly Reason[] {
  const reasons = counted.map(({ signal, points }) => {
    const part = !signal.isForgeable ? points : countsForgeable ? withoutPardon(points) : withoutExcuses(points);
    const against = Object.entries(part)
      .filter(([other]) => other !== word)
      .map(([, value]) => value);
    const value = part[word] ?? 0;
    const isHeld =
      signal.isForgeable &&
      Object.values(points).some((one) => one !== 0) &&
      Object.values(part).every((one) => one === 0);
    return {
      signal: signal.name,
      words: isHeld ? `${signal.words} The sender could have written that, so it does not count.` : signal.words,
      points: rounded(value !== 0 ? value : -Math.max(0, ...against)),
      isForgeable: signal.isForgeable,
      ...(signal.query === undefined ? {} : { query: signal.query }),
    };
  });
  return reasons.sort((one, other) => Math.abs(other.points) - Math.abs(one.points));
}

import { MailhuntError } from '../../errors/index.ts';
import { together } from './together.ts';
import { type Weight, weights } from './weights.ts';
import { allWords, type Points } from './words.ts';

/** Points beyond this would drown everything else. */
const MOST = 10;

/**
 * The table of weights with rows that somebody argues about: a row that is named replaces the documented one, word by word.
 *
 * @param own the setting `investigation_weights`: `{ dmarc-fail: { spoof: 1.5 } }`
 * @throws MailhuntError INV0001 for a row, a word or points that there are not
 * @example weightsWith({ 'dmarc-fail': { spoof: 1.5 } })
 */
export function weightsWith(own: Readonly<Record<string, unknown>>): readonly Weight[] {
  const table: readonly Weight[] = [
    ...weights,
    ...together.map(({ name, points, reason }) => ({ signal: name, points, reason })),
  ];
  const known = new Map(table.map((row) => [row.signal, row]));
  for (const [signal, points] of Object.entries(own)) {
    const row = known.get(signal);
    if (row === undefined) throw wrong(`${JSON.stringify(signal.slice(0, 80))} is no row of the table`);
    known.set(signal, { ...row, points: { ...row.points, ...pointsOf(signal, points) } });
  }
  return [...known.values()];
}

function pointsOf(signal: string, value: unknown): Points {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(`${signal} holds points by verdict`);
  for (const [word, points] of Object.entries(value)) {
    if (!allWords.includes(word as (typeof allWords)[number]))
      throw wrong(`${JSON.stringify(word.slice(0, 80))} is no verdict: ${allWords.join(', ')}`);
    if (typeof points !== 'number' || !(Math.abs(points) <= MOST))
      throw wrong(`${signal}, ${word}: points are numbers from -${MOST} to ${MOST}`);
  }
  return value as Points;
}

const wrong = (text: string): MailhuntError => new MailhuntError('INV0001', { text });

import { editDistance } from '../../errors/index.ts';

/** Names longer than this are not compared: nobody mistypes them. */
const MAX_NAME = 100;

/**
 * The known name that is most like a misspelt one; undefined where none is near enough to be meant.
 *
 * @example nearest('SenderFromAdress', ['SenderFromAddress', 'Subject']) // 'SenderFromAddress'
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const folded = name.toLowerCase();
  const same = known.find((candidate) => candidate.toLowerCase() === folded);
  if (same !== undefined || name.length > MAX_NAME) return same;
  const allowed = Math.min(3, Math.floor(name.length / 4));
  const near = known
    .map((candidate) => ({ candidate, steps: editDistance(folded, candidate.toLowerCase(), allowed) }))
    .filter(({ steps }) => steps <= allowed)
    .toSorted((a, b) => a.steps - b.steps);
  return near[0]?.candidate;
}

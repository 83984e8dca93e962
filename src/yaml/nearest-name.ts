import { editDistance } from '../errors/index.ts';

/** Longer names are no slip of the pen. */
const LONGEST = 60;
/** Letters missing, too many or other than they should be. */
const SLIPS = 2;

/**
 * The one of some names that was probably meant; undefined where none is near.
 *
 * @example nearestName('stroy', ['name', 'story']) // 'story'
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length < 3 || name.length > LONGEST) return undefined;
  const near = known
    .map((one) => ({ one, slips: editDistance(name.toLowerCase(), one.toLowerCase(), SLIPS) }))
    .filter(({ one, slips }) => slips <= SLIPS && slips <= one.length / 2);
  return near.sort((a, b) => a.slips - b.slips)[0]?.one ?? known.find((one) => one.startsWith(name));
}

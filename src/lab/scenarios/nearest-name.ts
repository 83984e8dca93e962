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
    .map((one) => ({ one, slips: slipsBetween(name.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, slips }) => slips <= SLIPS && slips <= one.length / 2);
  return near.sort((a, b) => a.slips - b.slips)[0]?.one ?? known.find((one) => one.startsWith(name));
}

/** Levenshtein's distance, a row at a time. */
function slipsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const other = letter === to[j] ? 0 : 1;
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + other));
    }
    row = next;
  }
  return row[to.length]!;
}

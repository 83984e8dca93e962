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
    .map((candidate) => ({ candidate, steps: distance(folded, candidate.toLowerCase(), allowed) }))
    .filter(({ steps }) => steps <= allowed)
    .toSorted((a, b) => a.steps - b.steps);
  return near[0]?.candidate;
}

/** Letters to insert, leave out or change until one text is the other; more than `limit` is not counted. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? limit + 1;
}

/**
 * Letters to insert, leave out or change until one text is the other (Levenshtein's distance): what a hint such as "did you
 * mean" goes by. More than `limit` is not counted: then it is `limit + 1`.
 *
 * @example editDistance('stroy', 'story', 2) // 2
 */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...to].entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === other ? 0 : 1)));
    row = next;
  }
  return Math.min(row.at(-1)!, limit + 1);
}

const CONTEXT = 3;
/** A longer diff is cut: it is to be looked at in a terminal or a feed reader. */
const MOST_LINES = 60;
/** Cells of the table of common lines; beyond them all lines between the first and the last difference are shown. */
const MOST_CELLS = 4_000_000;

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * What changed between two texts, as a unified diff without file names: hunks with three lines around. Empty where
 * nothing did.
 *
 * @example unifiedDiff('a\nb', 'a\nc') // '@@ -1,2 +1,2 @@\n a\n-b\n+c'
 */
export function unifiedDiff(before: string, after: string): string {
  if (before === after) return '';
  const steps = stepsBetween(before.split('\n'), after.split('\n'));
  const lines = hunksOf(steps).flat();
  const cut = lines.length - MOST_LINES;
  return (cut > 1 ? [...lines.slice(0, MOST_LINES), `… ${cut} more lines`] : lines).join('\n');
}

function stepsBetween(old: readonly string[], now: readonly string[]): Step[] {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  const room = Math.min(old.length, now.length) - head;
  while (tail < room && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const same = (lines: readonly string[]): Step[] => lines.map((text) => ({ sign: ' ', text }));
  return [
    ...same(old.slice(0, head)),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...same(old.slice(old.length - tail)),
  ];
}

/** By the longest common subsequence of lines. */
function middle(old: readonly string[], now: readonly string[]): Step[] {
  const [height, width] = [old.length, now.length];
  const common = height * width <= MOST_CELLS ? commonLengths(old, now) : undefined;
  const at = (i: number, j: number): number => common?.[i * (width + 1) + j] ?? 0;
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < height || j < width) {
    if (common !== undefined && i < height && j < width && old[i] === now[j]) {
      steps.push({ sign: ' ', text: old[i]! });
      i++;
      j++;
    } else if (i < height && (j >= width || at(i + 1, j) >= at(i, j + 1))) steps.push({ sign: '-', text: old[i++]! });
    else steps.push({ sign: '+', text: now[j++]! });
  }
  return steps;
}

/** For each pair of suffixes how many lines they share, row by row. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint32Array {
  const width = now.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const [below, right] = [table[(i + 1) * width + j]!, table[i * width + j + 1]!];
      table[i * width + j] = old[i] === now[j] ? table[(i + 1) * width + j + 1]! + 1 : Math.max(below, right);
    }
  }
  return table;
}

function hunksOf(steps: readonly Step[]): string[][] {
  const shown = new Set<number>();
  for (const [i, { sign }] of steps.entries()) {
    if (sign !== ' ') for (let near = i - CONTEXT; near <= i + CONTEXT; near++) shown.add(near);
  }
  const hunks: string[][] = [];
  let [old, now] = [1, 1];
  for (let i = 0; i < steps.length; ) {
    const from = i;
    while (i < steps.length && shown.has(i) === shown.has(from)) i++;
    const part = steps.slice(from, i);
    const [removed, added] = [
      part.filter(({ sign }) => sign !== '+').length,
      part.filter(({ sign }) => sign !== '-').length,
    ];
    if (shown.has(from)) {
      const head = `@@ -${old},${removed} +${now},${added} @@`;
      hunks.push([head, ...part.map(({ sign, text }) => sign + text)]);
    }
    old += removed;
    now += added;
  }
  return hunks;
}

import { widthOf } from './width.ts';

/**
 * A text in lines of at most so many columns, broken at blanks; a word that is longer than a line is broken where the
 * line ends, so that nothing of it is lost.
 *
 * @param first columns of the first line
 * @example wrapped('neither SPF nor DKIM passed', 12, 12) // ['neither SPF', 'nor DKIM', 'passed']
 */
export function wrapped(text: string, first: number, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const room = () => (lines.length === 0 ? first : columns);
  const push = (): void => {
    if (line !== '') lines.push(line.trimEnd());
    line = '';
  };
  // Blanks stay with the word before them: columns inside a line keep their distance.
  for (let word of text.match(/\S+\s*|\s+/g) ?? []) {
    if (line !== '' && widthOf(line) + widthOf(word.trimEnd()) > room()) push();
    while (widthOf(word.trimEnd()) > room()) {
      const [head, rest] = brokenAt(word, room());
      lines.push(head);
      word = rest;
    }
    line += word;
  }
  push();
  return lines;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A word up to so many columns, and what is behind; at least one character, so that it ends. */
function brokenAt(word: string, columns: number): readonly [string, string] {
  let [at, width] = [0, 0];
  for (const { segment } of segmenter.segment(word)) {
    width += widthOf(segment);
    if (width > columns && at > 0) break;
    at += segment.length;
  }
  return [word.slice(0, at), word.slice(at)];
}

/**
 * A line that goes on below its own text: behind its blanks, and a mark where one leads it.
 *
 * @example hung('  ✓ DMARC is fail', 10) // ['  ✓ DMARC', '    is', '    fail']
 */
export function hung(line: string, columns: number): readonly string[] {
  const indent = /^ *(?:[✓✗?] )?/.exec(line)![0].length;
  const [first = '', ...more] = wrapped(line.slice(indent), columns - indent, columns - indent);
  return [line.slice(0, indent) + first, ...more.map((rest) => ' '.repeat(indent) + rest)];
}

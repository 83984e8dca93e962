import type { Span } from '../../errors/index.ts';

/** A `//` comment of a query. */
export interface Comment {
  /** Behind the slashes. */
  readonly text: string;
  readonly span: Span;
  /** From 0. */
  readonly line: number;
  /** True where nothing stands before it on its line. */
  readonly isAlone: boolean;
}

/** What may hold slashes that are no comment, and comments. */
const quotedOrComment =
  /```[\s\S]*?```|~~~[\s\S]*?~~~|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\r\n]*/g;

/** Where lines of a text begin. */
export function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ index, 0: end }) => index + end.length)];
}

/** The line, from 0, of an offset. */
export function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The comments of a query, in order; slashes inside of strings are none. */
export function commentsOf(text: string): Comment[] {
  const starts = lineStarts(text);
  return Array.from(text.matchAll(quotedOrComment))
    .filter(([part]) => part.startsWith('//'))
    .map(({ 0: part, index }) => {
      const line = lineAt(starts, index);
      const isAlone = text.slice(starts[line], index).trim() === '';
      return { text: part.slice(2), span: { start: index, length: part.length }, line, isAlone };
    });
}

import type { Span } from './mailhunt-error.ts';

/** A place as people count it: line and column from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Line and column of an offset in a text. `\r\n`, `\n` and `\r` end lines.
 *
 * @example placeOf('a\nbc', 3) // { line: 2, column: 2 }
 */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/**
 * The line of a place with a caret under it, two lines of text without a final line break. Tabs become one blank so
 * that the caret stands where the eye looks; a long line is cut around the place.
 *
 * @example caretAt('T | wher x', { start: 4, length: 4 }) // "T | wher x\n    ^^^^"
 */
export function caretAt(text: string, span: Span, width = 100): string {
  const { line, column } = placeOf(text, span.start);
  const whole = (text.split(/\r\n|\n|\r/)[line - 1] ?? '').replace(/\t/g, ' ');
  const from = Math.max(0, Math.min(column - 1 - Math.floor(width / 2), whole.length - width));
  const shown = whole.slice(from, from + width);
  const at = column - 1 - from;
  const carets = '^'.repeat(Math.max(1, Math.min(span.length, shown.length - at)));
  return `${shown}\n${' '.repeat(at)}${carets}`;
}

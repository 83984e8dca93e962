import type { Rule } from '../rule.ts';
import { lineStarts } from './comments.ts';
import type { Fix } from './lint.ts';

/** A change of a file's text. */
export interface FileEdit {
  /** UTF-16 units from the start of the file. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A fix of a query as changes of the file that the rule stands in, written as that file writes texts: with the
 * indentation of its block, with JSON's escapes. Whether they do what they should is seen by reading the file again.
 *
 * @param file the file's text, without byte order mark
 */
export function fileEdits(fix: readonly Fix[], rule: Rule, file: string): FileEdit[] {
  const starts = lineStarts(file);
  const offsetOf = (offset: number): number => {
    const { line, column } = rule.placeOf(offset);
    return (starts[line - 1] ?? 0) + column - 1;
  };
  const write = writer(rule, file, starts);
  return fix.map(({ span, text }) => ({
    start: offsetOf(span.start),
    end: span.length === 0 ? offsetOf(span.start) : endOf(span.start + span.length, offsetOf, rule),
    text: write(text),
  }));
}

/** Behind the last unit that goes, not before the next one: between them may stand the indentation of a line that stays. */
function endOf(end: number, offsetOf: (offset: number) => number, rule: Rule): number {
  const last = offsetOf(end - 1);
  const isOneUnit = rule.format !== 'defender' && rule.query[end - 1] !== '\n';
  return isOneUnit ? last + 1 : offsetOf(end);
}

/** How a text is written into the file. */
function writer(rule: Rule, file: string, starts: readonly number[]): (text: string) => string {
  if (rule.format === 'defender') return (text) => JSON.stringify(text).slice(1, -1);
  const lineBreak = file.includes('\r\n') ? '\r\n' : '\n';
  if (rule.format !== 'sentinel') return (text) => text.replaceAll('\n', lineBreak);
  const { line, column } = rule.placeOf(0);
  const before = file.slice(starts[line - 1], (starts[line - 1] ?? 0) + column - 1);
  const indent = before.trim() === '' ? before : '';
  return (text) => text.replaceAll('\n', lineBreak + indent);
}

/** A text with changes in it, which do not overlap. */
export const edited = (text: string, edits: readonly FileEdit[]): string =>
  edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text);

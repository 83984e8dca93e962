import type { Span } from '../../errors/index.ts';
import { type Comment, commentsOf, lineStarts } from './comments.ts';

/** A comment `// mailhunt-ignore MH203: why` of a query. */
export interface Suppression {
  /** Ids as written, in upper case. */
  readonly ids: readonly string[];
  /** Why; empty where none is said, which is a finding of its own. */
  readonly reason: string;
  /** The comment. */
  readonly span: Span;
  /** The line, from 0, that it is about; the whole rule where there is none. */
  readonly line: number | undefined;
}

const FORM = /^\s*mailhunt-ignore(-rule)?\s+([^:]{0,200})(?::(.*))?$/i;

/**
 * What the comments of a query suppress. `mailhunt-ignore` behind code is about its line, alone on a line about the next
 * line with code; `mailhunt-ignore-rule` is about the whole rule, wherever it stands.
 *
 * @example suppressionsOf('T | take 5 // mailhunt-ignore MH203: a sample')[0].ids // ['MH203']
 */
export function suppressionsOf(text: string): Suppression[] {
  if (!/mailhunt-ignore/i.test(text)) return [];
  const comments = commentsOf(text);
  const withoutCode = new Set(comments.filter(({ isAlone }) => isAlone).map(({ line }) => line));
  const nextCode = nextCodeLines(text, withoutCode);
  return comments.flatMap((comment) => suppressionIn(comment, nextCode));
}

/** For each line the next one with code; the line itself where there is none. */
function nextCodeLines(text: string, withoutCode: ReadonlySet<number>): readonly number[] {
  const lines = lineStarts(text).map((start, i, all) => text.slice(start, all[i + 1]));
  const next: number[] = [];
  let code: number | undefined;
  for (let line = lines.length - 1; line >= 0; line--) {
    next[line] = code ?? line;
    if (lines[line]!.trim() !== '' && !withoutCode.has(line)) code = line;
  }
  return next;
}

function suppressionIn({ text, span, line, isAlone }: Comment, nextCode: readonly number[]): Suppression[] {
  const [whole, rule, ids = '', reason = ''] = FORM.exec(text) ?? [];
  if (whole === undefined) return [];
  const about = rule === undefined ? (isAlone ? nextCode[line] : line) : undefined;
  const named = ids.split(/[\s,]+/).filter((id) => id !== '');
  return [{ ids: named.map((id) => id.toUpperCase()), reason: reason.trim(), span, line: about }];
}

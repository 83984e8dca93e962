import { caretAt, MailhuntError, placeOf } from '../errors/index.ts';
import { harmless } from './harmless.ts';

/** A query text and where it came from, for the place of an error in it. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

const sources = new WeakMap<object, Source>();

/** Notes which text an error's place is in. */
export function located<E>(error: E, source: Source): E {
  if (typeof error === 'object' && error !== null) sources.set(error, source);
  return error;
}

/**
 * An error as people read it: code and words, place, the line with a caret, what can be done. What is no error of the
 * catalogue is a defect and comes with its stack.
 */
export function errorText(error: unknown): string {
  if (!(error instanceof MailhuntError)) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `unexpected error, a defect of mailhunt:\n${words.split('\n').map(harmless).join('\n')}`;
  }
  const source = sources.get(error);
  const foreign = error.foreignCode === undefined ? '' : ` (${error.foreignCode})`;
  const lines = [`${error.code}${foreign}: ${harmless(error.message)}`];
  if (source !== undefined && error.span !== undefined) {
    const { line, column } = placeOf(source.text, error.span.start);
    const shown = caretAt(source.text, error.span, 100).split('\n').map(harmless);
    lines.push(`  at ${harmless(source.name)} line ${line}, column ${column}:`, ...shown.map((part) => `    ${part}`));
  }
  return [...lines, `  ${harmless(error.advice)}`].join('\n');
}

import type { Dynamic, Value } from '../../values/index.ts';
import { textsOf } from './dynamic-text.ts';
import { lowerText } from './letter-case.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';
import { textValue } from './strings.ts';
import { holdsTerm } from './terms.ts';

/** Characters that the texts put in may come to. */
const MAX_CHARACTERS = 16_000_000;

/** A part of the text: still to be searched, or done with. */
interface Part {
  readonly text: string;
  readonly isDone: boolean;
}

/** The parts with each place of a text taken out, and what stands there now in its place. */
function replacedIn(parts: readonly Part[], lookup: string, rewrite: string): Part[] {
  return parts.flatMap((part) => {
    if (part.isDone) return [part];
    const pieces = part.text.split(lookup);
    return pieces.flatMap((text, i) => [
      ...(i === 0 ? [] : [{ text: rewrite, isDone: true }]),
      ...(text === '' ? [] : [{ text, isDone: false }]),
    ]);
  });
}

/**
 * Replaces each of several texts. The first of them takes its places in the whole text, the next what is left; a place
 * whose replacement is no text keeps what it has, and is taken.
 */
function replaceAll(text: string, lookups: readonly Dynamic[], rewrites: readonly Dynamic[]): string {
  let parts: Part[] = [{ text, isDone: false }];
  lookups.forEach((lookup, i) => {
    if (typeof lookup !== 'string' || lookup === '') return;
    const rewrite = rewrites[i];
    parts = replacedIn(parts, lookup, typeof rewrite === 'string' ? rewrite : lookup);
    const size = parts.reduce((sum, part) => sum + part.text.length, 0);
    if (size > MAX_CHARACTERS)
      refuseToEvaluate('replace_strings', `the text grows beyond ${MAX_CHARACTERS} characters`);
  });
  return parts.map((part) => part.text).join('');
}

const arrayOf = (value: Value): Dynamic[] => (Array.isArray(value) ? value : []);

const replaceStrings: ScalarFunction = {
  name: 'replace_strings',
  page: 'replace-strings-function',
  nullable: false,
  evaluate: ([text = '', lookups = null, rewrites = null], { argTypes }) =>
    replaceAll(textValue(text, argTypes[0]), arrayOf(lookups), arrayOf(rewrites)),
};

const wholeTerms = { before: true, after: true };

/** The place, in the array, of its first item that the text has; terms are found as `has_any` finds them. */
const hasAnyIndex: ScalarFunction = {
  name: 'has_any_index',
  page: 'has-any-index-function',
  nullable: false,
  evaluate: ([source = '', values = null], { argTypes }) => {
    const text = lowerText(textValue(source, argTypes[0]));
    const isFound = (item: Dynamic): boolean =>
      textsOf(Array.isArray(item) ? [item] : item).some((needle) => holdsTerm(text, lowerText(needle), wholeTerms));
    return BigInt(arrayOf(values).findIndex(isFound));
  },
};

/** Functions that look for several texts at once. */
export const severalTextFunctions: readonly ScalarFunction[] = [replaceStrings, hasAnyIndex];

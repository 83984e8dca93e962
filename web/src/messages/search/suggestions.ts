import { searchFields } from '../../../../src/server/workbench/messages/search/fields.ts';

/** What may be put in place of the word at the caret. */
export interface Suggestion {
  readonly text: string;
  readonly hint: string;
}

export interface Suggestions {
  /** Where the word that they replace begins and ends. */
  readonly start: number;
  readonly end: number;
  readonly all: readonly Suggestion[];
}

const MOST = 12;

/**
 * What may stand at the caret of a search: fields whose names begin so, or behind the colon the values of a field.
 *
 * @example suggestionsAt('auth:dm', 7).all[0].text // 'auth:dmarc=pass'
 */
export function suggestionsAt(text: string, caret: number): Suggestions {
  const before = text.slice(0, caret);
  const quotes = before.split('"').length - 1;
  const start = quotes % 2 === 1 ? caret : before.lastIndexOf(' ') + 1;
  const word = before.slice(start);
  const minus = word.startsWith('-') ? '-' : '';
  const end = caret + (/^[^\s"]*/.exec(text.slice(caret))?.[0].length ?? 0);
  return { start, end, all: wordsFor(word.slice(minus.length)).map((one) => ({ ...one, text: minus + one.text })) };
}

function wordsFor(word: string): readonly Suggestion[] {
  const colon = word.indexOf(':');
  const name = (colon < 0 ? word : word.slice(0, colon)).toLowerCase();
  if (colon < 0)
    return searchFields
      .filter((field) => name !== '' && field.name.startsWith(name))
      .map((field) => ({ text: `${field.name}:`, hint: field.help }));
  const value = word.slice(colon + 1).toLowerCase();
  const field = searchFields.find((one) => one.name === name);
  return (field?.values ?? [])
    .filter((one) => one.startsWith(value) && one !== value)
    .slice(0, MOST)
    .map((one) => ({ text: `${name}:${one}`, hint: field?.help ?? '' }));
}

/** The search with a suggestion in its place, and where the caret then stands. */
export function withSuggestion(text: string, { start, end }: Suggestions, { text: put }: Suggestion) {
  const open = put.endsWith(':');
  const tail = text.slice(end).replace(/^ +/, '');
  const head = `${text.slice(0, start)}${put}${open ? '' : ' '}`;
  return { text: head + tail, caret: head.length };
}

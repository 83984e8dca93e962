import { type SearchField, searchField, searchFields } from './fields.ts';

/** A place in the search text, in UTF-16 units. */
export interface Place {
  readonly start: number;
  readonly length: number;
}

/** One condition of a search. */
export interface SearchTerm {
  /** `words` for free text: subject, sender or recipient. */
  readonly field: string;
  /** As typed, without quotes; of a field with fixed values in lower case. */
  readonly value: string;
  /** True with `-` before it: no message that fits. */
  readonly isNegated: boolean;
  readonly place: Place;
}

/** What is wrong with a search, at a place. */
export interface SearchProblem {
  readonly message: string;
  readonly place: Place;
}

export interface Search {
  readonly terms: readonly SearchTerm[];
  readonly problems: readonly SearchProblem[];
}

/** Characters of a search, and conditions in it. */
export const searchLimits = { characters: 2000, terms: 40 } as const;

/**
 * Reads the words of a message search: `from:anna auth:dmarc=fail -to:"sales team" invoice`. All conditions must hold; `-`
 * negates one; quotes keep blanks. Pure, so that the page shows the same errors while somebody types. Never throws: what
 * is wrong is named with its place. Linear in the text.
 *
 * @example parseSearch('clicked:yes -from:anna').terms.map(({ field }) => field) // ['clicked', 'from']
 */
export function parseSearch(text: string): Search {
  if (text.length > searchLimits.characters) {
    const message = `the search is longer than ${searchLimits.characters} characters`;
    return { terms: [], problems: [{ message, place: { start: searchLimits.characters, length: 1 } }] };
  }
  const read = wordsIn(text).map(termOf);
  const terms = read.flatMap((one) => ('term' in one ? [one.term] : []));
  const problems = read.flatMap((one) => ('problem' in one ? [one.problem] : []));
  const beyond = terms[searchLimits.terms];
  if (beyond) problems.push({ message: `more than ${searchLimits.terms} conditions`, place: beyond.place });
  return { terms, problems };
}

/** A word as it stands: its parts, and where it is. */
interface Word {
  readonly isNegated: boolean;
  readonly name: string | undefined;
  readonly value: string;
  readonly isQuoted: boolean;
  readonly isOpen: boolean;
  readonly place: Place;
}

/** `-name:"value"`, each part but the value optional; a quote that is not closed takes the rest. */
const WORD = /(-)?(?:([A-Za-z]{1,20}):)?(?:"([^"]*)("|$)|([^\s"]*))/y;

/** Blanks, and what prints nothing: no condition can hold it. */
const GAP = /[\s\x00-\x1f\x7f-\x9f]+/g;

function wordsIn(source: string): readonly Word[] {
  const text = source.replace(GAP, (gap) => ' '.repeat(gap.length));
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] === ' ') {
      at++;
      continue;
    }
    WORD.lastIndex = at;
    const [whole = '', minus, name, quoted, close, bare = ''] = WORD.exec(text) ?? [];
    const length = Math.max(whole.length, 1);
    words.push({
      isNegated: minus !== undefined,
      name,
      value: (quoted ?? bare).trim(),
      isQuoted: quoted !== undefined,
      isOpen: quoted !== undefined && close !== '"',
      place: { start: at, length },
    });
    at += length;
  }
  return words;
}

type Read = { readonly term: SearchTerm } | { readonly problem: SearchProblem };

function termOf(word: Word): Read {
  const { isNegated, name, value, isOpen, place } = word;
  const problem = (message: string): Read => ({ problem: { message, place } });
  if (isOpen) return problem('the quote is not closed');
  if (name === undefined) {
    if (value === '') return problem(word.isQuoted ? 'nothing stands between the quotes' : 'a word must follow the -');
    return { term: { field: 'words', value, isNegated, place } };
  }
  if (/^https?$/i.test(name) && value.startsWith('//'))
    return { term: { field: 'url', value: `${name}:${value}`, isNegated, place } };
  const field = searchField(name);
  if (!field) return problem(unknown(name));
  if (value === '') return problem(`${field.name}: needs a value, for example ${field.example}`);
  const wrong = objectionTo(field, value);
  if (wrong !== undefined) return problem(wrong);
  return { term: { field: field.name, value: field.values ? value.toLowerCase() : value, isNegated, place } };
}

function objectionTo({ name, values, form }: SearchField, value: string): string | undefined {
  if (values && !values.includes(value.toLowerCase()))
    return `${name}: takes ${listed(values)}, not ${value.slice(0, 40)}`;
  if (form && !form.pattern.test(value)) return `${name}: takes ${form.words}, not ${value.slice(0, 40)}`;
  return name === 'after' || name === 'before' ? noSuchDay(name, value) : undefined;
}

/** 2026-02-30 has the form of a day and is none: a date that rolls over would answer another question. */
function noSuchDay(name: string, value: string): string | undefined {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(value) ?? [];
  if (day === undefined) return undefined;
  const time = /T(.{5})/i.exec(value)?.[1] ?? '00:00';
  const at = new Date(`${day}T${time}:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${day}T${time}`);
  return exists ? undefined : `${name}: there is no ${value.slice(0, 40)}`;
}

const unknown = (name: string): string =>
  `there is no ${name.slice(0, 20)}: in a search; there are ${searchFields.map((field) => field.name).join(', ')}. Put quotes around the whole to look for the words themselves`;

/** The values of a field for a person: the checks and the words of `auth`, not all 27 pairs. */
function listed(values: readonly string[]): string {
  if (!values[0]?.includes('=')) return values.join(', ');
  const sides = [0, 1].map((side) => [...new Set(values.map((value) => value.split('=')[side]))].join(', '));
  return `a check (${sides[0]}), = and a result (${sides[1]})`;
}

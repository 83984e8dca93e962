import { withoutHidden } from '../text/hidden-characters.ts';
import { withoutPrefixes } from './reply-prefixes.ts';

/** What stays of a subject when what changes from recipient to recipient is folded. */
export interface Skeleton {
  /** Words in lower case, `#` for what holds a digit, `~` for a name, with one blank between them. */
  readonly text: string;
  /** The words that are neither. */
  readonly words: readonly string[];
}

/** Characters of a subject that count. */
const LONGEST = 500;

/**
 * The skeleton of a subject: prefixes of answers taken off, numbers, addresses and the recipients' names folded.
 *
 * @param recipients addresses, whose local parts tell names
 * @example skeletonOf('AW: Anna, invoice 4711 is due', ['anna.smith@a.example']).text // '~ invoice # is due'
 */
export function skeletonOf(subject: string, recipients: readonly string[]): Skeleton {
  const names = namesOf(recipients);
  const folded = withoutHidden(subject.slice(0, LONGEST).normalize('NFKC')).toLowerCase();
  const { rest } = withoutPrefixes(folded);
  const parts: string[] = [];
  const words: string[] = [];
  for (const [token] of rest
    .replace(/\S{1,200}@\S{1,200}|https?:\S{1,500}/g, ' ~ ')
    .matchAll(/[\p{L}\p{M}\p{N}~]+/gu)) {
    const part = names.has(token) ? '~' : /\p{N}/u.test(token) ? '#' : token;
    if (part !== '#' && part !== '~') words.push(part);
    if (part !== parts.at(-1) || part.length > 1) parts.push(part);
  }
  return { text: parts.join(' '), words };
}

/** Recipients whose names are folded. */
const NAMED = 50;

/** The words of the local parts, as `anna.smith` has them; short ones are no names. */
const namesOf = (recipients: readonly string[]): ReadonlySet<string> =>
  new Set(
    recipients.slice(0, NAMED).flatMap((address) =>
      address
        .slice(0, Math.max(0, address.lastIndexOf('@')))
        .slice(0, 64)
        .toLowerCase()
        .split(/[^\p{L}\p{M}]+/u)
        .filter((name) => name.length > 2),
    ),
  );

/**
 * Whether a skeleton says enough that two messages with it belong together: three words, twelve letters; in scripts
 * without blanks between words six characters.
 */
export function isTelling({ words }: Skeleton): boolean {
  const letters = words.join('').length;
  return (words.length >= 3 && letters >= 12) || words.some((word) => word.length >= 6 && UNSPACED.test(word));
}

const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]+$/u;

/** The longest words of a skeleton: what a subject has to contain to have that skeleton. */
export const needlesOf = ({ words }: Skeleton): readonly string[] =>
  [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, 4);

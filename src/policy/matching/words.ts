/** What may stand beside a word: a blank, punctuation, a symbol; not a letter, a digit or an underscore. */
const inWord = /[\p{L}\p{N}\p{M}_]/u;

const folded = (text: string): string => text.replace(/[\t\r\n ]+/g, ' ').toLowerCase();

/** A word or phrase of a rule, ready to be looked for. */
export type Phrase = string;

/** @example phraseOf('DMARC=fail  action=oreject') // 'dmarc=fail action=oreject' */
export const phraseOf = (words: string): Phrase => folded(words).trim();

/**
 * True where a text holds a word or phrase as Exchange's words conditions find it: without regard to case, whole, between
 * blanks, punctuation or the text's ends, `*` a character like others, runs of blanks as one.
 *
 * @source New-TransportRule, HeaderContainsWords; "Conditions and exceptions for mail flow rules"
 * @example holdsPhrase('spf=pass; dmarc=fail action=oreject', 'dmarc=fail') // true
 * @example holdsPhrase('Acontoso', 'contoso') // false
 */
export function holdsPhrase(text: string, phrase: Phrase): boolean {
  if (phrase === '') return false;
  const within = folded(text);
  for (let at = within.indexOf(phrase); at >= 0; at = within.indexOf(phrase, at + 1)) {
    if (isBorder(within, at, phrase) && isEnd(within, at + phrase.length, phrase)) return true;
  }
  return false;
}

/** A phrase that itself begins with punctuation needs no border there. */
const isBorder = (text: string, at: number, phrase: string): boolean =>
  !inWord.test(charFrom(phrase, 0)) || !inWord.test(charBefore(text, at));

const isEnd = (text: string, end: number, phrase: string): boolean =>
  !inWord.test(charBefore(phrase, phrase.length)) || !inWord.test(charFrom(text, end));

const charFrom = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0);

/** The character that ends at a place, of two units where it needs them. */
function charBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(at - 2, at) : text.slice(at - 1, at);
}

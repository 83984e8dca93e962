/**
 * Letter case as this engine folds it, one code point to one code point, whatever the language: `İ` becomes `i`, `Σ`
 * becomes `σ` everywhere in a word, `ß` has no capital but `ẞ` becomes `ß`. Case-insensitive operators compare in lower case by the same rule.
 * Letters that came to Unicode after version 15 have no case here.
 */
const laterLetters =
  /[\u019b\u0264\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2-\ua7d5\ua7da-\ua7dc\u{10d50}-\u{10d85}\u{16ea0}-\u{16ed3}]/u;
const ascii = /^[\0-\x7f]*$/;
/** Small Greek letters with an iota below: their capitals keep it. */
const withIota = /[\u1f80-\u1f87\u1f90-\u1f97\u1fa0-\u1fa7\u1fb3\u1fc3\u1ff3]/;

/** The text in lower case, as SQL's `lower` gives it. */
export const lowerText = (text: string): string =>
  ascii.test(text) ? text.toLowerCase() : Array.from(text, lowerLetter).join('');

/** The text in upper case, as SQL's `upper` gives it, except that `ß` stays. */
export const upperText = (text: string): string =>
  ascii.test(text) ? text.toUpperCase() : Array.from(text, upperLetter).join('');

function lowerLetter(letter: string): string {
  if (letter === 'İ') return 'i';
  return laterLetters.test(letter) ? letter : letter.toLowerCase();
}

function upperLetter(letter: string): string {
  if (withIota.test(letter)) return String.fromCodePoint(letter.charCodeAt(0) + (letter < '\u1fb0' ? 8 : 9));
  if (laterLetters.test(letter)) return letter;
  const upper = letter.toUpperCase();
  return [...upper].length === 1 ? upper : letter;
}

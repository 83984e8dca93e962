/** Characters of a message's own text that an explanation repeats. */
const LONGEST = 200;
const MOST = 5;

/** Control characters, and those that turn or hide text. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Hostile text in quotation marks, on one line, cut where it is long. */
export function quoted(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
  return `“${cut.replace(UNSEEN, (char) => `\\u{${char.codePointAt(0)!.toString(16).toUpperCase()}}`)}”`;
}

/** The first few of some hostile texts. */
export const written = (texts: readonly string[]): string =>
  texts.slice(0, MOST).map(quoted).join(', ') + (texts.length > MOST ? ` and ${texts.length - MOST} more` : '');

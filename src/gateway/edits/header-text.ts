import { folded } from '../../mail/index.ts';

/** An encoded word has at most 75 characters (RFC 2047 section 2): so many bytes in base64 beside `=?utf-8?B??=`. */
const WORD_BYTES = 45;

/** Printable ASCII, and nothing that a reader would take for an encoded word. */
export const isPlain = (text: string): boolean => /^[ -~\t]*$/.test(text) && !text.includes('=?');

/**
 * Text as encoded words (RFC 2047), folded.
 *
 * @example encodedWords('Grüße') // '=?utf-8?B?R3LDvMOfZQ==?='
 */
export function encodedWords(text: string): string {
  const words: string[] = [];
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) words.push(`=?utf-8?B?${Buffer.from(bytes).toString('base64')}?=`);
    bytes = [];
  };
  for (const character of text.toWellFormed()) {
    const next = Buffer.from(character);
    if (bytes.length + next.length > WORD_BYTES) flush();
    bytes.push(...next);
  }
  flush();
  return words.join('\r\n ');
}

/** The value of an unstructured field: as it is where every reader understands that, in encoded words otherwise; folded. */
export function unstructured(text: string): string {
  return isPlain(text) ? folded(text) : encodedWords(text);
}

/**
 * A parameter of a field: a quoted string, or where the text is not printable ASCII an extended value (RFC 8187).
 *
 * @example parameter('rule', 'Löschen') // "rule*=utf-8''L%C3%B6schen"
 */
export function parameter(name: string, text: string): string {
  if (/^[ -~]*$/.test(text)) return `${name}="${text.replace(/["\\]/g, '\\$&')}"`;
  const percent = (hex: string): string => `%${hex.toUpperCase()}`;
  const encoded = Buffer.from(text.toWellFormed())
    .toString('latin1')
    .replace(/[^A-Za-z0-9._~-]/g, (byte) => percent(byte.charCodeAt(0).toString(16).padStart(2, '0')));
  return `${name}*=utf-8''${encoded}`;
}

/** JSON in and out without losing a digit, and printed so that any reader takes it. */

/** A number that a double cannot hold: its digits as they stood in the source. */
interface RawNumber {
  readonly rawJSON: string;
}
interface RawJson {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
}
/** Newer than TypeScript's library: https://github.com/tc39/proposal-json-parse-with-source. */
const raw = JSON as unknown as RawJson;

/** Sixteen digits or more in a row may be more than a double holds. */
const LONG_DIGITS = /[0-9.]{16}/;

const keepDigits = (_key: string, value: unknown, { source }: { source?: string }): unknown =>
  typeof value === 'number' && source !== undefined && String(value) !== source ? raw.rawJSON(source) : value;

/** Like JSON.parse; numbers that a double cannot hold keep their digits, see {@link numberText}. */
export const parseJson = (text: string): unknown =>
  LONG_DIGITS.test(text) ? raw.parse(text, keepDigits) : (JSON.parse(text) as unknown);

/** The text of a number of parsed JSON, null where the value is no number. */
export const numberText = (value: unknown): string | null =>
  typeof value === 'number' ? String(value) : raw.isRawJSON(value) ? value.rawJSON : null;

const UNPRINTABLE = /\\u(?:0000|d[89a-f])/;
/** What must be escaped in JSON, and surrogates, which may stand alone. */
const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Characters that no database takes: NUL and halves of surrogate pairs become U+FFFD. */
const printable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

/** A string as JSON text. */
export const quote = (text: string): string => (SPECIAL.test(text) ? JSON.stringify(printable(text)) : `"${text}"`);

/** A value of parsed JSON as compact JSON text. */
export function compactJson(value: unknown): string {
  const text = JSON.stringify(value);
  return UNPRINTABLE.test(text)
    ? JSON.stringify(value, (_key, inner) => (typeof inner === 'string' ? printable(inner) : inner))
    : text;
}

/** JSON text without the blanks between its tokens, everything else as it stands; null where it is no JSON. */
export function compactedJson(text: string): string | null {
  try {
    const value = JSON.parse(text) as unknown;
    if (UNPRINTABLE.test(text)) return compactJson(value);
    return /\s/.test(text) ? text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1') : text;
  } catch {
    return null;
  }
}

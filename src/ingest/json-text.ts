/** JSON in and out without losing a digit, and printed so that any reader takes it. */

/**
 * A number that a double cannot hold: its digits as they stood in the source. JSON.rawJSON does the same, but Node 20,
 * which runs the installed package, has neither it nor the reviver's `source`.
 */
class LongNumber {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
  /** JSON.stringify can only be given a string; {@link stringify} takes the mark off again. */
  toJSON(): string {
    return `${MARK}${this.digits}`;
  }
}

/** Stands before the digits while JSON.parse and JSON.stringify take them for a string. No cell keeps a NUL. */
const MARK = '\0number:';
const MARKED = /^\0number:(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const MARKED_JSON = /"\\u0000number:(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"/g;

/** Sixteen digits or more in a row may be more than a double holds. */
const LONG_DIGITS = /[0-9.]{16}/;
/** A string, to be passed over, or a number. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const mark = (token: string): string =>
  token.startsWith('"') || String(Number(token)) === token ? token : JSON.stringify(MARK + token);

const unmark = (_key: string, value: unknown): unknown => {
  const digits = typeof value === 'string' ? MARKED.exec(value)?.[1] : undefined;
  return digits === undefined ? value : new LongNumber(digits);
};

/** Like JSON.parse; numbers that a double cannot hold keep their digits, see {@link numberText}. */
export function parseJson(text: string): unknown {
  const value = JSON.parse(text) as unknown;
  return LONG_DIGITS.test(text) ? (JSON.parse(text.replace(STRING_OR_NUMBER, mark), unmark) as unknown) : value;
}

/** The text of a number of parsed JSON, null where the value is no number. */
export const numberText = (value: unknown): string | null =>
  typeof value === 'number' ? String(value) : value instanceof LongNumber ? value.digits : null;

const stringify = (value: unknown, replacer?: (key: string, value: unknown) => unknown): string =>
  JSON.stringify(value, replacer).replace(MARKED_JSON, '$1');

const UNPRINTABLE = /\\u(?:0000|d[89a-f])/;
/** What must be escaped in JSON, and surrogates, which may stand alone. */
const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Characters that no database takes: NUL and halves of surrogate pairs become U+FFFD. */
const printable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

/** A string as JSON text. */
export const quote = (text: string): string => (SPECIAL.test(text) ? JSON.stringify(printable(text)) : `"${text}"`);

/** A value of parsed JSON as compact JSON text. */
export function compactJson(value: unknown): string {
  const text = stringify(value);
  return UNPRINTABLE.test(text)
    ? stringify(value, (_key, inner) => (typeof inner === 'string' && !MARKED.test(inner) ? printable(inner) : inner))
    : text;
}

/** Unrolled: an alternative for each character of a long string would overflow the stack of V8's engine. */
const STRING_OR_BLANKS = /("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g;

/** JSON text without the blanks between its tokens, everything else as it stands; null where it is no JSON. */
export function compactedJson(text: string): string | null {
  try {
    const value = JSON.parse(text) as unknown;
    if (UNPRINTABLE.test(text)) return compactJson(value);
    return /\s/.test(text) ? text.replace(STRING_OR_BLANKS, '$1') : text;
  } catch {
    return null;
  }
}

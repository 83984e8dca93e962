/** The bytes at hand end before the value does. */
export const INCOMPLETE = -1;
/** This cannot be JSON. */
export const MALFORMED = -2;

const QUOTE = 34;
const BACKSLASH = 92;
const LINE_FEED = 10;
const COLON = 58;

/** Finds where JSON values begin and end in bytes, without looking at what they say. */
export class JsonScanner {
  readonly #bytes: Buffer;
  #lineEnd = -1;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The first byte from `at` on that is no blank. */
  blanksEnd(at: number): number {
    const bytes = this.#bytes;
    let end = at;
    while (end < bytes.length && (bytes[end] === 32 || bytes[end] === 10 || bytes[end] === 13 || bytes[end] === 9))
      end++;
    return end;
  }

  /** Where the string that opens at `at` ends. A line end inside is malformed: that is how a lost quote shows. */
  stringEnd(at: number): number {
    const bytes = this.#bytes;
    let close = at;
    let escapes: number;
    do {
      close = bytes.indexOf(QUOTE, close + 1);
      if (close < 0) return this.#lineEndFrom(at) < bytes.length ? MALFORMED : INCOMPLETE;
      escapes = 0;
      while (bytes[close - 1 - escapes] === BACKSLASH) escapes++;
    } while (escapes % 2 === 1);
    return this.#lineEndFrom(at) < close ? MALFORMED : close + 1;
  }

  /** Where the key that opens at `at`, and the colon behind it, end. */
  keyEnd(at: number): number {
    const end = this.stringEnd(at);
    if (end < 0) return end;
    const colon = this.blanksEnd(end);
    if (colon >= this.#bytes.length) return INCOMPLETE;
    return this.#bytes[colon] === COLON ? colon + 1 : MALFORMED;
  }

  /** Where the value that begins at `at` ends. */
  valueEnd(at: number): number {
    const bytes = this.#bytes;
    const first = bytes[at];
    if (first === QUOTE) return this.stringEnd(at);
    if (first !== 123 && first !== 91) return this.#wordEnd(at);
    let depth = 0;
    for (let here = at; here < bytes.length; here++) {
      const byte = bytes[here]!;
      if (byte === QUOTE) {
        const end = this.stringEnd(here);
        if (end < 0) return end;
        here = end - 1;
      } else if (byte === 123 || byte === 91) depth++;
      else if ((byte === 125 || byte === 93) && --depth === 0) return here + 1;
    }
    return INCOMPLETE;
  }

  /**
   * Where, in the object that opens at `at`, an array of rows begins: just behind its bracket. 0 where the object holds
   * none, and is whole. Rows stand in a member of these names, or in objects in arrays of those.
   */
  rowsInObject(at: number, rows: ReadonlySet<string>, tables: ReadonlySet<string>): number {
    const bytes = this.#bytes;
    for (let here = this.blanksEnd(at + 1); here < bytes.length; here = this.blanksEnd(here)) {
      const byte = bytes[here];
      if (byte === 125) return 0;
      if (byte === 44) {
        here++;
        continue;
      }
      if (byte !== QUOTE) return MALFORMED;
      const colon = this.keyEnd(here);
      if (colon < 0) return colon;
      const value = this.blanksEnd(colon);
      if (bytes[value] === 91) {
        const name = bytes.toString('utf8', here + 1, bytes.lastIndexOf(QUOTE, colon - 1));
        if (rows.has(name) || tables.has(name)) return value + 1;
      }
      const end = value < bytes.length ? this.valueEnd(value) : INCOMPLETE;
      if (end < 0) return end;
      here = end;
    }
    return INCOMPLETE;
  }

  /** A number, true, false or null; or whatever else stands there up to the next sign. */
  #wordEnd(at: number): number {
    const bytes = this.#bytes;
    for (let end = at; end < bytes.length; end++) {
      const byte = bytes[end]!;
      if (byte === 44 || byte === 93 || byte === 125 || byte <= 32) return end > at ? end : MALFORMED;
    }
    return INCOMPLETE;
  }

  #lineEndFrom(at: number): number {
    if (this.#lineEnd < at) {
      const found = this.#bytes.indexOf(LINE_FEED, at);
      this.#lineEnd = found < 0 ? this.#bytes.length : found;
    }
    return this.#lineEnd;
  }
}

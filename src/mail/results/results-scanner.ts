/** Comments in comments that are followed; a field with deeper ones is not read. */
const COMMENT_DEPTH = 16;

const KEYWORD = /[A-Za-z0-9_-]+/y;
/** More than the `token` of RFC 2045: real values hold `=`, `/`, `<` and `:` without quotes. */
const BARE = /[^\s;("]+/y;
const BLANKS = /\s+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/sy;

/**
 * Reads the words of an Authentication-Results field (RFC 8601 section 2.2) from left to right, each character once.
 * Expects unfolded text.
 */
export class ResultsScanner {
  /** The comments passed over since {@link takeComments}. */
  #comments: string[] = [];
  /** Set where a comment is nested too deeply: nothing behind it can be told apart. */
  unreadable = false;
  readonly #text: string;
  #at = 0;
  /** A quotation mark without a partner is a character like others; so are all behind it. */
  #quotesEnd = false;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** What was not read yet. */
  get rest(): string {
    return this.#text.slice(this.#at);
  }

  /** Whether the next character is this one; it is passed over then. */
  take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  /** Letters, digits, `-` and `_`: names of methods, results and properties. */
  keyword(): string | undefined {
    return this.#match(KEYWORD)?.[0];
  }

  /** A value: quoted strings and bare text in any order, up to a blank, a semicolon or a comment. Empty where none stands. */
  value(): string {
    const parts: string[] = [];
    for (;;) {
      const part = this.#quoted() ?? this.#match(BARE)?.[0] ?? (this.#quotesEnd && this.take('"') ? '"' : undefined);
      if (part === undefined) return parts.join('');
      parts.push(part);
    }
  }

  /** Passes over blanks and comments (CFWS). */
  skip(): void {
    while (this.#match(BLANKS) !== undefined || this.#comment());
  }

  /** The text of the comments passed over since the last call, without the parentheses around each. */
  takeComments(): readonly string[] {
    const comments = this.#comments;
    this.#comments = [];
    return comments;
  }

  /** Whether what was read ends here: at a blank, a comment, a semicolon or the end. */
  get atBoundary(): boolean {
    return this.atEnd || /[\s(;]/.test(this.#text[this.#at]!);
  }

  /** Whether a part ends here. */
  get atPartEnd(): boolean {
    return this.atEnd || this.#text[this.#at] === ';';
  }

  /** Goes behind the next semicolon that is in no comment and no quoted string. */
  skipPart(): void {
    for (this.skip(); !this.atPartEnd; this.skip()) this.value();
    this.take(';');
  }

  /** Goes back to the beginning. */
  rewind(): void {
    this.#at = 0;
    this.#comments = [];
    this.#quotesEnd = false;
  }

  #quoted(): string | undefined {
    if (this.#quotesEnd || this.#text[this.#at] !== '"') return undefined;
    const found = this.#match(QUOTED);
    if (found === undefined) this.#quotesEnd = true;
    return found && unescaped(found[1]!);
  }

  /** Passes over one comment (RFC 5322 section 3.2.2); one that is never closed goes to the end. */
  #comment(): boolean {
    const text = this.#text;
    if (text[this.#at] !== '(') return false;
    let depth = 0;
    let end = this.#at;
    do {
      if (text[end] === '\\') end++;
      else if (text[end] === '(') depth++;
      else if (text[end] === ')') depth--;
      if (depth > COMMENT_DEPTH) this.unreadable = true;
      end++;
    } while (depth > 0 && end < text.length);
    this.#comments.push(commentText(text.slice(this.#at + 1, depth === 0 ? end - 1 : text.length)));
    this.#at = Math.min(end, text.length);
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found;
  }
}

const unescaped = (text: string): string => text.replace(/\\(.)/gs, '$1');
const commentText = (text: string): string => unescaped(text).replace(/\s+/g, ' ').trim();

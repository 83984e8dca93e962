/** A mailbox as it is written: the name not yet decoded, the address without comments. */
export interface WrittenMailbox {
  readonly name: string;
  readonly local: string;
  /** As it is written, with the brackets of a literal. */
  readonly domain: string;
}

/** atext of RFC 5322 section 3.2.3, and everything beyond ASCII (RFC 6532 section 3.2). */
const ATOM = /[^\0-\x20\x7f()<>[\]:;@\\,."]+/y;
const BLANKS = /[ \t\r\n]+/y;
const QUOTED = /"(?:[^"\\]|\\.)*"/sy;
const LITERAL = /\[(?:[^[\]\\\r\n]|\\.)*\]/y;

/**
 * Reads an address list that follows RFC 5322 section 3.4 (with section 4.4, the obsolete forms): mailboxes and groups,
 * comments, routes, quoted strings, and RFC 6532. Undefined where it does not follow it. Stops when it has `limit`.
 *
 * @example readConforming('Jane <jane@example.com>', 10) // [{ name: 'Jane', local: 'jane', domain: 'example.com' }]
 */
export function readConforming(text: string, limit: number): readonly WrittenMailbox[] | undefined {
  return new Grammar(text).list(limit);
}

/** The words before a special character. */
interface Words {
  /** Where they begin and end, to take the name as it stands. */
  readonly from: number;
  readonly to: number;
  /** The words with their dots, blanks and comments left out. */
  readonly joined: string;
  readonly count: number;
  /** Whether they alternate with single dots, as a local part does. */
  readonly dotted: boolean;
}

class Grammar {
  readonly #text: string;
  #at = 0;
  /** The last comment: the name, in the form `jane@example.com (Jane)`. */
  #comment = '';

  constructor(text: string) {
    this.#text = text;
  }

  list(limit: number): readonly WrittenMailbox[] | undefined {
    const found: WrittenMailbox[] = [];
    let inGroup = false;
    while (found.length < limit) {
      if (!this.#blanks()) return undefined;
      const next = this.#text[this.#at];
      if (next === undefined) return inGroup ? undefined : found;
      if (next === ',' || (next === ';' && inGroup)) {
        if (next === ';') inGroup = false;
        this.#at++;
        continue;
      }
      const words = this.#words();
      if (words === undefined) return undefined;
      if (this.#text[this.#at] === ':' && !inGroup && words.count > 0) {
        inGroup = true;
        this.#at++;
        continue;
      }
      const mailbox = this.#mailbox(words);
      if (mailbox === undefined || !this.#ended(inGroup)) return undefined;
      found.push(mailbox);
    }
    return found;
  }

  #mailbox(words: Words): WrittenMailbox | undefined {
    const special = this.#text[this.#at];
    if (special === '<') return this.#angle(this.#text.slice(words.from, words.to));
    if (special !== '@' || !words.dotted) return undefined;
    const domain = this.#domain();
    return domain === undefined ? undefined : { name: this.#comment, local: words.joined, domain };
  }

  #angle(name: string): WrittenMailbox | undefined {
    this.#at++;
    if (!this.#blanks() || !this.#route()) return undefined;
    const words = this.#words();
    if (words === undefined || !words.dotted || this.#text[this.#at] !== '@') return undefined;
    const domain = this.#domain();
    if (domain === undefined || this.#text[this.#at] !== '>') return undefined;
    this.#at++;
    return { name, local: words.joined, domain };
  }

  /** `@a.example,@b.example:` before the address (section 4.4), which says nothing to us. */
  #route(): boolean {
    if (this.#text[this.#at] !== '@' && this.#text[this.#at] !== ',') return true;
    for (;;) {
      const next = this.#text[this.#at];
      if (next === ':') {
        this.#at++;
        return this.#blanks();
      }
      if (next === ',') this.#at++;
      else if (next !== '@' || this.#domain() === undefined) return false;
      if (!this.#blanks()) return false;
    }
  }

  /** An `@`, the domain behind it, and what blanks and comments follow. */
  #domain(): string | undefined {
    this.#at++;
    if (!this.#blanks()) return undefined;
    this.#comment = '';
    const literal = this.#token(LITERAL);
    if (literal !== undefined) return this.#blanks() ? literal : undefined;
    const words = this.#words();
    return words?.dotted ? words.joined : undefined;
  }

  /** What may follow a mailbox; the separator is left for the loop. */
  #ended(inGroup: boolean): boolean {
    if (!this.#blanks()) return false;
    const next = this.#text[this.#at];
    return next === undefined || next === ',' || (next === ';' && inGroup);
  }

  #words(): Words | undefined {
    const from = this.#at;
    let to = from;
    const joined: string[] = [];
    let count = 0;
    let dotted = true;
    let afterDot = true;
    for (;;) {
      const dot = this.#text[this.#at] === '.';
      const word = dot ? '.' : (this.#token(ATOM) ?? this.#token(QUOTED));
      if (word === undefined) break;
      if (dot) this.#at++;
      else count++;
      if (dot === afterDot) dotted = false;
      afterDot = dot;
      joined.push(word);
      to = this.#at;
      if (!this.#blanks()) return undefined;
    }
    return { from, to, joined: joined.join(''), count, dotted: dotted && !afterDot };
  }

  /** Passes over blanks and comments, which nest. False where a comment does not end. */
  #blanks(): boolean {
    for (;;) {
      this.#token(BLANKS);
      if (this.#text[this.#at] !== '(') return true;
      const from = this.#at;
      if (!this.#passComment()) return false;
      this.#comment = this.#text.slice(from + 1, this.#at - 1);
    }
  }

  #passComment(): boolean {
    let depth = 0;
    for (let at = this.#at; at < this.#text.length; at++) {
      const char = this.#text[at];
      if (char === '\\') at++;
      else if (char === '(') depth++;
      else if (char === ')' && --depth === 0) {
        this.#at = at + 1;
        return true;
      }
    }
    return false;
  }

  #token(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const token = pattern.exec(this.#text)?.[0];
    if (token !== undefined) this.#at += token.length;
    return token;
  }
}

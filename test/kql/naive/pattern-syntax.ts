/** Where a piece of a pattern can end, where it starts at one of these places. */
export type Piece = (text: readonly string[], starts: ReadonlySet<number>) => ReadonlySet<number>;

/** A pattern that this reader does not know. */
export class UnknownPattern extends Error {}

const unknown = (what: string): never => {
  throw new UnknownPattern(what);
};

/** Sets of characters by their letter, as JavaScript writes them. */
const sets: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d]',
  s: '\\p{White_Space}',
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', a: '\x07' };
const isWord = (character: string | undefined): boolean => character !== undefined && /^[0-9A-Za-z_]$/.test(character);
const exact = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** A character that a set, written for JavaScript, holds. */
function oneOf(set: string, ignoresCase: boolean): Piece {
  const test = new RegExp(`^${set}$`, ignoresCase ? 'svi' : 'sv');
  const known = new Map<string, boolean>();
  const holds = (character: string): boolean => {
    const found = known.get(character) ?? test.test(character);
    known.set(character, found);
    return found;
  };
  return (text, starts) =>
    new Set([...starts].filter((at) => at < text.length && holds(text[at]!)).map((at) => at + 1));
}

const place =
  (holds: (before: string | undefined, after: string | undefined) => boolean): Piece =>
  (text, starts) =>
    new Set([...starts].filter((at) => holds(text[at - 1], text[at])));

const oneAfterOther =
  (pieces: readonly Piece[]): Piece =>
  (text, starts) =>
    pieces.reduce((ends, piece) => piece(text, ends), starts);

const anyOf =
  (choices: readonly Piece[]): Piece =>
  (text, starts) =>
    new Set(choices.flatMap((choice) => [...choice(text, starts)]));

/** Each place is gone on from once: what would be tried again brings nothing new. */
const repeated =
  (piece: Piece, least: number, most: number): Piece =>
  (text, starts) => {
    let ends = starts;
    for (let times = 0; times < least; times++) ends = piece(text, ends);
    const all = new Set(ends);
    for (let times = least; times < most && ends.size > 0; times++) {
      ends = new Set([...piece(text, ends)].filter((at) => !all.has(at)));
      for (const at of ends) all.add(at);
    }
    return all;
  };

/** Reads KQL's patterns, by descent: choices, sequences, repetitions, atoms. */
export class PatternReader {
  readonly #text: string[];
  #at = 0;
  #ignoresCase = false;
  #dotTakesAll = false;
  #byLine = false;

  constructor(text: string) {
    this.#text = [...text];
  }

  read(): Piece {
    const piece = this.#choices();
    return this.#at < this.#text.length ? unknown('a ) too many') : piece;
  }

  #next = (): string => this.#text[this.#at++] ?? unknown('an end too early');

  #skip(word: string): boolean {
    const found = this.#text.slice(this.#at, this.#at + word.length).join('') === word;
    if (found) this.#at += word.length;
    return found;
  }

  /** Flags that a group sets end with it. */
  #choices(): Piece {
    const flags = [this.#ignoresCase, this.#dotTakesAll, this.#byLine] as const;
    const choices = [this.#sequence()];
    while (this.#skip('|')) choices.push(this.#sequence());
    [this.#ignoresCase, this.#dotTakesAll, this.#byLine] = flags;
    return anyOf(choices);
  }

  #sequence(): Piece {
    const pieces: Piece[] = [];
    while (this.#at < this.#text.length && !['|', ')'].includes(this.#text[this.#at]!)) pieces.push(this.#counted());
    return oneAfterOther(pieces);
  }

  #counted(): Piece {
    let piece = this.#atom();
    for (;;) {
      const times = this.#times();
      if (times === undefined) return piece;
      piece = repeated(piece, ...times);
      // what is greedy and what is not finds the same texts
      this.#skip('?');
    }
  }

  #times(): [least: number, most: number] | undefined {
    if (this.#skip('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#skip('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#skip('?')) return [0, 1];
    const found = /^\{(\d+)(,?)(\d*)\}/.exec(this.#text.slice(this.#at, this.#at + 12).join(''));
    if (found === null) return undefined;
    this.#at += found[0].length;
    const least = Number(found[1]);
    return [least, found[3] !== '' ? Number(found[3]) : found[2] === '' ? least : Number.POSITIVE_INFINITY];
  }

  #atom(): Piece {
    const character = this.#next();
    if (character === '(') return this.#group();
    if (character === '[') return oneOf(this.#set(), this.#ignoresCase);
    if (character === '.') return oneOf(this.#dotTakesAll ? '.' : '[^\\n]', false);
    if (character === '\\') return this.#escape();
    if (character === '^')
      return this.#byLine ? place((before) => (before ?? '\n') === '\n') : place((before) => before === undefined);
    if (character === '$')
      return this.#byLine ? place((_, after) => (after ?? '\n') === '\n') : place((_, after) => after === undefined);
    return '*+?{'.includes(character) ? unknown(character) : oneOf(exact(character), this.#ignoresCase);
  }

  #group(): Piece {
    if (!this.#skip('?')) return this.#closed();
    if (this.#skip('P<') || this.#skip('<')) {
      while (this.#next() !== '>');
      return this.#closed();
    }
    if (this.#skip(':')) return this.#closed();
    // `(?i)` holds up to the end of the group around it
    for (let character = this.#next(); character !== ')'; character = this.#next()) {
      if (character === 'i') this.#ignoresCase = true;
      else if (character === 's') this.#dotTakesAll = true;
      else if (character === 'm') this.#byLine = true;
      else unknown(`the flag ${character}`);
    }
    return oneAfterOther([]);
  }

  #closed(): Piece {
    const piece = this.#choices();
    return this.#skip(')') ? piece : unknown('a ( that is not closed');
  }

  #escape(): Piece {
    if (this.#skip('b')) return place((before, after) => isWord(before) !== isWord(after));
    if (this.#skip('B')) return place((before, after) => isWord(before) === isWord(after));
    if (this.#skip('A')) return place((before) => before === undefined);
    if (this.#skip('z')) return place((_, after) => after === undefined);
    return oneOf(this.#member(), this.#ignoresCase);
  }

  /** What stands behind a backslash, as a set. */
  #member(): string {
    const character = this.#next();
    const set = sets[character.toLowerCase()];
    if (set !== undefined) return character === character.toLowerCase() ? set : `[^${set}]`;
    const control = controls[character];
    if (control !== undefined) return exact(control);
    return /^[0-9A-Za-z]$/.test(character) ? unknown(`\\${character}`) : exact(character);
  }

  #set(): string {
    const isNegated = this.#skip('^');
    const members: string[] = [];
    do {
      const member = this.#setMember();
      const isRange = this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']' && this.#skip('-');
      members.push(isRange ? `${member}-${this.#setMember()}` : member);
    } while (!this.#skip(']'));
    return `[${isNegated ? '^' : ''}${members.join('')}]`;
  }

  #setMember(): string {
    const character = this.#next();
    if (character === '\\') return this.#member();
    return '[&~'.includes(character) ? unknown(`${character} in a set`) : exact(character);
  }
}

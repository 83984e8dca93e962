import type { ReadLimits } from './limits.ts';
import { Decoded } from './origins.ts';
import { type Entry, type Tree, Unreadable, type ValueTree } from './tree.ts';

const words = { true: true, false: false, null: null } as const;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /true|false|null/y;
const BLANK = /[ \t\n\r]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads JSON as RFC 8259 has it, with the place of every part; a name given twice is refused, as nobody can say which counts.
 *
 * @throws Unreadable with the offset of the first mistake
 */
export function readJson(text: string, limits: ReadLimits): Tree {
  return new JsonReader(text, limits).document();
}

class JsonReader {
  readonly #text: string;
  readonly #limits: ReadLimits;
  #at = 0;
  #parts = 0;

  constructor(text: string, limits: ReadLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): Tree {
    const tree = this.#part(0);
    this.#blank();
    if (this.#at < this.#text.length) this.#wrong('the document ends before this');
    return tree;
  }

  #part(depth: number): Tree {
    this.#blank();
    const { depth: deepest, parts } = this.#limits;
    if (depth > deepest) throw new Unreadable('it is nested too deeply', this.#at, `${deepest} levels`);
    if (++this.#parts > parts) throw new Unreadable('it has too many parts', this.#at, `${parts} parts`);
    const char = this.#text[this.#at];
    if (char === '{') return this.#map(depth);
    if (char === '[') return this.#list(depth);
    return char === '"' ? this.#string() : this.#bare();
  }

  #map(depth: number): Tree {
    const start = this.#at;
    const entries: Entry[] = [];
    const seen = new Set<string>();
    this.#members('}', () => {
      const keyStart = this.#at;
      if (this.#text[keyStart] !== '"') this.#wrong('a name in double quotes is expected');
      const key = String(this.#string().value);
      if (seen.has(key)) throw new Unreadable(`the name ${JSON.stringify(key)} stands twice in one object`, keyStart);
      seen.add(key);
      this.#blank();
      if (this.#text[this.#at] !== ':') this.#wrong('a colon is expected');
      this.#at++;
      entries.push({ key, keyStart, value: this.#part(depth + 1), end: this.#at });
    });
    return { kind: 'map', start, end: this.#at, entries };
  }

  #list(depth: number): Tree {
    const start = this.#at;
    const items: Tree[] = [];
    this.#members(']', () => items.push(this.#part(depth + 1)));
    return { kind: 'list', start, end: this.#at, items };
  }

  /** What stands between brackets, parted by commas. */
  #members(close: string, member: () => void): void {
    this.#at++;
    this.#blank();
    if (this.#text[this.#at] === close) {
      this.#at++;
      return;
    }
    for (;;) {
      this.#blank();
      member();
      this.#blank();
      const char = this.#text[this.#at];
      if (char !== ',' && char !== close) this.#wrong(`a comma or ${close} is expected`);
      this.#at++;
      if (char === close) return;
    }
  }

  #string(): ValueTree {
    const start = this.#at;
    const decoded = decodeJsonString(this.#text, start);
    this.#at = decoded.end;
    const { text } = decoded;
    const origins = () => decodeJsonString(this.#text, start).origins();
    return { kind: 'value', start, end: this.#at, value: text, source: text, origins };
  }

  #bare(): ValueTree {
    const start = this.#at;
    const word = this.#take(WORD) as keyof typeof words | undefined;
    const source = word ?? this.#take(NUMBER);
    if (source === undefined) return this.#wrong('a value is expected');
    const value = word === undefined ? Number(source) : words[word];
    return { kind: 'value', start, end: this.#at, value, source, origins: () => Uint32Array.of(start) };
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #blank(): void {
    this.#take(BLANK);
  }

  #wrong(text: string): never {
    throw new Unreadable(this.#at < this.#text.length ? text : `${text}, but the file ends`, this.#at);
  }
}

const PLAIN = /[^"\\\u0000-\u001f]+/y;
const HEX = /[0-9a-fA-F]{4}/y;

/** Decodes the JSON string whose opening quote is at `start`; `end` is behind its closing one. */
function decodeJsonString(source: string, start: number) {
  const decoded = new Decoded();
  let at = start + 1;
  while (source[at] !== '"') {
    PLAIN.lastIndex = at;
    const plain = PLAIN.exec(source)?.[0].length ?? 0;
    decoded.copy(source, at, at + plain);
    at += plain;
    if (source[at] === '\\') at = decodeEscape(at);
    else if (source[at] !== '"') {
      const what = at < source.length ? 'a control character must be written as an escape' : 'the text is not closed';
      throw new Unreadable(what, at < source.length ? at : start);
    }
  }
  return { text: decoded.text, end: at + 1, origins: () => decoded.origins(at) };

  function decodeEscape(from: number): number {
    const letter = source[from + 1] ?? '';
    const known = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    HEX.lastIndex = from + 2;
    const code = letter === 'u' ? HEX.exec(source)?.[0] : undefined;
    if (known === undefined && code === undefined) throw new Unreadable('there is no such escape', from);
    decoded.push(known ?? String.fromCharCode(Number.parseInt(code!, 16)), from);
    return from + (code === undefined ? 2 : 6);
  }
}

import type { Dynamic, Value } from '../../values/index.ts';
import type { ScalarFunction } from './row.ts';

/** How a text holds keys and values; `parse-kv` puts this beside the text, as a bag. */
interface Layout {
  readonly keys: readonly string[];
  /** Both empty: everything that is no letter and no digit stands between. */
  readonly pairDelimiter: string;
  readonly kvDelimiter: string;
  /** One character that opens and closes, or two. */
  readonly quotes: readonly string[];
  readonly escapes: readonly string[];
  readonly greedy: boolean;
}

type Pair = readonly [key: string, value: string];

function readLayout(bag: Value | undefined): Layout {
  const members = bag as ReadonlyMap<string, Dynamic>;
  const texts = (name: string): string[] => (members.get(name) as Dynamic[]).map(String);
  return {
    keys: texts('keys'),
    pairDelimiter: String(members.get('pair_delimiter')),
    kvDelimiter: String(members.get('kv_delimiter')),
    quotes: texts('quote'),
    escapes: texts('escape'),
    greedy: members.get('greedy') === true,
  };
}

/** One text under way. Every place is looked at a fixed number of times, whatever the text. */
class Reader {
  readonly text: string;
  readonly #layout: Layout;
  /** The next delimiter between key and value, found once for all the places before it. */
  #kv = -1;
  /** Quotes that do not close any more. */
  readonly #unclosed = new Set<string>();

  constructor(text: string, layout: Layout) {
    this.text = text;
    this.#layout = layout;
  }

  /** A quoted text, and the place behind it; undefined where none begins there or it does not end. */
  quoted(at: number): { value: string; end: number } | undefined {
    const { quotes, escapes } = this.#layout;
    const quote = quotes.find((one) => this.text[at] === one[0] && !this.#unclosed.has(one));
    if (quote === undefined) return undefined;
    const close = quote.at(-1);
    let value = '';
    for (let i = at + 1; i < this.text.length; i++) {
      if (escapes.includes(this.text[i] as string) && i + 1 < this.text.length) value += this.text[++i];
      else if (this.text[i] === close) return { value, end: i + 1 };
      else value += this.text[i];
    }
    this.#unclosed.add(quote);
    return undefined;
  }

  /** Where white space ends; a delimiter is none. */
  skipSpace(from: number): number {
    const { pairDelimiter, kvDelimiter } = this.#layout;
    const isDelimiter = (at: number): boolean =>
      this.text.startsWith(pairDelimiter, at) || this.text.startsWith(kvDelimiter, at);
    let at = from;
    while (at < this.text.length && /\s/.test(this.text[at] as string) && !isDelimiter(at)) at++;
    return at;
  }

  nextPair(from: number): number {
    const found = this.text.indexOf(this.#layout.pairDelimiter, from);
    return found < 0 ? this.text.length : found;
  }

  nextKv(from: number): number {
    if (this.#kv >= from) return this.#kv;
    const found = this.text.indexOf(this.#layout.kvDelimiter, from);
    this.#kv = found < 0 ? this.text.length : found;
    return this.#kv;
  }

  /** Where a bare value ends: at the next delimiter; when greedy, at the one before the next key. */
  endOfValue(start: number): number {
    const { greedy, pairDelimiter, kvDelimiter } = this.#layout;
    let end = this.nextPair(start);
    while (greedy && end < this.text.length) {
      const key = this.skipSpace(end + pairDelimiter.length);
      const quoted = this.quoted(key);
      if (quoted !== undefined && this.text.startsWith(kvDelimiter, this.skipSpace(quoted.end))) return end;
      const following = this.nextPair(quoted?.end ?? key);
      const kv = this.nextKv(key);
      if (quoted === undefined && key < kv && kv < following) return end;
      end = following;
    }
    return end;
  }
}

/** `a=1;b=2`: what stands between the delimiters, which do not count inside quotes. */
function* delimitedPairs(text: string, layout: Layout): Generator<Pair> {
  const { pairDelimiter, kvDelimiter } = layout;
  const reader = new Reader(text, layout);
  for (let at = 0; at < text.length; ) {
    at = reader.skipSpace(at);
    const quotedKey = reader.quoted(at);
    const from = quotedKey?.end ?? at;
    const kv = reader.nextKv(from);
    if (kv === text.length) return;
    const end = reader.nextPair(from);
    if (end < kv) {
      at = end + pairDelimiter.length;
      continue;
    }
    const start = reader.skipSpace(kv + kvDelimiter.length);
    const quoted = reader.quoted(start);
    const stop = quoted === undefined ? reader.endOfValue(start) : reader.nextPair(quoted.end);
    yield [quotedKey?.value ?? text.slice(at, kv).trim(), quoted?.value ?? text.slice(start, stop).trim()];
    at = stop + pairDelimiter.length;
  }
}

/** No delimiters: each listed key, and the word or quoted text after it. */
function* wordPairs(text: string, layout: Layout): Generator<Pair> {
  const keys = new Set(layout.keys);
  const reader = new Reader(text, layout);
  let key: string | undefined;
  for (let at = 0; at < text.length; ) {
    const quoted = reader.quoted(at);
    const word = quoted?.value ?? wordAt(text, at);
    at = quoted?.end ?? at + Math.max(1, word.length);
    if (quoted === undefined && word === '') continue;
    if (key !== undefined) yield [key, word];
    key = key === undefined && keys.has(word) ? word : undefined;
  }
}

const WORD = /[\p{L}\p{N}]*/uy;

function wordAt(text: string, at: number): string {
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0] ?? '';
}

/** The value of each key, in the order of the keys; the first of several counts, and what is missing is ''. */
function picked(keys: readonly string[], pairs: Iterable<Pair>): Dynamic[] {
  const found = new Map<string, string>();
  for (const [key, value] of pairs) if (!found.has(key)) found.set(key, value);
  return keys.map((key) => found.get(key) ?? '');
}

const pairsOf = (text: string, layout: Layout): Iterable<Pair> =>
  layout.kvDelimiter === '' ? wordPairs(text, layout) : delimitedPairs(text, layout);

/** What the operator `parse-kv` reads its columns from; no query can call these by name. */
export const keyValueFunctions: readonly ScalarFunction[] = [
  {
    name: 'parse-kv',
    page: 'parse-kv-operator',
    nullable: false,
    evaluate: ([text = '', bag]) => {
      const layout = readLayout(bag);
      return picked(layout.keys, pairsOf(String(text), layout));
    },
  },
  {
    name: 'parse-kv regex',
    page: 'parse-kv-operator',
    nullable: false,
    evaluate: ([matches = null, keys = null]) => {
      const pairs = ((matches ?? []) as Dynamic[][]).map(
        ([key, value]): Pair => [String(key).trim(), String(value).trim()],
      );
      return picked((keys as Dynamic[]).map(String), pairs);
    },
  },
];

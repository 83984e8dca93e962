/** A pattern that is no list of plain values; its message says why, in words that go behind "whose pattern". */
export class NotPlain extends Error {}

/** A value that a pattern names. */
export interface PatternValue {
  /** `domain`, `url`, `email`, `ipv4`, `ipv6`, `md5`, `sha1`, `sha256`. */
  readonly type: string;
  readonly value: string;
}

/** Object paths that stand for one plain thing each. */
const types: Readonly<Record<string, string>> = {
  'domain-name:value': 'domain',
  'url:value': 'url',
  'email-addr:value': 'email',
  'email-message:from_ref.value': 'email',
  'email-message:sender_ref.value': 'email',
  'ipv4-addr:value': 'ipv4',
  'ipv6-addr:value': 'ipv6',
  'file:hashes.md5': 'md5',
  'file:hashes.sha-1': 'sha1',
  'file:hashes.sha1': 'sha1',
  'file:hashes.sha-256': 'sha256',
  'file:hashes.sha256': 'sha256',
};

const hashes = new Set(['md5', 'sha1', 'sha256']);

const limits = { characters: 20_000, depth: 20, values: 500 } as const;

const token =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*')|(?<sign>[[\](),]|!=|>=|<=|=|<|>)|(?<path>[a-z][\w-]*:(?:[\w.-]|\[[\w*]+\]|'[\w .-]+')+)|(?<word>[A-Za-z]+))/y;

/** Values one of which must be there together with all others of its list: `a AND b OR c` is `[[a, b], [c]]`. */
type Choices = readonly (readonly PatternValue[])[];

/**
 * The values of a pattern of STIX 2.1, any of which alone makes it true: comparisons with `=`, `IN` and `ISSUBSET`, joined by
 * OR. Hashes joined by AND are those of one file, so each stands for it; other things joined by AND do not stand alone.
 *
 * @throws NotPlain for whatever else a pattern may say
 * @source STIX 2.1 (OASIS) section 9
 * @example patternValues("[domain-name:value = 'login.example']") // [{ type: 'domain', value: 'login.example' }]
 */
export function patternValues(pattern: string): readonly PatternValue[] {
  if (pattern.length > limits.characters) throw new NotPlain(`has more than ${limits.characters} characters`);
  const reader = new PatternReader(pattern);
  const values = reader.observations().flatMap((together) => {
    if (together.length > 1 && !together.every(({ type }) => hashes.has(type)))
      throw new NotPlain('asks for several things at once');
    return together;
  });
  return [...new Map(values.map((one) => [`${one.type} ${one.value}`, one])).values()];
}

class PatternReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  observations(): Choices {
    const all = [...this.#observation()];
    while (this.#takes('OR')) all.push(...this.#observation());
    if (this.#at < this.#tokens.length) throw new NotPlain(`says ${this.#tokens[this.#at]}`);
    return all;
  }

  #observation(): Choices {
    this.#expect('[');
    const found = this.#either(0);
    this.#expect(']');
    return found;
  }

  #either(depth: number): Choices {
    const all = [...this.#both(depth)];
    while (this.#takes('OR')) all.push(...this.#both(depth));
    return all;
  }

  #both(depth: number): Choices {
    let all = this.#one(depth);
    while (this.#takes('AND')) {
      const next = this.#one(depth);
      if (all.length * next.length > limits.values) throw new NotPlain(`has more than ${limits.values} values`);
      all = all.flatMap((left) => next.map((right) => [...left, ...right]));
    }
    return all;
  }

  #one(depth: number): Choices {
    if (!this.#takes('(')) return this.#comparison();
    if (depth >= limits.depth) throw new NotPlain(`is nested deeper than ${limits.depth}`);
    const found = this.#either(depth + 1);
    this.#expect(')');
    return found;
  }

  #comparison(): Choices {
    const path = this.#next();
    const type = Object.hasOwn(types, plainPath(path)) ? types[plainPath(path)] : undefined;
    if (type === undefined) throw new NotPlain(path.includes(':') ? `compares ${path}` : `says ${path}`);
    const operator = this.#next();
    const values = operator === 'IN' ? this.#list() : [textOf(this.#next())];
    const isRange = operator === 'ISSUBSET' && type.startsWith('ipv');
    if (operator !== '=' && operator !== 'IN' && !isRange) throw new NotPlain(`compares with ${operator}`);
    return values.map((value) => [{ type, value }]);
  }

  #list(): readonly string[] {
    this.#expect('(');
    const values = [textOf(this.#next())];
    while (this.#takes(',')) values.push(textOf(this.#next()));
    this.#expect(')');
    return values;
  }

  #takes(word: string): boolean {
    const isThere = this.#tokens[this.#at] === word;
    if (isThere) this.#at++;
    return isThere;
  }

  #expect(sign: string): void {
    const found = this.#next();
    if (found !== sign) throw new NotPlain(`has ${found} where ${sign} belongs`);
  }

  #next(): string {
    const found = this.#tokens[this.#at++];
    if (found === undefined) throw new NotPlain('is not whole');
    return found;
  }
}

/** `file:hashes.'SHA-256'` as `file:hashes.sha-256`. */
const plainPath = (path: string): string => path.replaceAll("'", '').toLowerCase();

function textOf(literal: string): string {
  if (!literal.startsWith("'")) throw new NotPlain(`compares with ${literal}`);
  return literal.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  for (token.lastIndex = 0; token.lastIndex < end; ) {
    const start = token.lastIndex;
    const found = token.exec(text);
    if (found === null) throw new NotPlain(`is not read at ${JSON.stringify(text.slice(start, start + 20))}`);
    tokens.push(found[0].trim());
    if (tokens.length > 4 * limits.values) throw new NotPlain(`has more than ${limits.values} values`);
  }
  return tokens;
}

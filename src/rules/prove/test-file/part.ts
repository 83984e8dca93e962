import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { parseTimespan, TICKS_PER_MILLISECOND } from '../../../values/index.ts';
import type { FilePlace } from '../../rule.ts';

/** Milliseconds; further back there is no calendar to count by. */
const LONGEST = 36_500 * 86_400_000;

/** What a file of tests has in hand while its parts are read. */
export interface Reader {
  readonly document: Document;
  placeOf(offset: number): FilePlace;
  /** Refuses what stands at a place, RULE0020. */
  wrong(place: FilePlace, text: string): never;
  /** Counts a part; refuses a file whose aliases unfold into too many. */
  count(place: FilePlace): void;
}

/** A value of a file of tests: what it is read as is checked, and refused with its place. */
export class Part {
  readonly #node: Node | null;
  readonly #reader: Reader;
  readonly place: FilePlace;
  /** Where its name stands; its own place where it has none. */
  readonly named: FilePlace;
  /** How a person would name it: `rows[2].tables`. */
  readonly name: string;

  constructor(node: Node | null, name: string, reader: Reader, named?: FilePlace) {
    this.place = node?.range ? reader.placeOf(node.range[0]) : (named ?? { line: 1, column: 1 });
    this.named = named ?? this.place;
    this.name = name;
    this.#reader = reader;
    reader.count(this.place);
    this.#node = isAlias(node) ? this.#resolved(node) : node;
  }

  #resolved(alias: Alias): Node {
    return alias.resolve(this.#reader.document) ?? this.wrong(`names *${alias.source}, which stands nowhere before it`);
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  wrong(text: string): never {
    return this.#reader.wrong(this.place, `${this.name} ${text}`);
  }

  /** Refuses its name. */
  wrongName(text: string): never {
    return this.#reader.wrong(this.named, `${this.name} ${text}`);
  }

  /** The members of a map by their names, in order. */
  entries(): ReadonlyMap<string, Part> {
    const node = this.#node;
    if (!isMap(node)) return this.wrong('is a map of names and values');
    const below = this.name === 'the file' ? '' : `${this.name}.`;
    return new Map(
      node.items.map(({ key, value }) => {
        const name = isScalar(key) ? String(key.value) : '';
        const place = (key as Node | null)?.range ? this.#reader.placeOf((key as Node).range![0]) : this.place;
        if (name === '') this.#reader.wrong(place, `a name in ${this.name} is no text`);
        return [name, new Part(value as Node | null, below + name, this.#reader, place)];
      }),
    );
  }

  /** The same of a map that may have only these names. */
  fields<K extends string>(known: readonly K[]): Partial<Readonly<Record<K, Part>>> {
    const entries = this.entries();
    for (const [name, part] of entries)
      if (!known.includes(name as K)) part.wrongName(`is unknown; known are ${known.join(', ')}`);
    return Object.fromEntries(entries) as Partial<Record<K, Part>>;
  }

  /** The members of a list. */
  items(): readonly Part[] {
    const node = this.#node;
    if (!isSeq(node)) return this.wrong('is a list');
    return node.items.map((item, i) => new Part(item as Node | null, `${this.name}[${i}]`, this.#reader, this.place));
  }

  text(): string {
    const { scalar } = this;
    return typeof scalar === 'string' ? scalar : this.wrong('is a text: write it in quotes');
  }

  flag(): boolean {
    const { scalar } = this;
    return typeof scalar === 'boolean' ? scalar : this.wrong('is true or false');
  }

  whole(low: number, high: number): number {
    const { scalar } = this;
    const isIn = typeof scalar === 'bigint' && scalar >= low && scalar <= high;
    return isIn ? Number(scalar) : this.wrong(`is a whole number from ${low} to ${high}`);
  }

  /** A length of time such as `2h`, in milliseconds. */
  duration(): number {
    const ticks = parseTimespan(this.text());
    if (ticks === null || ticks < 0n) return this.wrong('is a length of time such as 2h or 3d');
    const milliseconds = Number(ticks / TICKS_PER_MILLISECOND);
    return milliseconds <= LONGEST ? milliseconds : this.wrong('is at most 36500d, a hundred years');
  }

  /** Text, number, bigint, boolean or null; undefined for a map or a list. */
  get scalar(): unknown {
    if (this.#node === null) return null;
    return isScalar(this.#node) ? this.#node.value : undefined;
  }

  /** The plain value, lists and maps too. Whole numbers are bigint. */
  get plain(): unknown {
    if (this.isMap) return new Map([...this.entries()].map(([name, part]) => [name, part.plain]));
    if (this.isList) return this.items().map((part) => part.plain);
    return this.scalar;
  }
}

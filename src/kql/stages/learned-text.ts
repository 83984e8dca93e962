import type { Span } from '../../errors/index.ts';
import type { Plan, Schema } from '../plan/index.ts';
import type { LearnedColumn } from './open-columns.ts';
import { quotedName } from './quoted-name.ts';

/** The columns of one plugin call, and the inputs over which they were learned. */
export interface Learned {
  readonly columns: readonly LearnedColumn[];
  readonly inputs: ReadonlySet<string>;
}

/** What is written into a text, in the place of so many characters of it. */
interface Edit {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/**
 * A query text into which learned columns are written, as a person would write them, behind the plugin's call, and the
 * names of tables in the place of what stands for them; beside it, values that had to be constants. It knows each place in
 * the text that was written first.
 */
export class LearnedText {
  readonly #original: string;
  /** By the place in the original text. */
  readonly #learned: ReadonlyMap<number, Learned>;
  readonly #names: readonly Edit[];
  /** The texts that `toscalar` gives, by the {@link fingerprint} of what it reads. */
  readonly #values: ReadonlyMap<string, string>;
  /** All that is written, in the order of the text. */
  readonly #edits: readonly Edit[];

  constructor(
    original: string,
    learned: ReadonlyMap<number, Learned> = new Map(),
    names: readonly Edit[] = [],
    values: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#original = original;
    this.#values = values;
    this.#learned = learned;
    this.#names = names;
    const columns = [...learned].map(([at, { columns }]): Edit => ({ at, length: 0, text: declared(columns) }));
    this.#edits = [...columns, ...names].sort((a, b) => a.at - b.at);
  }

  /** In how many places names are written. */
  get named(): number {
    return this.#names.length;
  }

  /** Whether it is the text that was given. */
  get isGiven(): boolean {
    return this.#edits.length === 0;
  }

  /** How many plugin calls, inputs and values were learned. */
  get size(): number {
    return [...this.#learned.values()].reduce((sum, { inputs }) => sum + inputs.size, this.#values.size);
  }

  /** The text with the columns and names. */
  get text(): string {
    let [text, from] = ['', 0];
    for (const { at, length, text: written } of this.#edits) {
      text += this.#original.slice(from, at) + written;
      from = at + length;
    }
    return text + this.#original.slice(from);
  }

  /** What was learned for the call that ends at a place of {@link text}. */
  at(place: number): Learned | undefined {
    return this.#learned.get(this.#originalPlace(place));
  }

  /** The same text with one more answer. */
  with(place: number, learned: Learned): LearnedText {
    const all = new Map([...this.#learned, [this.#originalPlace(place), learned]] as const);
    return new LearnedText(this.#original, all, this.#names, this.#values);
  }

  /** The same text with names in the place of a part of {@link text}. */
  withNames(place: Span, text: string): LearnedText {
    const { start: at, length } = this.original(place);
    return new LearnedText(this.#original, this.#learned, [...this.#names, { at, length, text }], this.#values);
  }

  /** The text that the first cell of a plan's rows is known to hold. */
  valueOf(plan: Plan): string | undefined {
    return this.#values.size === 0 ? undefined : this.#values.get(fingerprint(plan));
  }

  /** The same text with the first cell of a plan's rows known. */
  withValue(plan: Plan, value: string): LearnedText {
    const values = new Map([...this.#values, [fingerprint(plan), value]] as const);
    return new LearnedText(this.#original, this.#learned, this.#names, values);
  }

  /** A place of {@link text} as a place of the original; what was written is where it was written. */
  original({ start, length }: Span): Span {
    const [from, to] = [this.#originalPlace(start), this.#originalPlace(start + length)];
    return { start: from, length: to - from };
  }

  #originalPlace(place: number): number {
    let added = 0;
    for (const { at, length, text } of this.#edits) {
      if (place <= at + added) break;
      if (place < at + added + text.length) return at;
      added += text.length - length;
    }
    return place - added;
  }
}

/** ` : (['a']:long)`. */
const declared = (columns: Schema): string =>
  ` : (${columns.map(({ name, type }) => `${quotedName(name)}:${type}`).join(', ')})`;

/** What a plan reads and computes, wherever it stands in the text. */
export const fingerprint = (plan: Plan): string =>
  JSON.stringify(plan, (key, value: unknown) => {
    if (key === 'span') return undefined;
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Map ? { map: [...value] } : value;
  });

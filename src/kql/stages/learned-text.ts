import type { Span } from '../../errors/index.ts';
import type { Plan, Schema } from '../plan/index.ts';
import type { LearnedColumn } from './open-columns.ts';

/** The columns of one plugin call, and the inputs over which they were learned. */
export interface Learned {
  readonly columns: readonly LearnedColumn[];
  readonly inputs: ReadonlySet<string>;
}

/**
 * A query text into which learned columns are written, as a person would write them: behind the plugin's call. It knows
 * each place in the text that was written first.
 */
export class LearnedText {
  readonly #original: string;
  /** By the place in the original text, in its order. */
  readonly #learned: ReadonlyMap<number, Learned>;

  constructor(original: string, learned: ReadonlyMap<number, Learned> = new Map()) {
    this.#original = original;
    this.#learned = new Map([...learned].sort(([a], [b]) => a - b));
  }

  /** How many plugin calls and inputs were learned. */
  get size(): number {
    return [...this.#learned.values()].reduce((sum, { inputs }) => sum + inputs.size, 0);
  }

  /** The text with the columns. */
  get text(): string {
    let [text, from] = ['', 0];
    for (const [at, { columns }] of this.#learned) {
      text += this.#original.slice(from, at) + declared(columns);
      from = at;
    }
    return text + this.#original.slice(from);
  }

  /** What was learned for the call that ends at a place of {@link text}. */
  at(place: number): Learned | undefined {
    return this.#learned.get(this.#originalPlace(place));
  }

  /** The same text with one more answer. */
  with(place: number, learned: Learned): LearnedText {
    return new LearnedText(this.#original, new Map([...this.#learned, [this.#originalPlace(place), learned]]));
  }

  /** A place of {@link text} as a place of the original; what stands in learned columns becomes the call's end. */
  original({ start, length }: Span): Span {
    const [from, to] = [this.#originalPlace(start), this.#originalPlace(start + length)];
    return { start: from, length: to - from };
  }

  #originalPlace(place: number): number {
    let added = 0;
    for (const [at, { columns }] of this.#learned) {
      if (place <= at + added) break;
      const { length } = declared(columns);
      if (place < at + added + length) return at;
      added += length;
    }
    return place - added;
  }
}

/** ` : (['a']:long)`. */
const declared = (columns: Schema): string =>
  ` : (${columns.map(({ name, type }) => `['${escaped(name)}']:${type}`).join(', ')})`;

/** A text between the quotes of KQL. */
const escaped = (name: string): string =>
  name.replace(/[\\'"\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (c) =>
    /[\\'"]/.test(c) ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What a plan reads and computes, wherever it stands in the text. */
export const fingerprint = (plan: Plan): string =>
  JSON.stringify(plan, (key, value: unknown) => {
    if (key === 'span') return undefined;
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Map ? { map: [...value] } : value;
  });

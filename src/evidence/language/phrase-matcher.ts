import { type Token, tokensOf } from './tokens.ts';

/** A part of a pattern. */
type Part =
  | { readonly gap: true }
  | {
      readonly gap: false;
      readonly words: ReadonlySet<string>;
      readonly starts: readonly string[];
      readonly isOptional: boolean;
    };

/** Words that a gap may stand for. */
const GAP = 3;

/** Letters by which patterns that begin with the beginning of a word are found. */
const INDEXED = 3;

/** Where a phrase was found: the place of its words in the text. */
export interface Match<T> {
  readonly of: T;
  readonly start: number;
  readonly end: number;
}

/** Finds phrases in texts: each word of a text leads to the few patterns that begin with it. */
export class PhraseMatcher<T> {
  readonly #byWord = new Map<string, Pattern<T>[]>();
  readonly #byStart = new Map<string, Pattern<T>[]>();

  /** @param phrases patterns as `phrase.ts` explains them, with what stands for each in a match */
  constructor(phrases: Iterable<readonly [pattern: string, of: T]>) {
    for (const [text, of] of phrases) {
      const parts = partsOf(text);
      const [first] = parts;
      if (first === undefined || first.gap || first.isOptional) throw new Error(`a phrase begins with a word: ${text}`);
      const pattern = { parts, of };
      for (const word of first.words) add(this.#byWord, word, pattern);
      for (const start of first.starts) add(this.#byStart, start.slice(0, INDEXED), pattern);
    }
  }

  /** Every match, at most one of each phrase at each place. Linear in the text. */
  matches(text: string): readonly Match<T>[] {
    const tokens = tokensOf(text);
    return tokens.flatMap((token, at) =>
      this.#patternsAt(token).flatMap(({ parts, of }) => {
        const end = endOf(parts, 0, tokens, at);
        return end === undefined ? [] : [{ of, start: token.start, end: tokens[end - 1]!.end }];
      }),
    );
  }

  #patternsAt({ forms }: Token): readonly Pattern<T>[] {
    const found = forms.flatMap((form) => [
      ...(this.#byWord.get(form) ?? []),
      ...(this.#byStart.get(form.slice(0, INDEXED)) ?? []),
    ]);
    return found.length > 1 ? [...new Set(found)] : found;
  }
}

interface Pattern<T> {
  readonly parts: readonly Part[];
  readonly of: T;
}

function add<T>(index: Map<string, Pattern<T>[]>, key: string, pattern: Pattern<T>): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [pattern]);
  else list.push(pattern);
}

function partsOf(pattern: string): readonly Part[] {
  return pattern.split(' ').map((part): Part => {
    if (part === '_') return { gap: true };
    const all = part.split('|');
    const bare = all.map((word) => word.replace('?', '')).filter(Boolean);
    const starts = bare.filter((word) => word.endsWith('*')).map(folded);
    const words = new Set(bare.filter((word) => !word.endsWith('*')).map(folded));
    return { gap: false, words, starts, isOptional: all.some((word) => word.endsWith('?')) };
  });
}

const folded = (word: string): string => tokensOf(word)[0]?.forms[0] ?? '';

/** The place behind the last word of a pattern that begins at a token; undefined where it does not. */
function endOf(parts: readonly Part[], part: number, tokens: readonly Token[], at: number): number | undefined {
  const wanted = parts[part];
  if (wanted === undefined) return at;
  if (wanted.gap) {
    for (let skipped = 0; skipped <= GAP; skipped++) {
      const end = endOf(parts, part + 1, tokens, at + skipped);
      if (end !== undefined) return end;
    }
    return undefined;
  }
  const token = tokens[at];
  if (token !== undefined && holds(wanted, token)) {
    const end = endOf(parts, part + 1, tokens, at + 1);
    if (end !== undefined) return end;
  }
  return wanted.isOptional ? endOf(parts, part + 1, tokens, at) : undefined;
}

const holds = ({ words, starts }: Part & { readonly gap: false }, { forms }: Token): boolean =>
  forms.some((form) => words.has(form) || starts.some((start) => form.startsWith(start)));

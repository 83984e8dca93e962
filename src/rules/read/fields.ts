import type { RuleFile } from './rule-file.ts';
import { entryOf, type MapTree, type Tree, type ValueTree } from './tree.ts';

/** The fields of a map, each of the type that it should have; a field of another type is a problem of the file. */
export class Fields {
  readonly tree: MapTree;
  readonly #file: RuleFile;
  readonly #above: string;

  constructor(tree: MapTree, file: RuleFile, above = '') {
    this.tree = tree;
    this.#file = file;
    this.#above = above;
  }

  has(name: string): boolean {
    return entryOf(this.tree, name) !== undefined;
  }

  /** A part that is there and not null. */
  part(name: string): Tree | undefined {
    const part = entryOf(this.tree, name)?.value;
    return part === undefined || (part.kind === 'value' && part.value === null) ? undefined : part;
  }

  wrong(name: string, text: string): undefined {
    const offset = entryOf(this.tree, name)?.keyStart ?? this.tree.start;
    this.#file.wrongField(offset, this.#above + name, text);
  }

  /** A text with its place; numbers and the like where `loose`, as they are written (`version: 1.0`). */
  textPart(name: string, loose = false): (ValueTree & { readonly value: string }) | undefined {
    const part = this.part(name);
    if (part === undefined) return undefined;
    if (part.kind === 'value' && typeof part.value === 'string') return { ...part, value: part.value };
    if (part.kind === 'value' && loose) return { ...part, value: part.source };
    return this.wrong(name, `must be a text, not ${wordFor(part)}`);
  }

  text(name: string, loose = false): string | undefined {
    return this.textPart(name, loose)?.value;
  }

  /** One of a few words, by what each stands for. */
  word<T>(name: string, words: Readonly<Record<string, T>>): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (Object.hasOwn(words, text)) return words[text];
    return this.wrong(name, `is ${JSON.stringify(text)}; there are ${Object.keys(words).join(', ')}`);
  }

  number(name: string): number | undefined {
    const part = this.part(name);
    if (part === undefined) return undefined;
    if (part.kind === 'value' && typeof part.value === 'number') return part.value;
    return this.wrong(name, `must be a number, not ${wordFor(part)}`);
  }

  map(name: string): Fields | undefined {
    const part = this.part(name);
    if (part === undefined) return undefined;
    if (part.kind === 'map') return new Fields(part, this.#file, `${this.#above}${name}.`);
    return this.wrong(name, `must be a map, not ${wordFor(part)}`);
  }

  /** The items of a list; null items are left out. */
  list(name: string): readonly Tree[] {
    const part = this.part(name);
    if (part === undefined) return [];
    if (part.kind === 'list') return part.items.filter((item) => item.kind !== 'value' || item.value !== null);
    this.wrong(name, `must be a list, not ${wordFor(part)}`);
    return [];
  }

  texts(name: string): string[] {
    return this.#each(name, 'a text', (item) =>
      item.kind === 'value' ? (typeof item.value === 'string' ? item.value : item.source) : undefined,
    );
  }

  maps(name: string): Fields[] {
    return this.#each(name, 'a map', (item, i) =>
      item.kind === 'map' ? new Fields(item, this.#file, `${this.#above}${name}[${i}].`) : undefined,
    );
  }

  /** The texts of a map of texts. */
  textMap(name: string): Record<string, string> {
    const map = this.map(name);
    const pairs = map?.tree.entries.map(({ key }) => [key, map.text(key, true)] as const) ?? [];
    return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
  }

  #each<T>(name: string, kind: string, take: (item: Tree, index: number) => T | undefined): T[] {
    return this.list(name).flatMap((item, i) => {
      const taken = take(item, i);
      if (taken !== undefined) return [taken];
      this.#file.wrongField(item.start, `${this.#above}${name}[${i}]`, `must be ${kind}, not ${wordFor(item)}`);
      return [];
    });
  }
}

function wordFor(part: Tree): string {
  if (part.kind !== 'value') return `a ${part.kind}`;
  return part.value === null
    ? 'nothing'
    : `the ${typeof part.value === 'string' ? 'text' : typeof part.value} ${shortened(part.source)}`;
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

import type { Origins } from './origins.ts';

/**
 * A YAML or JSON document as it stands in its file, one shape for both: each part with its place, in UTF-16 units from
 * the start of the file's text. Aliases are the parts that they stand for.
 */
export type Tree = MapTree | ListTree | ValueTree;

interface Placed {
  readonly start: number;
  readonly end: number;
}

export interface MapTree extends Placed {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: string;
  readonly keyStart: number;
  readonly value: Tree;
  /** Where the value ends in this place: for an alias the alias, not the part that it stands for. */
  readonly end: number;
}

export interface ListTree extends Placed {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}

export interface ValueTree extends Placed {
  readonly kind: 'value';
  readonly value: string | number | boolean | null;
  /** As it is written, for what is no text: `1.0`. */
  readonly source: string;
  /** Where each unit of a text comes from. */
  origins(): Origins;
}

/** A way into a document: `['entityMappings', 0, 'entityType']`. */
export type Path = readonly (string | number)[];

/** The part at a path. */
export function partAt(tree: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((at, step) => (at === undefined ? undefined : childOf(at, step)), tree);
}

export const entryOf = (tree: Tree, key: string | number): Entry | undefined =>
  tree.kind === 'map' ? tree.entries.find((entry) => entry.key === key) : undefined;

const childOf = (tree: Tree, step: string | number): Tree | undefined =>
  tree.kind === 'list' && typeof step === 'number' ? tree.items[step] : entryOf(tree, step)?.value;

/** Where a path leads: the name of a field, the beginning of an item. */
export function offsetOf(tree: Tree, path: Path): number | undefined {
  const last = path.at(-1);
  if (last === undefined) return tree.start;
  const above = partAt(tree, path.slice(0, -1));
  return above && (entryOf(above, last)?.keyStart ?? childOf(above, last)?.start);
}

/** The document as plain values: objects, arrays, texts, numbers. */
export function plainOf(tree: Tree): unknown {
  if (tree.kind === 'value') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plainOf);
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plainOf(value)]));
}

/** A document that cannot be read: what is wrong, and where. */
export class Unreadable extends Error {
  readonly offset: number;
  /** Where a limit was passed: which. */
  readonly limit: string | undefined;

  constructor(message: string, offset: number, limit?: string) {
    super(message);
    this.offset = offset;
    this.limit = limit;
  }
}

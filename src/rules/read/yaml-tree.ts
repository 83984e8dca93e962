import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type Scalar,
  visit,
} from 'yaml';
import type { ReadLimits } from './limits.ts';
import { type Entry, type Tree, Unreadable, type ValueTree } from './tree.ts';
import { guardYaml } from './yaml-guard.ts';
import { yamlOrigins } from './yaml-scalar.ts';

/**
 * Reads the documents of a YAML file, with the place of every part. Aliases are written out, which `limits.parts`
 * bounds, and merge keys (`<<`) are plain names, as YAML 1.2 has them.
 *
 * @throws Unreadable with the offset of the first mistake
 */
export function readYaml(text: string, limits: ReadLimits): Tree[] {
  guardYaml(text, limits);
  // the package compares each name with all before it, which takes long in long maps: that is done here
  const options = { keepSourceTokens: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
  const documents = parseAllDocuments(text, options);
  if ('empty' in documents) return [];
  return documents.flatMap((document) => treeOf(document, text, limits) ?? []);
}

/** What each alias stands for: the last node before it that has its anchor. */
function aliasesOf(document: Document): ReadonlyMap<Alias, Node> {
  const [anchors, meant] = [new Map<string, Node>(), new Map<Alias, Node>()];
  visit(document, {
    Alias: (_, alias) => void (anchors.has(alias.source) && meant.set(alias, anchors.get(alias.source)!)),
    Value: (_, node) => void (node.anchor !== undefined && anchors.set(node.anchor, node)),
  });
  return meant;
}

function treeOf(document: Document, text: string, limits: ReadLimits): Tree | undefined {
  for (const { message, pos } of document.errors) {
    if (/call stack/.test(message)) throw new Unreadable('it is nested too deeply', pos[0], `${limits.depth} levels`);
    throw new Unreadable(message, pos[0]);
  }
  const aliases = aliasesOf(document);
  let parts = 0;
  return document.contents === null ? undefined : tree(document.contents, 0);

  function tree(node: Node | null, depth: number, at = 0): Tree {
    const [start, end] = node?.range ?? [at, at];
    if (depth > limits.depth) throw new Unreadable('it is nested too deeply', start, `${limits.depth} levels`);
    if (++parts > limits.parts) throw new Unreadable('it has too many parts', start, `${limits.parts} parts`);
    if (isAlias(node)) {
      const meant = aliases.get(node);
      if (meant === undefined) throw new Unreadable(`nothing is called &${node.source}`, start);
      return tree(meant, depth + 1);
    }
    if (isMap<Node, Node | null>(node)) {
      const seen = new Set<string>();
      const entries = node.items.map(({ key, value }): Entry => {
        const keyStart = key.range?.[0] ?? start;
        const end = value?.range?.[1] ?? key.range?.[1] ?? keyStart;
        return { key: nameOf(key, seen), keyStart, value: tree(value, depth + 1, keyStart), end };
      });
      return { kind: 'map', start, end, entries };
    }
    if (isSeq<Node | null>(node)) {
      return { kind: 'list', start, end, items: node.items.map((item) => tree(item, depth + 1, start)) };
    }
    return valueTree(isScalar(node) ? node : undefined, text, start, end);
  }
}

/** The name of a field, which must be a text and stand once. */
function nameOf(key: Node, seen: Set<string>): string {
  const at = key.range?.[0] ?? 0;
  if (!isScalar(key))
    throw new Unreadable('the name of a field must be a text; a text that begins with { or [ needs quotes', at);
  const name = String(key.value);
  if (seen.has(name)) throw new Unreadable(`the name ${JSON.stringify(name)} stands twice in one map`, at);
  seen.add(name);
  return name;
}

function valueTree(scalar: Scalar | undefined, text: string, start: number, end: number): ValueTree {
  const value = scalar?.value;
  const source = text.slice(start, end);
  const origins = () => yamlOrigins(text, scalar);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') {
    return { kind: 'value', start, end, value, source, origins };
  }
  return {
    kind: 'value',
    start,
    end,
    value: value === undefined || value === null ? null : String(value),
    source,
    origins,
  };
}

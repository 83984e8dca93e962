import { createRequire } from 'node:module';

/**
 * A node of Microsoft's syntax tree. The library is C# compiled to JavaScript; its own typings are 35,000 lines that do
 * not help here, so a node is read by the property names of Kusto.Language.Syntax and nothing else leaves this room.
 */
// biome-ignore lint/suspicious/noExplicitAny: the one untyped border, see above
export type Syntax = any;

/** The globals that the library defines when it is loaded. */
interface Library {
  readonly Kusto: Syntax;
  readonly System: Syntax;
}

let library: Library | undefined;

/** Loads Microsoft's language service, once: a quarter of a second, so not before a query needs it. */
export function language(): Library {
  if (library === undefined) {
    const require = createRequire(import.meta.url);
    require('@kusto/language-service-next/bridge.min.js');
    require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
    library = globalThis as unknown as Library;
  }
  return library;
}

const kindNames = new Map<number, string>();

/** The node's SyntaxKind by name, `FilterOperator`. */
export function kindOf(node: Syntax): string {
  let name = kindNames.get(node.Kind);
  if (name === undefined) {
    const { Kusto, System } = language();
    name = String(System.Enum.toString(Kusto.Language.Syntax.SyntaxKind, node.Kind));
    kindNames.set(node.Kind, name);
  }
  return name;
}

/** A C# list, array or SyntaxList as a JavaScript array; `SeparatedElement` wrappers are taken off. */
export function listOf(list: Syntax): Syntax[] {
  if (list === null || list === undefined) return [];
  const count: number = Array.isArray(list) ? list.length : list.Count;
  const items: Syntax[] = [];
  for (let i = 0; i < count; i++) {
    const item = Array.isArray(list) ? list[i] : list.getItem !== undefined ? list.getItem(i) : list.GetChild(i);
    items.push(item?.Element$1 ?? item?.Element ?? item);
  }
  return items;
}

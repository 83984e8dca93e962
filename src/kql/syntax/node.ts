import type { Span } from '../../errors/index.ts';
import { type Column, type KqlType, kqlTypes } from '../../values/index.ts';
import { kindOf, listOf, type Syntax, spanOf, symbolKind } from '../parse/index.ts';

/** What a name stands for, as the binder found it. */
export interface Symbol {
  /** `Column`, `Variable`, `Parameter`, `Table`, `Function`, `Aggregate`, `Operator`, … */
  readonly kind: string;
  readonly name: string;
  /** The same for every use of the same thing: only to be compared. */
  readonly identity: object;
}

/**
 * A node or token of a query, bound, for who reads the text as it was written: lints, editors. Kinds and roles are those of
 * Microsoft's tree (`FilterOperator` with a child in the role `Condition`); reading one node costs nothing of the others.
 *
 * @example
 * const filters = [...walk(root)].filter(({ kind }) => kind === 'FilterOperator');
 * filters[0]?.child('Condition')?.text // `EmailDirection == "Inbound"`
 */
export interface SyntaxNode {
  readonly kind: string;
  /** What it is to its parent, `Condition`; empty for the root and the members of a list. */
  readonly role: string;
  /** Without the space and comments before it. */
  readonly span: Span;
  readonly text: string;
  readonly parent: SyntaxNode | undefined;
  /** Nodes and tokens in the order of the text; what is left out in the text is not among them. */
  readonly children: readonly SyntaxNode[];
  readonly isToken: boolean;
  /** Of a scalar expression. */
  readonly type: KqlType | undefined;
  /** Of a tabular expression or operator. */
  readonly columns: readonly Column[] | undefined;
  readonly symbol: Symbol | undefined;
  /** Of a string literal: what it says, escapes resolved. */
  readonly literal: string | undefined;
  child(role: string): SyntaxNode | undefined;
}

/** A node and all below it, from the top, in the order of the text. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    waiting.push(...next.children.toReversed());
  }
}

/** The members of a list (`SyntaxList`), without separators; a node that is none stands for itself. */
export const membersOf = (node: SyntaxNode | undefined): readonly SyntaxNode[] => {
  if (node === undefined) return [];
  if (node.kind !== 'List') return [node];
  return node.children.flatMap((child) => (child.kind === 'SeparatedElement' ? child.children.slice(0, 1) : [child]));
};

/** Microsoft's tree below `root` as nodes; `text` is what it was parsed from. */
export function nodesOf(root: Syntax, text: string): SyntaxNode {
  const known = new Map<Syntax, SyntaxNode>();
  // the place of a node among a thousand others is looked for only where its parent did not hand it out
  const nodeOf = (syntax: Syntax, role?: string): SyntaxNode => {
    const node = known.get(syntax) ?? new BoundNode(syntax, role ?? roleOf(syntax), { text, nodeOf });
    known.set(syntax, node);
    return node;
  };
  return nodeOf(root, '');
}

interface Tree {
  readonly text: string;
  nodeOf(syntax: Syntax, role?: string): SyntaxNode;
}

class BoundNode implements SyntaxNode {
  readonly #syntax: Syntax;
  readonly #tree: Tree;
  readonly role: string;
  readonly kind: string;
  #children: readonly SyntaxNode[] | undefined;

  constructor(syntax: Syntax, role: string, tree: Tree) {
    this.#syntax = syntax;
    this.#tree = tree;
    this.role = role;
    this.kind = kindOf(syntax);
  }

  get span(): Span {
    return spanOf(this.#syntax);
  }

  get text(): string {
    const { start, length } = this.span;
    return this.#tree.text.slice(start, start + length);
  }

  get parent(): SyntaxNode | undefined {
    const { Parent } = this.#syntax;
    return Parent ? this.#tree.nodeOf(Parent) : undefined;
  }

  get isToken(): boolean {
    return this.#syntax.IsToken === true;
  }

  get children(): readonly SyntaxNode[] {
    this.#children ??= childrenOf(this.#syntax).map(([child, role]) => this.#tree.nodeOf(child, role));
    return this.#children;
  }

  get type(): KqlType | undefined {
    const name = this.#syntax.ResultType?.Name;
    return kqlTypes.find((known) => known === name);
  }

  get columns(): readonly Column[] | undefined {
    const columns = this.#syntax.ResultType?.Columns;
    if (columns === undefined) return undefined;
    return listOf(columns).map((column) => ({ name: String(column.Name), type: columnType(column) }));
  }

  get symbol(): Symbol | undefined {
    const kind = symbolKind(this.#syntax);
    const identity = this.#syntax.ReferencedSymbol;
    return kind === undefined ? undefined : { kind, name: String(identity.Name), identity };
  }

  get literal(): string | undefined {
    return this.kind === 'StringLiteralExpression' ? String(this.#syntax.LiteralValue) : undefined;
  }

  child(role: string): SyntaxNode | undefined {
    return this.children.find((child) => child.role === role);
  }
}

const columnType = (column: Syntax): KqlType => kqlTypes.find((known) => known === column.Type?.Name) ?? 'dynamic';

function childrenOf(syntax: Syntax): [Syntax, string][] {
  const count: number = syntax.ChildCount ?? 0;
  return Array.from({ length: count }, (_, i): [Syntax, string] => [
    syntax.GetChild(i),
    syntax.GetName(i) ?? '',
  ]).filter(([child]) => child !== null && child !== undefined && (child.Width ?? 0) > 0);
}

const roleOf = (syntax: Syntax): string => {
  const { Parent } = syntax;
  const index = Parent ? Parent.GetChildIndex?.(syntax) : undefined;
  return typeof index === 'number' && index >= 0 ? (Parent.GetName(index) ?? '') : '';
};

import { membersOf, type SyntaxNode } from '../../kql/index.ts';
import { argumentsOf, bare, calledName, nodesOfKind, rootOf } from './nodes.ts';

/** A text that stands in the query, and where. */
export interface Constant {
  readonly text: string;
  readonly node: SyntaxNode;
}

/**
 * The texts that an expression is or lists, when that can be read off: literals, `dynamic([…])`, `pack_array(…)`, and
 * names of a `let` of these. Nothing for what is computed from data.
 */
export function constantsOf(node: SyntaxNode, depth = 0): readonly Constant[] {
  const value = bare(node);
  if (depth > 20) return [];
  if (value.literal !== undefined) return [{ text: value.literal, node: value }];
  const reader = readers[value.kind];
  return reader === undefined ? [] : reader(value).flatMap((member) => constantsOf(member, depth + 1));
}

const only = (node: SyntaxNode | undefined): readonly SyntaxNode[] => (node === undefined ? [] : [node]);

const readers: Readonly<Record<string, (node: SyntaxNode) => readonly SyntaxNode[]>> = {
  DynamicExpression: (node) => only(node.child('Expression')),
  JsonArrayExpression: (node) => membersOf(node.child('Values')),
  NameReference: (node) => only(declarationOf(node)),
  FunctionCallExpression: (node) => {
    const name = calledName(node);
    if (name === 'pack_array' || name === 'tolower' || name === 'materialize') return argumentsOf(node);
    return argumentsOf(node).length === 0 ? only(declarationOf(node.child('Name') ?? node)) : [];
  },
  FunctionDeclaration: (node) => only(node.child('Body')?.child('Expression')),
};

/** What the `let` says that a name stands for; undefined for other names. */
export function declarationOf(name: SyntaxNode): SyntaxNode | undefined {
  const identity = name.symbol?.identity;
  return identity === undefined ? undefined : declarationsOf(rootOf(name)).get(identity);
}

type Declarations = ReadonlyMap<unknown, SyntaxNode | undefined>;

const declared = new WeakMap<SyntaxNode, Declarations>();

/** What each `let` of a query says, by the identity of its name; a chain of hundreds of them is asked link by link. */
function declarationsOf(root: SyntaxNode): Declarations {
  const known = declared.get(root);
  if (known !== undefined) return known;
  const found = new Map<unknown, SyntaxNode | undefined>();
  for (const statement of nodesOfKind(root, 'LetStatement')) {
    const identity = statement.child('Name')?.symbol?.identity;
    if (identity !== undefined && !found.has(identity)) found.set(identity, statement.child('Expression'));
  }
  declared.set(root, found);
  return found;
}

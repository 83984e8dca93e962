import { membersOf, type SyntaxNode, walk } from '../../kql/index.ts';

/** The nodes of a tree by kind, each with its place in the order of the text. */
type Index = ReadonlyMap<string, readonly (readonly [place: number, node: SyntaxNode])[]>;

const read = new WeakMap<SyntaxNode, Index>();

/** The nodes of a query of one of these kinds, in the order of the text; a tree is walked once however many lints ask. */
export function nodesOfKind(root: SyntaxNode, ...kinds: readonly string[]): readonly SyntaxNode[] {
  const index = indexOf(root);
  const found = kinds.flatMap((kind) => index.get(kind) ?? []);
  if (kinds.length > 1) found.sort(([a], [b]) => a - b);
  return found.map(([, node]) => node);
}

function indexOf(root: SyntaxNode): Index {
  const known = read.get(root);
  if (known !== undefined) return known;
  const index = new Map<string, (readonly [number, SyntaxNode])[]>();
  let place = 0;
  for (const node of walk(root)) {
    place++;
    if (node.isToken) continue;
    const group = index.get(node.kind);
    if (group === undefined) index.set(node.kind, [[place, node]]);
    else group.push([place, node]);
  }
  read.set(root, index);
  return index;
}

/** The root of the tree that a node stands in. */
export function rootOf(node: SyntaxNode): SyntaxNode {
  let root = node;
  for (let up: SyntaxNode | undefined = node; up !== undefined; up = up.parent) root = up;
  return root;
}

/** What stands in parentheses, however many; other nodes stand for themselves, and so do parentheses with nothing in them. */
export function bare(node: SyntaxNode): SyntaxNode {
  const within = node.kind === 'ParenthesizedExpression' ? node.child('Expression') : undefined;
  return within === undefined ? node : bare(within);
}

/** The name of a called function or aggregate, undefined for what is no call. */
export const calledName = (node: SyntaxNode): string | undefined =>
  node.kind === 'FunctionCallExpression' ? node.child('Name')?.text.toLowerCase() : undefined;

/** What a function is called with. */
export const argumentsOf = (call: SyntaxNode): readonly SyntaxNode[] =>
  membersOf(call.child('ArgumentList')?.child('Expressions'));

/** A comparison: `Subject has "x"`, `Url !in~ (…)`. */
export interface Comparison {
  readonly node: SyntaxNode;
  /** As written, in lower case; `!=` for `<>`. */
  readonly operator: string;
  readonly left: SyntaxNode;
  /** One, or the members of the list of `in`, `has_any`, `has_all`. */
  readonly right: readonly SyntaxNode[];
}

const comparing =
  /^(?:[=!]=|[=!]~|!?in~?|!?(?:has|contains|startswith|endswith|hasprefix|hassuffix)(?:_cs)?|has_any|has_all|matches regex)$/;

/** All comparisons of a query by operators of texts. */
export const comparisonsOf = (root: SyntaxNode): readonly Comparison[] => {
  const known = compared.get(root) ?? findComparisons(root);
  compared.set(root, known);
  return known;
};

const compared = new WeakMap<SyntaxNode, readonly Comparison[]>();

function findComparisons(root: SyntaxNode): readonly Comparison[] {
  const kinds = [...indexOf(root).keys()].filter((kind) => comparingKind.test(kind));
  return nodesOfKind(root, ...kinds).flatMap((node) => comparisonOf(node) ?? []);
}

const comparingKind = /^(?:Not)?(?:Equal|In|Has|Contains|StartsWith|EndsWith|Bang|MatchesRegex)\w*Expression$/;

/** The comparison that a node is, undefined for other nodes. */
export function comparisonOf(node: SyntaxNode): Comparison | undefined {
  const [left, operator, right] = [node.child('Left'), node.child('Operator'), node.child('Right')];
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  const said = operator.text.toLowerCase().replace(/\s+/g, ' ');
  const name = said === '<>' ? '!=' : said;
  if (!comparing.test(name)) return undefined;
  const list = right.kind === 'ExpressionList' ? membersOf(right.child('Expressions')) : [right];
  return { node, operator: name, left: bare(left), right: list };
}

/** The conjuncts (`AndExpression`) or disjuncts (`OrExpression`) of a condition that stand on one level. */
export function operandsOf(node: SyntaxNode, kind: 'AndExpression' | 'OrExpression'): readonly SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === kind)
      waiting.push(...[next.child('Left'), next.child('Right')].filter((side) => side !== undefined));
    else operands.push(next);
  }
  return operands.toReversed();
}

import type { Span } from '../../errors/index.ts';
import { membersOf, type SyntaxNode, walk } from '../../kql/index.ts';
import { isLiteral, literalChanges } from './literals.ts';
import type { Mutation, MutationKind } from './mutation.ts';
import { joinSwaps, swaps } from './operators.ts';

/** Members of one list that are left out, one at a time; those of a longer one are taken evenly. */
const MAX_MEMBERS = 12;

/** One way to change a node, and every change that it has. */
type Mutator = (node: SyntaxNode) => Iterable<Mutation>;

const endOf = ({ start, length }: Span): number => start + length;

const replaced = (kind: MutationKind, node: SyntaxNode, after: string): Mutation => ({
  kind,
  span: node.span,
  before: node.text,
  after,
  edit: { start: node.span.start, end: endOf(node.span), text: after },
});

/** `part` goes, and with it what stands between it and its neighbour. */
const leftOut = (kind: MutationKind, part: SyntaxNode, start: number, end: number): Mutation => ({
  kind,
  span: part.span,
  before: part.text,
  after: '',
  edit: { start, end, text: '' },
});

function* operators(node: SyntaxNode): Generator<Mutation> {
  const operator = node.child('Operator');
  if (node.type !== 'bool' || operator?.isToken !== true) return;
  const symbol = operator.text.toLowerCase();
  for (const other of Object.hasOwn(swaps, symbol) ? swaps[symbol]! : [])
    yield { ...replaced('operator', operator, other), edit: editOf(node, operator, other) };
}

/** `and` binds closer than `or`: a swap must not pull in what stands beside the two operands. */
function editOf(node: SyntaxNode, operator: SyntaxNode, other: string): Mutation['edit'] {
  if (other !== 'and' && other !== 'or') return { start: operator.span.start, end: endOf(operator.span), text: other };
  const [left, right] = [node.child('Left')!, node.child('Right')!];
  const text = `((${left.text}) ${other} (${right.text}))`;
  return { start: node.span.start, end: endOf(node.span), text };
}

function* parts(node: SyntaxNode): Generator<Mutation> {
  const kind = node.kind === 'AndExpression' ? 'conjunct' : node.kind === 'OrExpression' ? 'disjunct' : undefined;
  const [left, right] = [node.child('Left'), node.child('Right')];
  if (kind === undefined || left === undefined || right === undefined) return;
  // What is a chain itself drops its own members.
  if (left.kind !== node.kind) yield leftOut(kind, left, left.span.start, right.span.start);
  yield leftOut(kind, right, endOf(left.span), endOf(right.span));
}

function* filters(node: SyntaxNode): Generator<Mutation> {
  const [input, operator] = [node.child('Expression'), node.child('Operator')];
  if (node.kind !== 'PipeExpression' || operator?.kind !== 'FilterOperator' || input === undefined) return;
  yield leftOut('where', operator, endOf(input.span), endOf(operator.span));
}

function* joins(node: SyntaxNode): Generator<Mutation> {
  if (node.kind !== 'JoinOperator') return;
  const keyword = node.child('JoinKeyword');
  const kind = membersOf(node.child('Parameters')).find((parameter) => parameter.child('Name')?.text === 'kind');
  const value = kind?.child('Expression');
  const now = value?.text ?? 'innerunique';
  for (const other of Object.hasOwn(joinSwaps, now) ? joinSwaps[now]! : []) {
    if (value !== undefined) yield replaced('join', value, other);
    else if (keyword !== undefined) {
      const at = endOf(keyword.span);
      const edit = { start: at, end: at, text: ` kind=${other}` };
      yield { kind: 'join', span: keyword.span, before: 'join', after: `join kind=${other}`, edit };
    }
  }
}

const connectives: ReadonlySet<string> = new Set(['AndExpression', 'OrExpression', 'ParenthesizedExpression']);

/** Predicates whose operator has no opposite of its own. */
function* negations(node: SyntaxNode): Generator<Mutation> {
  if (node.type !== 'bool' || !isWhole(node) || connectives.has(node.kind)) return;
  if (isNot(node))
    yield replaced('negation', node, membersOf(node.child('ArgumentList')?.child('Expressions'))[0]?.text ?? 'true');
  else if (!hasOpposite(node) && !isLiteral(node)) yield replaced('negation', node, `not(${node.text})`);
}

const isNot = ({ kind, symbol }: SyntaxNode): boolean => kind === 'FunctionCallExpression' && symbol?.name === 'not';

const hasOpposite = (node: SyntaxNode): boolean => {
  const symbol = node.child('Operator')?.text.toLowerCase() ?? '';
  return (
    Object.hasOwn(swaps, symbol) &&
    swaps[symbol]!.some((other) => other === `!${symbol}` || symbol.startsWith('!') || /[=<>~]/.test(other))
  );
};

/** An expression, and not the name that it consists of. */
const isWhole = ({ isToken, role }: SyntaxNode): boolean => !isToken && role !== 'Name';

function* literals(node: SyntaxNode): Generator<Mutation> {
  if (!isLiteral(node) || isMember(node) || !bearsOnRows(node)) return;
  for (const other of literalChanges(node)) yield replaced('literal', node, other);
}

/** Lists: `in (…)`, `has_any (…)`, `dynamic([…])`. */
const lists: ReadonlySet<string> = new Set(['ExpressionList', 'JsonArrayExpression']);

/** Whether a constant is one of several in a list: then it is left out instead of changed. */
function isMember(node: SyntaxNode): boolean {
  const list = node.parent?.kind === 'SeparatedElement' ? node.parent.parent?.parent : undefined;
  return list !== undefined && isListOfValues(list) && membersOfList(list).length > 1;
}

const isListOfValues = ({ kind, role }: SyntaxNode): boolean => lists.has(kind) && role !== 'ArgumentList';

const membersOfList = (list: SyntaxNode): readonly SyntaxNode[] =>
  list.child('Expressions') !== undefined ? membersOf(list.child('Expressions')) : membersOf(list.child('Values'));

function* members(list: SyntaxNode): Generator<Mutation> {
  if (!isListOfValues(list)) return;
  const all = membersOfList(list);
  if (all.length < 2 || !all.every(isLiteral)) return;
  const every = Math.ceil(all.length / MAX_MEMBERS);
  for (let i = 0; i < all.length; i += every) {
    const [before, part, after] = [all[i - 1], all[i]!, all[i + 1]];
    if (before !== undefined) yield leftOut('member', part, endOf(before.span), endOf(part.span));
    else yield leftOut('member', part, part.span.start, after!.span.start);
  }
}

/** Operators whose constants say which rows come out. */
const limits: ReadonlySet<string> = new Set(['TopOperator', 'TakeOperator', 'MakeSeriesOperator']);

/** Whether a constant decides about rows; what only names or labels them changes no verdict. */
function bearsOnRows(node: SyntaxNode): boolean {
  for (let above = node.parent; above !== undefined; above = above.parent) {
    if (above.type === 'bool' || limits.has(above.kind) || above.kind === 'LetStatement') return true;
    if (above.kind === 'NamedParameter' || above.kind === 'PipeExpression') return false;
  }
  return false;
}

const mutators: readonly Mutator[] = [filters, parts, operators, negations, literals, members, joins];

/**
 * Every small change that is made of a query, in the order of its text.
 *
 * @example [...mutationsOf(readText('EmailEvents | where Subject has "x"', context).root)].map(({ after }) => after)
 */
export function mutationsOf(root: SyntaxNode): readonly Mutation[] {
  const all = [...walk(root)].flatMap((node) => mutators.flatMap((mutator) => [...mutator(node)]));
  return all.sort((a, b) => a.span.start - b.span.start);
}

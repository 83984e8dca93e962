import { membersOf, type Reading, type SyntaxNode } from '../../../kql/index.ts';
import { declarationOf } from '../constants.ts';
import { bare, nodesOfKind } from '../nodes.ts';

/** A query's last result as it is written: what is read, and the operators behind it in order. */
export interface Pipeline {
  readonly source: SyntaxNode;
  readonly operators: readonly SyntaxNode[];
}

/** A `let` of a `let` of a `let`: deeper than this is not followed. */
const MAX_LETS = 50;

/**
 * The pipeline of the last result of a query, through the tabular `let`s that it begins with; undefined for a text without one.
 *
 * @example pipelineOf(reading)?.operators.map(keywordOf) // ['where', 'summarize']
 */
export function pipelineOf({ root }: Reading): Pipeline | undefined {
  const result = nodesOfKind(root, 'ExpressionStatement').at(-1)?.child('Expression');
  return result === undefined ? undefined : unpiped(result);
}

/** The operators of an expression, and what they read. */
export function unpiped(expression: SyntaxNode, depth = 0): Pipeline {
  const node = bare(expression);
  if (node.kind === 'PipeExpression') {
    const { source, operators } = unpiped(node.child('Expression')!, depth);
    return { source, operators: [...operators, node.child('Operator')!] };
  }
  const declared = node.kind === 'NameReference' && depth < MAX_LETS ? declarationOf(node) : undefined;
  return declared === undefined ? { source: node, operators: [] } : unpiped(declared, depth + 1);
}

/** The columns of a query's last result; undefined where nothing is known of them. */
export const resultColumns = ({ root }: Reading): readonly string[] | undefined =>
  nodesOfKind(root, 'ExpressionStatement')
    .at(-1)
    ?.child('Expression')
    ?.columns?.map(({ name }) => name);

/** The word that an operator begins with: `where`, `project-keep`. */
export const keywordOf = (operator: SyntaxNode): string => operator.children[0]?.text.toLowerCase() ?? '';

/** The operators of a text, wherever they stand: behind a pipe or at the beginning. */
export const isOperator = ({ kind, isToken }: SyntaxNode): boolean => !isToken && kind.endsWith('Operator');

/** Each name of a table of the database in a query. */
export const tablesRead = ({ root }: Reading): readonly SyntaxNode[] =>
  nodesOfKind(root, 'NameReference').filter(({ symbol }) => symbol?.kind === 'Table');

/** What an operator lists: the expressions of `project` and `extend`, the aggregates of `summarize`. */
export const listedIn = (operator: SyntaxNode): readonly SyntaxNode[] =>
  membersOf(operator.child('Expressions') ?? operator.child('Aggregates'));

import type { Span } from '../../../errors/index.ts';
import { type Reading, type SyntaxNode, walk } from '../../../kql/index.ts';
import { commentsOf } from '../comments.ts';
import { declarationOf } from '../constants.ts';
import { argumentsOf, calledName, nodesOfKind, rootOf } from '../nodes.ts';
import { type NrtVerdict, nrtTables, nrtVerdict, PARSE_COLUMNS, unstreamedColumns } from './nrt-evidence.ts';
import { isOperator, keywordOf, pipelineOf, tablesRead } from './pipeline.ts';

/** A place of a query that a continuous rule does not take. */
export interface NrtConstruct extends NrtVerdict {
  /** `` `let` ``, `a comment`. */
  readonly what: string;
  readonly span: Span;
  /** Undefined for comments, which are no part of the tree. */
  readonly node: SyntaxNode | undefined;
}

const known = new WeakMap<Reading, readonly NrtConstruct[]>();

/** All that keeps a query from being a continuous rule, in the order of the text; found once for all lints. */
export function nrtConstructs(reading: Reading): readonly NrtConstruct[] {
  const constructs = known.get(reading) ?? findConstructs(reading);
  known.set(reading, constructs);
  return constructs;
}

function findConstructs(reading: Reading): readonly NrtConstruct[] {
  const inTree = [...walk(reading.root)].flatMap((node) => {
    const found = node.isToken ? undefined : nrtConstructAt(node);
    return found === undefined ? [] : [found];
  });
  return [...inTree, ...comments(reading), ...furtherTables(reading)].toSorted((a, b) => a.span.start - b.span.start);
}

const refused = (node: SyntaxNode, what: string, reason: string, span = node.span): NrtConstruct => ({
  outcome: 'refused',
  what,
  reason,
  span,
  node,
});

/** What is wrong with one node, for itself. */
export function nrtConstructAt(node: SyntaxNode): NrtConstruct | undefined {
  if (isOperator(node)) return operatorAt(node);
  return (readers[node.kind] ?? comparisonAt)(node);
}

const readers: Readonly<Record<string, (node: SyntaxNode) => NrtConstruct | undefined>> = {
  LetStatement: (node) =>
    refused(
      node,
      '`let`',
      'the Graph API answers 400 to a continuous rule with one, although the documented subset lists it',
      node.child('LetKeyword')?.span,
    ),
  SetOptionStatement: (node) => refused(node, '`set`', 'a continuous rule takes a single expression'),
  QueryParametersStatement: (node) =>
    refused(node, '`declare query_parameters`', 'a continuous rule takes a single expression'),
  ExternalDataExpression: (node) =>
    refused(node, '`externaldata`', 'a continuous rule reads one table and nothing else', node.children[0]?.span),
  DynamicExpression: (node) =>
    refused(node, '`dynamic(…)`', 'the documented subset has `parse_json` in its place', node.children[0]?.span),
  NameReference: nameAt,
  FunctionCallExpression: callAt,
};

function operatorAt(operator: SyntaxNode): NrtConstruct | undefined {
  const name = keywordOf(operator);
  const span = operator.children[0]?.span ?? operator.span;
  const verdict = nrtVerdict('operators', name);
  if (verdict !== undefined) return { ...verdict, ...forRows(name), what: `\`${name}\``, span, node: operator };
  const columns = operator.kind === 'ParseOperator' ? parsedColumns(operator) : 0;
  if (columns <= PARSE_COLUMNS) return undefined;
  return refused(operator, `\`parse\` into ${columns} columns`, `more than ${PARSE_COLUMNS} are not taken`, span);
}

const tabular = new Set(['join', 'union', 'lookup', 'search', 'find']);
const perRow = new Set([
  ...['project-keep', 'project-reorder', 'project-by-names', 'parse-where', 'parse-kv', 'sort', 'order', 'take'],
  ...['limit', 'evaluate', 'invoke', 'render', 'getschema'],
]);

/** Why an operator is not taken, where more can be said than that it is not in the subset. */
function forRows(name: string): { readonly reason?: string } {
  if (tabular.has(name)) return { reason: 'a continuous rule reads one table' };
  if (perRow.has(name)) return {};
  return { reason: 'a continuous rule looks at one event at a time, so nothing can be counted, compared or expanded' };
}

const parsedColumns = (operator: SyntaxNode): number =>
  [...walk(operator.child('Patterns') ?? operator)].filter(({ kind }) => /^Name(?:AndType)?Declaration$/.test(kind))
    .length;

function comparisonAt(node: SyntaxNode): NrtConstruct | undefined {
  const operator = node.child('Operator');
  if (operator === undefined || !node.kind.endsWith('Expression') || node.kind === 'PipeExpression') return undefined;
  const name = operator.text.toLowerCase().replace(/\s+/g, ' ');
  if (!/^(?:!?[a-z]|[=!]~)/.test(name) || name === 'and' || name === 'or') return undefined;
  const verdict = nrtVerdict('texts', name);
  return verdict === undefined ? undefined : { ...verdict, what: `\`${name}\``, span: operator.span, node };
}

function callAt(call: SyntaxNode): NrtConstruct | undefined {
  const name = calledName(call) ?? '';
  const span = call.child('Name')?.span ?? call.span;
  if (isAggregated(call)) return undefined;
  const verdict = nrtVerdict('functions', name);
  if (verdict !== undefined && declarationOf(call.child('Name') ?? call) !== undefined)
    return refused(call, `\`${call.child('Name')?.text}()\``, 'it is declared by a `let`', span);
  if (verdict !== undefined) return { ...verdict, what: `\`${name}()\``, span, node: call };
  const [argument] = argumentsOf(call);
  if (name !== 'tostring' || argument === undefined || !isOfDynamicColumn(argument)) return undefined;
  const reason = 'the Graph API answers 400 to `tostring()` of a dynamic column in a continuous rule';
  return refused(call, '`tostring()` of a dynamic column', reason, span);
}

/** What is called inside of these needs no finding of its own: the operator around it has one. */
const around = new Set([
  'SummarizeOperator',
  'MakeSeriesOperator',
  'EvaluateOperator',
  'TopNestedOperator',
  'ScanOperator',
]);

function isAggregated(node: SyntaxNode): boolean {
  for (let up: SyntaxNode | undefined = node; up !== undefined; up = up.parent) if (around.has(up.kind)) return true;
  return false;
}

/** `RawEventData.Operation`: a dynamic column of a table, or a path into one; not what `parse_json` made of a text. */
function isOfDynamicColumn(node: SyntaxNode): boolean {
  let base: SyntaxNode | undefined = node;
  while (base?.kind === 'PathExpression' || base?.kind === 'ElementExpression') base = base.child('Expression');
  if (base?.kind !== 'NameReference' || base.type !== 'dynamic' || base.symbol?.kind !== 'Column') return false;
  const { name } = base.symbol;
  return !nodesOfKind(rootOf(base), 'NameDeclaration').some(
    (declared) => (declared.symbol?.name ?? declared.text) === name,
  );
}

function nameAt(node: SyntaxNode): NrtConstruct | undefined {
  const { symbol, text } = node;
  if (symbol?.kind === 'Table' && !nrtTables.has(symbol.name))
    return refused(node, `the table \`${symbol.name}\``, 'it is not among the tables that continuous rules can read');
  if (symbol?.kind !== 'Column') return undefined;
  const table = Object.entries(unstreamedColumns).find(([, columns]) => columns.has(symbol.name))?.[0];
  if (table === undefined) return undefined;
  return refused(node, `\`${text}\``, `this column of ${table} is not there yet when the event arrives`);
}

/** Every table but the first that the query reads: also the same one a second time. */
function furtherTables(reading: Reading): readonly NrtConstruct[] {
  const [first, ...further] = tablesRead(reading);
  return further.map((node) => {
    const what = node.text === first?.text ? `\`${node.text}\` a second time` : `a second table, \`${node.text}\``;
    return refused(node, what, 'a continuous rule reads one table, once');
  });
}

/** The first comment; one is enough to be refused. */
const comments = ({ text }: Reading): readonly NrtConstruct[] =>
  commentsOf(text)
    .slice(0, 1)
    .map(({ span }) => ({
      outcome: 'refused',
      what: 'a comment',
      reason: 'the text of a continuous rule may hold none',
      span,
      node: undefined,
    }));

/** Whether a query reads a table at all; `print` and `range` make their own rows. */
export const readsATable = (reading: Reading): boolean =>
  pipelineOf(reading) !== undefined && tablesRead(reading).length > 0;

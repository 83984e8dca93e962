import { membersOf, type SyntaxNode } from '../../../kql/index.ts';
import { argumentsOf, bare, calledName, comparisonOf, operandsOf } from '../nodes.ts';
import { joined } from './joins.ts';
import { mailRows } from './mail-rows.ts';
import {
  type JoinedColumn,
  noFacts,
  nothing,
  originIn,
  originsOf,
  type Rows,
  type Source,
  unknownRows,
} from './rows.ts';
import type { Trace } from './trace.ts';

/** The rows that an operator makes of its input's. */
export function after(trace: Trace, operator: SyntaxNode, input: Rows | undefined): Rows {
  if (operator.kind === 'UnionOperator') return united(trace, operator, input);
  if (input === undefined) return unknownRows(operator);
  if (operator.kind === 'JoinOperator' || operator.kind === 'LookupOperator') return joined(trace, operator, input);
  return (operators[operator.kind] ?? changed)(operator, input);
}

type Step = (operator: SyntaxNode, input: Rows) => Rows;

const same: Step = (_, input) => input;

const operators: Readonly<Record<string, Step>> = {
  FilterOperator: filtered,
  ProjectOperator: (operator, input) => chosen(operator, input, definedBy(operator, input)),
  ProjectRenameOperator: (operator, input) =>
    chosen(operator, input, new Map([...input.columns, ...definedBy(operator, input)])),
  ExtendOperator: (operator, input) =>
    chosen(operator, input, new Map([...input.columns, ...definedBy(operator, input)])),
  ProjectAwayOperator: (operator, input) => chosen(operator, input, input.columns),
  ProjectKeepOperator: (operator, input) => chosen(operator, input, input.columns),
  ProjectReorderOperator: (operator, input) => chosen(operator, input, input.columns),
  DistinctOperator: (operator, input) => {
    const rows = chosen(operator, input, input.columns);
    return { ...rows, grains: keptGrains(input, [...rows.columns.values()]), unique: [[...rows.columns.keys()]] };
  },
  SummarizeOperator: summarized,
  SortOperator: same,
  TakeOperator: same,
  TopOperator: same,
  SerializeOperator: same,
  AsOperator: same,
  RenderOperator: same,
};

/**
 * An operator that is not known here: columns of the same name and type live on, unless it names them anew. Whether it
 * makes rows of one another is not known; but a column that lives on holds nothing that it did not hold before.
 */
function changed(operator: SyntaxNode, input: Rows): Rows {
  const renewed = new Set(declaredNames(operator));
  const columns = new Map(
    (operator.columns ?? []).map(({ name }): [string, Source] => [
      name,
      renewed.has(name) ? nothing : (input.columns.get(name) ?? nothing),
    ]),
  );
  const livesOn = (name: string): boolean => columns.get(name) !== undefined && columns.get(name) !== nothing;
  return { ...noFacts, columns, filled: new Set([...input.filled].filter(livesOn)) };
}

function* declaredNames(node: SyntaxNode): Generator<string> {
  if (node.kind === 'NameDeclaration' && node.symbol?.kind === 'Column') yield node.symbol.name;
  if (node.kind === 'MvExpandExpression') yield bare(node.child('Expression') ?? node).text;
  for (const child of node.children) if (!child.isToken) yield* declaredNames(child);
}

/** The columns that an operator's result has, each from what is known of it; facts of columns that live on are kept. */
function chosen(operator: SyntaxNode, input: Rows, known: ReadonlyMap<string, Source>): Rows {
  const columns = new Map((operator.columns ?? []).map(({ name }) => [name, known.get(name) ?? nothing]));
  const renamed = new Map(
    [...input.columns].map(([name, source]) => [
      name,
      [...columns].find(([other, kept]) => kept === source && (other === name || !columns.has(name)))?.[0],
    ]),
  );
  const keep = (names: ReadonlySet<string>): Set<string> =>
    new Set([...names].map((name) => renamed.get(name)).filter((name) => name !== undefined));
  const unique = input.unique.map((key) => key.map((name) => renamed.get(name)));
  return {
    columns,
    grains: input.grains,
    unique: unique.filter((key): key is string[] => key.every((name) => name !== undefined)),
    filled: keep(input.filled),
    pinned: keep(input.pinned),
  };
}

/** The columns that the expressions of `project`, `extend` or `summarize` name. */
function definedBy(operator: SyntaxNode, input: Rows, role = 'Expressions'): Map<string, Source> {
  const defined = new Map<string, Source>();
  for (const member of membersOf(operator.child(role))) {
    const expression = member.kind === 'SimpleNamedExpression' ? member.child('Expression') : member;
    const name = nameOf(member, expression);
    if (name !== undefined && expression !== undefined) defined.set(name, sourceOf(expression, input, defined));
  }
  return defined;
}

function nameOf(member: SyntaxNode, expression: SyntaxNode | undefined): string | undefined {
  if (member.kind === 'SimpleNamedExpression') return member.child('Name')?.symbol?.name;
  if (member.kind === 'NameReference') return member.symbol?.name;
  const called = expression === undefined ? undefined : calledName(expression);
  const [first] = expression === undefined ? [] : argumentsOf(expression);
  if (called === undefined) return undefined;
  if (first?.kind === 'NameReference' && aggregatePrefix.test(called)) return `${called}_${first.text}`;
  return called === 'count' ? 'count_' : first?.kind === 'NameReference' ? first.text : undefined;
}

const aggregatePrefix = /^(?:make_|dcount|count|sum|avg|min|max|take_any|percentile)/;

function sourceOf(expression: SyntaxNode, input: Rows, before: ReadonlyMap<string, Source>): Source {
  const value = bare(expression);
  const known = (name: string): Source | undefined => input.columns.get(name) ?? before.get(name);
  if (value.kind === 'NameReference') return known(value.symbol?.name ?? value.text) ?? nothing;
  const origin = originIn(input, value);
  const sources = [...new Set(columnNamesIn(value))].flatMap((name) => known(name) ?? []);
  const marks = new Set<JoinedColumn>(sources.flatMap((source) => [...source.marks]));
  if (origin !== undefined) return { origin, marks };
  const called = callsIn(value).flatMap((call) => calledName(call) ?? []);
  const reads = sources.flatMap(originsOf).map((read) => ({ ...read, through: [...called, ...read.through] }));
  return { reads, marks };
}

/** The calls of functions in an expression, from outside. */
export function callsIn(node: SyntaxNode): readonly SyntaxNode[] {
  const own = node.kind === 'FunctionCallExpression' ? [node] : [];
  return [...own, ...node.children.flatMap((child) => (child.isToken ? [] : callsIn(child)))];
}

/** The columns that an expression reads, by name. */
export function columnNamesIn(node: SyntaxNode): readonly string[] {
  if (node.kind === 'NameReference') return node.symbol?.kind === 'Column' ? [node.symbol.name] : [];
  return node.children.flatMap((child) => (child.isToken ? [] : columnNamesIn(child)));
}

function summarized(operator: SyntaxNode, input: Rows): Rows {
  const by = operator.child('ByClause');
  const groups = by === undefined ? new Map<string, Source>() : definedBy(by, input);
  const starred = membersOf(operator.child('Aggregates')).some((member) => /\barg_(?:max|min)\s*\(/i.test(member.text));
  const known = new Map([...(starred ? input.columns : []), ...definedBy(operator, input, 'Aggregates'), ...groups]);
  const rows = chosen(operator, input, known);
  return { ...rows, grains: keptGrains(input, [...groups.values()], by), unique: [[...groups.keys()]] };
}

/** What the rows still stand for once each group is one: those tables of which the key names single rows. */
function keptGrains(input: Rows, groups: readonly Source[], by?: SyntaxNode): readonly string[] {
  const named = by === undefined ? [] : columnNamesIn(by).map((name) => input.columns.get(name));
  const origins = [...groups, ...named].flatMap((source) => (source === undefined ? [] : originsOf(source)));
  return input.grains.filter((table) =>
    origins.some((origin) => origin.table === table && mailRows[table]?.differ.includes(origin.column)),
  );
}

function filtered(operator: SyntaxNode, input: Rows): Rows {
  const condition = operator.child('Condition');
  const conjuncts = condition === undefined ? [] : operandsOf(bare(condition), 'AndExpression').map(bare);
  const facts = conjuncts.map(factOf);
  const names = (wanted: Fact['says']) =>
    facts.flatMap((fact) => (fact !== undefined && (fact.says === wanted || wanted === 'filled') ? [fact.column] : []));
  return {
    ...input,
    filled: new Set([...input.filled, ...names('filled')]),
    pinned: new Set([...input.pinned, ...names('pinned')]),
  };
}

interface Fact {
  readonly column: string;
  readonly says: 'filled' | 'pinned';
}

const filling = /^(?:==|=~|in~?|has\w*|contains(?:_cs)?|startswith(?:_cs)?|endswith(?:_cs)?|matches regex)$/;

/** Comparisons that are null, and so leave the row out, where what they measure is. */
const measuring = /^(?:(?:LessThan|GreaterThan)(?:OrEqual)?|Between)Expression$/;

function factOf(node: SyntaxNode): Fact | undefined {
  const name = calledName(node);
  const [argument] = argumentsOf(node);
  if ((name === 'isnotempty' || name === 'isnotnull') && argument?.kind === 'NameReference')
    return { column: argument.text, says: 'filled' };
  const address = addressAsked(node);
  if (address !== undefined) return { column: address, says: 'filled' };
  const measured = node.child('Left');
  if (measuring.test(node.kind) && measured?.kind === 'NameReference') return { column: measured.text, says: 'filled' };
  const comparison = comparisonOf(node);
  const column = comparison === undefined ? undefined : columnNamesIn(comparison.left)[0];
  if (comparison === undefined || column === undefined) return undefined;
  const [right] = comparison.right;
  if (comparison.operator === '!=' && right?.literal === '') return { column, says: 'filled' };
  if (!filling.test(comparison.operator) || right?.literal === '') return undefined;
  const pins = /^(?:==|=~)$/.test(comparison.operator) && comparison.left.kind === 'NameReference';
  return { column, says: pins && right !== undefined && columnNamesIn(right).length === 0 ? 'pinned' : 'filled' };
}

/** Functions of addresses, which are null for a text that is none; so is their opposite. */
const ofAddresses = /^ipv[46]_is_(?:private|in_range|in_any_range|match)$/;

/** The column that a filter leaves no empty text of because it asks for a kind of address, or for another kind. */
function addressAsked(node: SyntaxNode): string | undefined {
  const [first] = argumentsOf(node);
  if (calledName(node) === 'not') return first === undefined ? undefined : addressAsked(bare(first));
  const isAsked = first?.kind === 'NameReference' && ofAddresses.test(calledName(node) ?? '');
  return isAsked ? first.text : undefined;
}

function united(trace: Trace, operator: SyntaxNode, input: Rows | undefined): Rows {
  const others = membersOf(operator.child('Expressions')).map((member) => trace.rowsOf(member));
  const all = input === undefined ? others : [input, ...others];
  const columns = (operator.columns ?? []).map(({ name }): [string, Source] => {
    const sources = all.flatMap((rows) => rows.columns.get(name) ?? []);
    const [first] = sources;
    const marks = new Set(sources.flatMap((source) => [...source.marks]));
    const isOne = sources.every(({ origin }) => origin?.column === first?.origin?.column);
    return [name, isOne && first?.origin !== undefined ? { origin: first.origin, marks } : { marks }];
  });
  const [one] = all;
  const agreed = one !== undefined && all.every(({ grains }) => grains.join() === one.grains.join());
  return { ...noFacts, columns: new Map(columns), grains: agreed ? one.grains : [] };
}

import { membersOf, type SyntaxNode } from '../../../kql/index.ts';
import { argumentsOf, bare, calledName } from '../nodes.ts';
import { listedIn, type Pipeline, unpiped } from './pipeline.ts';

/**
 * Where a column of a query's result comes from: the table, where it has `name`, unchanged as far as can be seen; a row
 * that `arg_max` chose; or it was computed on the way, at `node`.
 */
export type ColumnOrigin =
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'chosen'; readonly call: SyntaxNode }
  | { readonly kind: 'computed'; readonly node: SyntaxNode };

type Step = { readonly name: string } | ColumnOrigin | undefined;

/** Functions of a group that give one of its rows. */
const choosesRow = /^(?:arg_max|arg_min|take_any|any)$/;

/**
 * Follows a column back from the end of a pipeline.
 *
 * @example columnOrigin(pipeline, 'Timestamp') // { kind: 'computed', node } for `summarize Timestamp = max(Timestamp)`
 */
export function columnOrigin({ operators }: Pipeline, column: string): ColumnOrigin {
  let name = column;
  for (const operator of operators.toReversed()) {
    const step = (steps[operator.kind] ?? keep)(operator, name);
    if (step === undefined) continue;
    if ('kind' in step) return step;
    name = step.name;
  }
  return { kind: 'table', name };
}

const keep = (): Step => undefined;

const steps: Readonly<Record<string, (operator: SyntaxNode, name: string) => Step>> = {
  ExtendOperator: named,
  ProjectOperator: named,
  ProjectRenameOperator: named,
  SummarizeOperator: grouped,
  DistinctOperator: named,
  JoinOperator: joined,
  LookupOperator: joined,
  MakeSeriesOperator: (operator) => ({ kind: 'computed', node: operator }),
  MvExpandOperator: named,
};

/** A column that the left side does not have is that of the right. */
function joined(operator: SyntaxNode, name: string): Step {
  const [left, right] = [operator.parent?.child('Expression'), operator.child('Expression')];
  if (right === undefined || left?.columns?.some((column) => column.name === name) !== false) return undefined;
  return right.columns?.some((column) => column.name === name) === true
    ? columnOrigin(unpiped(right), name)
    : { kind: 'table', name };
}

/** `Name = expression`: another column's name, or something computed. */
function named(operator: SyntaxNode, name: string): Step {
  const assigned = listedIn(operator).find((member) => namesOf(member).includes(name));
  return assigned === undefined ? undefined : origin(assigned);
}

function origin(assigned: SyntaxNode): Step {
  const value = bare(assigned.child('Expression') ?? assigned);
  return value.kind === 'NameReference' && value.symbol?.kind !== 'Variable'
    ? { name: value.symbol?.name ?? value.text }
    : { kind: 'computed', node: assigned };
}

const namesOf = (member: SyntaxNode): readonly string[] => {
  if (member.kind === 'CompoundNamedExpression')
    return membersOf(member.child('Names')?.child('Names')).map((declared) => nameIn(declared));
  const declared = member.child('Name');
  return member.kind === 'SimpleNamedExpression' && declared !== undefined ? [nameIn(declared)] : [];
};

const nameIn = (declared: SyntaxNode): string => declared.symbol?.name ?? declared.text;

function grouped(operator: SyntaxNode, name: string): Step {
  const keys = membersOf(operator.child('ByClause')?.child('Expressions'));
  const key = keys.find((member) => namesOf(member).includes(name) || givesName(member, name));
  if (key !== undefined) return origin(key);
  const aggregates = listedIn(operator);
  const direct = aggregates.find((member) => namesOf(member).includes(name));
  const call = bare(direct?.child('Expression') ?? direct ?? operator);
  if (direct !== undefined && choosesRow.test(calledName(call) ?? '')) return { kind: 'chosen', call };
  if (direct !== undefined) return { kind: 'computed', node: direct };
  const chooser = aggregates
    .map((member) => bare(member.child('Expression') ?? member))
    .find((value) => choosesRow.test(calledName(value) ?? '') && gives(value, name));
  return chooser === undefined ? { kind: 'computed', node: operator } : { kind: 'chosen', call: chooser };
}

/** `arg_max(Timestamp, ReportId)` gives both, `arg_max(Timestamp, *)` all. */
const gives = (chooser: SyntaxNode, name: string): boolean =>
  argumentsOf(chooser).some((argument) => argument.text === '*' || (argument.symbol?.name ?? argument.text) === name);

/** `by Timestamp`, and `by bin(Timestamp, 1h)`, which keeps the name of what it changes. */
function givesName(member: SyntaxNode, name: string): boolean {
  const value = bare(member);
  if (value.kind === 'NameReference') return (value.symbol?.name ?? value.text) === name;
  const [first] = argumentsOf(value);
  return first !== undefined && /^(?:bin|floor|bin_at)$/.test(calledName(value) ?? '') && givesName(first, name);
}

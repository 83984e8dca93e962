import type { KqlType } from '../../../values/index.ts';
import { type ScanOptions, type ScanStep, stateColumn } from '../../compute/index.ts';
import { columnsOf, hideLastColumn, invalid, listOf, type Syntax, typeOf, unsupported } from '../../parse/index.ts';
import {
  column,
  countColumns,
  isSerialized,
  type LiteralScalar,
  literal,
  type Plan,
  replaceColumns,
  type Scalar,
  type Schema,
} from '../../plan/index.ts';
import { convert } from '../apply.ts';
import { declaredType } from '../declared-type.ts';
import type { Environment } from '../environment.ts';
import { literalFromText } from '../literal.ts';

/** `scan`: https://learn.microsoft.com/kusto/query/scan-operator. Steps read the row at hand and each other's state. */
export function lowerScan(node: Syntax, input: Plan, env: Environment): Plan {
  if (!isSerialized(input))
    return invalid(node, 'scan', 'the row set must be serialized: put serialize or sort before this operator');
  const odd = input.schema.find(({ name }) => name.startsWith('~'));
  if (odd !== undefined) return unsupported(node, `scan beside the column ${odd.name}`);
  for (const clause of [node.OrderByClause, node.PartitionByClause])
    if (clause) return unsupported(clause, 'this clause of scan');
  const declarations = listOf(node.DeclareClause?.Declarations).map((item) => declaration(item, env));
  const matchId = matchIdOf(node);
  if (!matchId) hideLastColumn(node);
  const schema = columnsOf(node);
  const width = input.schema.length + declarations.length + (matchId ? 1 : 0);
  if (schema.length !== width) return unsupported(node, 'scan that declares a column of its input');
  const nodes = listOf(node.Steps);
  const names = nodes.map((step) => String(step.Name.SimpleName));
  if (new Set(names).size < names.length) return invalid(node, 'scan', 'two steps have the same name');
  const declared = schema.slice(input.schema.length, input.schema.length + declarations.length);
  const fresh = nodes.length === 1 ? new Map(declared.map(({ name }, i) => [name, declarations[i]!])) : new Map();
  const steps = nodes.map((step, i) =>
    lowerStep(step, declared, { ...env, states: stateOf(names.slice(0, i + 1), names) }, fresh),
  );
  const options: ScanOptions = { steps, defaults: declarations, matchId };
  return { kind: 'compute', operation: 'scan', options, inputs: [input], schema };
}

/** The default of a declared column. */
function declaration(node: Syntax, env: Environment): LiteralScalar {
  const type: KqlType = declaredType(node);
  const value = node.DefaultValue?.Value;
  if (!value) return literal(type, type === 'string' ? '' : null);
  const scalar = value.ResultType ? convert(value, env.scalar(value, env), type) : unbound(value, type);
  return scalar?.kind === 'literal'
    ? scalar
    : invalid(value, 'the default value', `it must be a constant of type ${type}`);
}

/** The binder leaves some defaults without a type: they are read as literals of the column's. */
const unbound = (node: Syntax, type: KqlType): Scalar | undefined =>
  typeof node.LiteralValue === 'string' && type === 'string'
    ? literal('string', node.LiteralValue)
    : literalFromText(type, String(node).trim());

function matchIdOf(node: Syntax): boolean {
  for (const parameter of listOf(node.Parameters)) {
    const name = String(parameter.Name.SimpleName);
    if (name !== 'with_match_id') unsupported(parameter, `the parameter ${name} of scan`);
  }
  return listOf(node.Parameters).length > 0;
}

/** `s1.x`: a column of this step's state or of a step before. */
const stateOf =
  (known: readonly string[], all: readonly string[]): NonNullable<Environment['states']> =>
  (node, step, name) => {
    if (!all.includes(step)) return undefined;
    const index = known.indexOf(step);
    if (index < 0) return invalid(node, `${step}.${name}`, 'a step reads itself and the steps before it only');
    return column(stateColumn(index, name), typeOf(node));
  };

/** `fresh`: what a declared column holds in an assignment that names it without a step, as long as none has set it. */
function lowerStep(node: Syntax, declared: Schema, env: Environment, fresh: ReadonlyMap<string, Scalar>): ScanStep {
  if (node.OptionalKeyword) unsupported(node, 'an optional step');
  const condition = convert(node.Condition, env.scalar(node.Condition, env), 'bool');
  const unset = new Map(fresh);
  const assignments = listOf(node.ComputationClause?.Assignments).map((item) => {
    const name = String(item.Name.SimpleName);
    const target = declared.find((candidate) => candidate.name === name);
    if (target === undefined) return invalid(item, 'the assignment', `${name} is not declared`);
    const value = replaceColumns(convert(item.Expression, env.scalar(item.Expression, env), target.type), unset);
    unset.delete(name);
    return { column: name, value: checked(item.Expression, value, declared) };
  });
  const output = String(node.ScanStepOutput?.OutputKind?.Text ?? 'all').trim();
  return { condition: checked(node.Condition, condition, declared), assignments, output };
}

/** Refuses what a step cannot compute row by row. */
function checked(node: Syntax, scalar: Scalar, declared: Schema): Scalar {
  const uses = new Map<string, number>();
  countColumns(scalar, uses);
  if (holdsTable(scalar)) return unsupported(node, 'a table inside a step of scan');
  const bare = declared.find(({ name }) => uses.has(name));
  if (bare !== undefined) return unsupported(node, `the declared column ${bare.name} without a step before it`);
  return scalar;
}

const holdsTable = (scalar: Scalar): boolean =>
  scalar.kind === 'subquery' ||
  scalar.kind === 'membership' ||
  (scalar.kind === 'call' && scalar.args.some(holdsTable));

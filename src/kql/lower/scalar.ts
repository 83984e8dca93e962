import type { KqlType } from '../../values/index.ts';
import { kindOf, listOf, type Syntax, spanOf, symbolKind, typeOf, unsupported } from '../parse/index.ts';
import { column, literal, type Plan, type Scalar } from '../plan/index.ts';
import { warning } from '../run/warnings.ts';
import { lowerAggregateCall } from './aggregate-call.ts';
import { isTerm, lowerAnyColumn, lowerColumnTerm, lowerTerm, sensitive } from './any-column.ts';
import { apply } from './apply.ts';
import { lowerBinAuto } from './bin-auto.ts';
import { clockFunctions } from './clock.ts';
import type { Environment } from './environment.ts';
import { withoutIngestionTime } from './ingestion-time.ts';
import { inlineScalar } from './inline.ts';
import { lowerLiteral } from './literal.ts';
import { lowerMembership } from './membership.ts';
import { lowerTuple } from './operators/tuple.ts';
import { schemaCalls } from './schema-calls.ts';
import { sessionCalls } from './session-calls.ts';
import { functionNamed } from './stored.ts';
import { lowerWindowCall, windowNames } from './window-call.ts';

type LowerScalar = (node: Syntax, env: Environment) => Scalar;

/** How each kind of scalar syntax is lowered; binary operators and literals are found by their names below. */
const rows: Readonly<Record<string, LowerScalar>> = {
  NameReference: lowerName,
  ParenthesizedExpression: (node, env) => lowerScalar(node.Expression, env),
  // An argument of a built-in function counts by its place, whatever name is written before it.
  SimpleNamedExpression: (node, env) => lowerScalar(node.Expression, env),
  FunctionCallExpression: lowerCall,
  PathExpression: lowerPath,
  ElementExpression: (node, env) =>
    member(node, lowerIndexed(node.Expression, env), lowerScalar(node.Selector.Expression, env)),
  UnaryMinusExpression: (node, env) => apply(node, 'negate', typeOf(node), [lowerScalar(node.Expression, env)]),
  UnaryPlusExpression: (node, env) => lowerScalar(node.Expression, env),
  InExpression: lowerMembership,
  InCsExpression: lowerMembership,
  NotInExpression: lowerMembership,
  NotInCsExpression: lowerMembership,
  HasAnyExpression: lowerMembership,
  HasAllExpression: lowerMembership,
  BetweenExpression: lowerBetween,
  NotBetweenExpression: lowerBetween,
  DynamicExpression: lowerLiteral,
  TypeOfLiteralExpression: (node) => literal('string', String(listOf(node.Types)[0]).trim()),
  StringLiteralExpression: (node, env) => (isTerm(node) ? lowerTerm(node, env) : lowerLiteral(node)),
  SearchExpression: lowerColumnTerm,
  ToScalarExpression: (node, env) =>
    node.Expression.ResultType?.Columns === undefined
      ? lowerScalar(node.Expression, env)
      : firstCell(env.table(node.Expression, env), typeOf(node), env),
};

/** The first cell of a table; its value where that had to be learned. */
function firstCell(plan: Plan, type: KqlType, { learned }: Environment): Scalar {
  const value = type === 'string' ? learned.valueOf(plan) : undefined;
  return value === undefined ? { kind: 'subquery', plan, type } : literal(type, value);
}

/** Lowers a scalar expression; refuses what the function table has no row for. */
export function lowerScalar(node: Syntax, env: Environment): Scalar {
  const kind = kindOf(node);
  const row = rows[kind];
  if (row !== undefined) return row(node, env);
  if (kind.endsWith('LiteralExpression')) return lowerLiteral(node);
  if (node.Left !== undefined && node.Right !== undefined && node.Operator !== undefined) return lowerBinary(node, env);
  return unsupported(node, `the expression ${kind.replace(/Expression$/, '')}`);
}

function lowerName(node: Syntax, env: Environment): Scalar {
  const name = String(node.SimpleName);
  const binding = env.scope.find(name);
  if (symbolKind(node) === 'Column') return column(name, typeOf(node));
  if (binding?.kind === 'scalar') return binding.value;
  if (binding?.kind === 'function') return inlineScalar(node, binding, [], env);
  return unsupported(node, `the name ${name} as a value`);
}

function lowerCall(node: Syntax, env: Environment): Scalar {
  const name = String(node.Name.SimpleName);
  const binding = functionNamed(name, env);
  const args = listOf(node.ArgumentList.Expressions);
  if (binding?.kind === 'function') return inlineScalar(node, binding, args, env);
  const symbol = node.ReferencedSymbol;
  if (symbol !== null && env.globals.IsAggregateFunction(symbol)) return lowerAggregateCall(node, env);
  if (windowNames.has(name)) return lowerWindowCall(node, env);
  const special = schemaCalls.get(name) ?? sessionCalls.get(name);
  if (special !== undefined) return special(node, env);
  const clock = clockFunctions[name];
  if (clock !== undefined)
    return clock(
      node,
      args.map((arg) => lowerScalar(arg, env)),
      env,
    );
  if (name === 'pack_all') return lowerPackAll(node, args, env);
  if (name === 'bin_auto') return lowerBinAuto(node, lowerScalar(args[0]!, env), env);
  const unanswered = env.context.surroundings?.unanswered?.[name];
  if (unanswered !== undefined) env.notes.warnings.push(warning('WARN0003', unanswered, spanOf(node)));
  return apply(
    node,
    name,
    typeOf(node),
    args.map((arg) => lowerScalar(arg, env)),
  );
}

/** `pack_all`: the row at hand, its columns as arguments. */
function lowerPackAll(node: Syntax, args: readonly Syntax[], env: Environment): Scalar {
  if (env.row === undefined || env.aggregates !== undefined)
    return unsupported(node, 'pack_all where no row is at hand');
  const skip = args[0] === undefined ? literal('bool', false) : lowerScalar(args[0], env);
  const pairs = withoutIngestionTime(env.row).flatMap(({ name, type }) => [
    literal('string', name),
    column(name, type),
  ]);
  return apply(node, 'pack_all', 'dynamic', [skip, ...pairs]);
}

/** `bag.key`, and inside `scan` a column of a step's state. */
function lowerPath(node: Syntax, env: Environment): Scalar {
  const isName = kindOf(node.Expression) === 'NameReference' && kindOf(node.Selector) === 'NameReference';
  const state = isName
    ? env.states?.(node, String(node.Expression.SimpleName), String(node.Selector.SimpleName))
    : undefined;
  return state ?? member(node, lowerScalar(node.Expression, env), lowerSelector(node.Selector, env));
}

const member = (node: Syntax, value: Scalar, key: Scalar): Scalar => apply(node, '[]', 'dynamic', [value, key]);

/** What is indexed may be a tuple: `array_sort_asc(a, b)[1]`. */
const lowerIndexed: LowerScalar = (node, env) =>
  node.ResultType?.Columns === undefined ? lowerScalar(node, env) : lowerTuple(node, env);

/** After a dot stands a name, or, in brackets, an expression: `bag.key`, `bag.['a key']`, `bag.[key]`. */
const lowerSelector = (node: Syntax, env: Environment): Scalar =>
  kindOf(node) === 'BracketedExpression'
    ? lowerScalar(node.Expression, env)
    : literal('string', String(node.SimpleName));

/** Operators with a second, older spelling. */
const spellings: Readonly<Record<string, string>> = {
  '<>': '!=',
  containscs: 'contains_cs',
  notcontains: '!contains',
  notcontainscs: '!contains_cs',
};

const lowerBinary: LowerScalar = (node, env) => {
  const spelled = String(node.Operator.Text).replace(/\s+/g, ' ').toLowerCase();
  const name = sensitive(spellings[spelled] ?? spelled, env);
  if (kindOf(node.Left) === 'StarExpression') return lowerAnyColumn(node, name, [lowerScalar(node.Right, env)], env);
  return apply(node, name, typeOf(node), chain(node, name, env));
};

/** `a and b and c` is one call of three arguments: chains are long in hunts, and depth is what parsers run out of. */
function chain(node: Syntax, name: string, env: Environment): Scalar[] {
  if (name !== 'and' && name !== 'or') return [lowerScalar(node.Left, env), lowerScalar(node.Right, env)];
  const parts: Syntax[] = [];
  let left = node;
  while (kindOf(left) === kindOf(node)) {
    parts.unshift(left.Right);
    left = left.Left;
  }
  return [left, ...parts].map((part) => lowerScalar(part, env));
}

function lowerBetween(node: Syntax, env: Environment): Scalar {
  const name = kindOf(node) === 'BetweenExpression' ? 'between' : '!between';
  const bounds = [node.Right.First, node.Right.Second].map((bound) => lowerScalar(bound, env));
  return apply(node, name, 'bool', [lowerScalar(node.Left, env), ...bounds]);
}

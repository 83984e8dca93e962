import { invalid, kindOf, listOf, type Syntax, symbolKind, typeOf, unsupported } from '../parse/index.ts';
import { column, literal, type Scalar } from '../plan/index.ts';
import { lowerAggregateCall } from './aggregate-call.ts';
import { apply } from './apply.ts';
import { clockFunctions } from './clock.ts';
import type { Environment } from './environment.ts';
import { inlineScalar } from './inline.ts';
import { lowerLiteral } from './literal.ts';

type LowerScalar = (node: Syntax, env: Environment) => Scalar;

/** How each kind of scalar syntax is lowered; binary operators and literals are found by their names below. */
const rows: Readonly<Record<string, LowerScalar>> = {
  NameReference: lowerName,
  ParenthesizedExpression: (node, env) => lowerScalar(node.Expression, env),
  FunctionCallExpression: lowerCall,
  PathExpression: (node, env) => member(node, lowerScalar(node.Expression, env), lowerSelector(node.Selector, env)),
  ElementExpression: (node, env) =>
    member(node, lowerScalar(node.Expression, env), lowerScalar(node.Selector.Expression, env)),
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
  ToScalarExpression: (node, env) => ({ kind: 'subquery', plan: env.table(node.Expression, env), type: typeOf(node) }),
};

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
  const binding = env.scope.find(name);
  const args = listOf(node.ArgumentList.Expressions);
  if (binding?.kind === 'function') return inlineScalar(node, binding, args, env);
  const symbol = node.ReferencedSymbol;
  if (symbol !== null && env.globals.IsAggregateFunction(symbol)) return lowerAggregateCall(node, env);
  const clock = clockFunctions[name];
  if (clock !== undefined)
    return clock(
      node,
      args.map((arg) => lowerScalar(arg, env)),
      env,
    );
  if (name === 'pack_all') return lowerPackAll(node, args, env);
  const host = env.context.host?.[name];
  const lowered = args.map((arg) => lowerScalar(arg, env));
  if (host !== undefined) return literal(typeOf(node), host(lowered.map((arg) => constant(node, arg))));
  return apply(node, name, typeOf(node), lowered);
}

/** `pack_all`: the row at hand, its columns as arguments. */
function lowerPackAll(node: Syntax, args: readonly Syntax[], env: Environment): Scalar {
  if (env.row === undefined) return unsupported(node, 'pack_all outside of extend and project');
  const skip = args[0] === undefined ? literal('bool', false) : lowerScalar(args[0], env);
  const pairs = env.row.flatMap(({ name, type }) => [literal('string', name), column(name, type)]);
  return apply(node, 'pack_all', 'dynamic', [skip, ...pairs]);
}

const constant = (node: Syntax, scalar: Scalar) =>
  scalar.kind === 'literal' ? scalar.value : invalid(node, 'this function', 'its arguments must be constants');

const member = (node: Syntax, value: Scalar, key: Scalar): Scalar => apply(node, '[]', 'dynamic', [value, key]);

/** After a dot stands a name, or, in brackets, an expression: `bag.key`, `bag.['a key']`, `bag.[key]`. */
const lowerSelector = (node: Syntax, env: Environment): Scalar =>
  kindOf(node) === 'BracketedExpression'
    ? lowerScalar(node.Expression, env)
    : literal('string', String(node.SimpleName));

const lowerBinary: LowerScalar = (node, env) => {
  const spelled = String(node.Operator.Text).replace(/\s+/g, ' ').toLowerCase();
  const name = spelled === '<>' ? '!=' : spelled;
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

function lowerMembership(node: Syntax, env: Environment): Scalar {
  const name = String(node.Operator.Text).trim().toLowerCase();
  const value = lowerScalar(node.Left, env);
  const items = listOf(node.Right.Expressions);
  if (items.length === 1 && items[0].ResultType?.Columns !== undefined) {
    if (!/^!?in~?$/.test(name)) return unsupported(node, `${name} over a table`);
    const plan = env.table(items[0], env);
    const type = plan.schema[0]?.type;
    const numbers = ['int', 'long', 'real'];
    if (type !== value.type && !(numbers.includes(String(type)) && numbers.includes(value.type)))
      return unsupported(node, `${name} of ${value.type} over a table of ${type}`);
    return {
      kind: 'membership',
      value,
      plan,
      negated: name.startsWith('!'),
      caseless: name.endsWith('~'),
      type: 'bool',
    };
  }
  return apply(node, name, 'bool', [value, ...items.map((item) => lowerScalar(item, env))]);
}

function lowerBetween(node: Syntax, env: Environment): Scalar {
  const name = kindOf(node) === 'BetweenExpression' ? 'between' : '!between';
  const bounds = [node.Right.First, node.Right.Second].map((bound) => lowerScalar(bound, env));
  return apply(node, name, 'bool', [lowerScalar(node.Left, env), ...bounds]);
}

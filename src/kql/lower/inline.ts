import { calledBody, invalid, kindOf, listOf, type Syntax, symbolKind, unsupported } from '../parse/index.ts';
import { countColumns, type Plan, replaceColumns, type Scalar } from '../plan/index.ts';
import { convert } from './apply.ts';
import { declaredType } from './declared-type.ts';
import type { Environment } from './environment.ts';
import { type Binding, Scope } from './scope.ts';
import { defineLet } from './statement.ts';
import { placed } from './stored.ts';

type FunctionBinding = Extract<Binding, { kind: 'function' }>;

/** Calls of functions inside functions: enough for people, an end for the others. */
const MAX_DEPTH = 64;
/** Function calls of a query in all, those inside functions counted each time. */
const MAX_CALLS = 5_000;

/** A call of a `let` function that gives a scalar, its body put in its place. */
export function inlineScalar(node: Syntax, fn: FunctionBinding, args: readonly Syntax[], env: Environment): Scalar {
  return placed(node, fn, env, () => {
    const { body, inside } = entered(node, fn, args, env, (arg) => env.scalar(arg, env));
    if (readsRowInTable(body, inside.scope))
      return invalid(node, 'this call', 'what depends on the row goes into toscalar()');
    return env.scalar(body.Expression, inside);
  });
}

/** A call of a `let` function or view that gives a table; `invoke` gives its first argument as a plan. */
export function inlineTable(
  node: Syntax,
  fn: FunctionBinding,
  args: readonly Syntax[],
  env: Environment,
  source?: Plan,
): Plan {
  const read = (arg: Syntax): Scalar => withoutRow(arg, env.scalar(arg, env), env.scope);
  return placed(node, fn, env, () => {
    const { body, inside } = entered(node, fn, args, env, read, source);
    return env.table(body.Expression, inside);
  });
}

/**
 * The body as bound for this call, and the environment inside it: parameters bound to arguments (`read` gives the scalar
 * ones), the body's own `let`s defined.
 */
function entered(
  node: Syntax,
  fn: FunctionBinding,
  args: readonly Syntax[],
  env: Environment,
  read: (arg: Syntax) => Scalar,
  source?: Plan,
): { body: Syntax; inside: Environment } {
  if (env.depth >= MAX_DEPTH) return invalid(node, 'this call', `functions are nested more than ${MAX_DEPTH} deep`);
  env.notes.inlined += 1;
  if (env.notes.inlined > MAX_CALLS) return invalid(node, 'this call', `it is one of more than ${MAX_CALLS}`);
  const { aggregates: _, row: __, ...outside } = env;
  const scope = new Scope(fn.scope, fn.restriction);
  const inside: Environment = { ...outside, scope, depth: env.depth + 1 };
  const parameters = listOf(fn.declaration.Parameters.Parameters);
  const names = parameters.map(({ NameAndType }) => String(NameAndType.Name.SimpleName));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return invalid(node, 'this call', `two parameters of the function are called ${twice}`);
  const taken = source === undefined ? 0 : 1;
  for (const [i, parameter] of parameters.entries()) {
    const binding: Binding =
      i < taken
        ? { kind: 'table', plan: source as Plan }
        : argument(node, parameter, argumentFor(parameter, i - taken, args), env, read);
    scope.define(names[i]!, binding);
  }
  const body = calledBody(node, fn.declaration) ?? (fn.stored === undefined ? fn.declaration.Body : undefined);
  if (body === undefined) return unsupported(node, `the stored function ${fn.stored} in this place`);
  if (body === fn.declaration.Body && parameters.some(isTable))
    return unsupported(node, 'a function of a table that cannot be bound to this call');
  for (const statement of listOf(body.Statements)) defineLet(statement, inside);
  return { body, inside };
}

/** An argument of a function of tables, which sees no row: a column there is the key that `partition` is at, if any. */
function withoutRow(node: Syntax, value: Scalar, scope: Scope): Scalar {
  const names = new Map<string, number>();
  countColumns(value, names);
  const keys = [...names.keys()].map((name): [string, Scalar] => {
    const binding = scope.find(name);
    return binding?.kind === 'scalar' && binding.value.kind === 'subquery' && binding.value.plan.kind === 'outer'
      ? [name, binding.value]
      : invalid(node, name, 'a function of tables cannot be called with a column of the row');
  });
  return replaceColumns(value, new Map(keys));
}

/** Whether a `toscalar` of a body reads a parameter that stands for something of the row at hand. */
function readsRowInTable(node: Syntax, scope: Scope, within = false): boolean {
  const inTable = within || kindOf(node) === 'ToScalarExpression';
  if (inTable && kindOf(node) === 'NameReference' && symbolKind(node) !== 'Column') {
    const binding = scope.find(String(node.SimpleName));
    const columns = new Map<string, number>();
    if (binding?.kind === 'scalar') countColumns(binding.value, columns);
    return columns.size > 0;
  }
  for (let i = 0; i < node.ChildCount; i++) {
    const child = node.GetChild(i);
    if (child && !child.IsToken && readsRowInTable(child, scope, inTable)) return true;
  }
  return false;
}

/** The argument of a parameter: by its name, else by its position, else its default. */
function argumentFor(parameter: Syntax, index: number, args: readonly Syntax[]): Syntax {
  const name = String(parameter.NameAndType.Name.SimpleName);
  const isNamed = (arg: Syntax): boolean => kindOf(arg) === 'SimpleNamedExpression';
  const named = args.find((arg) => isNamed(arg) && String(arg.Name.SimpleName) === name);
  const positional = args[index];
  return (
    named?.Expression ?? (positional !== undefined && !isNamed(positional) ? positional : parameter.DefaultValue?.Value)
  );
}

function argument(
  node: Syntax,
  parameter: Syntax,
  value: Syntax,
  env: Environment,
  read: (arg: Syntax) => Scalar,
): Binding {
  if (value === undefined || value === null) return invalid(node, 'this call', 'an argument is missing');
  if (isTable(parameter)) return { kind: 'table', plan: env.table(value, env) };
  return { kind: 'scalar', value: convert(node, read(value), declaredType(parameter)) };
}

const isTable = (parameter: Syntax): boolean => kindOf(parameter.NameAndType.Type) !== 'PrimitiveTypeExpression';

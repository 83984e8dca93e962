import { invalid, kindOf, listOf, type Syntax, unsupported } from '../parse/index.ts';
import type { Plan, Scalar } from '../plan/index.ts';
import { convert } from './apply.ts';
import { declaredType } from './declared-type.ts';
import type { Environment } from './environment.ts';
import { type Binding, Scope } from './scope.ts';
import { defineLet } from './statement.ts';

type FunctionBinding = Extract<Binding, { kind: 'function' }>;

/** Calls of functions inside functions: enough for people, an end for the others. */
const MAX_DEPTH = 64;
/** Function calls of a query in all, those inside functions counted each time. */
const MAX_CALLS = 5_000;

/** A call of a `let` function that gives a scalar, its body put in its place. */
export const inlineScalar = (node: Syntax, fn: FunctionBinding, args: readonly Syntax[], env: Environment): Scalar =>
  env.scalar(fn.declaration.Body.Expression, entered(node, fn, args, env));

/** A call of a `let` function or view that gives a table. */
export const inlineTable = (node: Syntax, fn: FunctionBinding, args: readonly Syntax[], env: Environment): Plan =>
  env.table(fn.declaration.Body.Expression, entered(node, fn, args, env));

/** The environment inside the body: parameters bound, the body's own `let`s defined. */
function entered(node: Syntax, fn: FunctionBinding, args: readonly Syntax[], env: Environment): Environment {
  if (env.depth >= MAX_DEPTH) return invalid(node, 'this call', `functions are nested more than ${MAX_DEPTH} deep`);
  env.notes.inlined += 1;
  if (env.notes.inlined > MAX_CALLS) return invalid(node, 'this call', `it is one of more than ${MAX_CALLS}`);
  const { aggregates: _, ...outside } = env;
  const scope = new Scope(fn.scope);
  const inside: Environment = { ...outside, scope, depth: env.depth + 1 };
  listOf(fn.declaration.Parameters.Parameters).forEach((parameter, i) => {
    scope.define(
      String(parameter.NameAndType.Name.SimpleName),
      argument(node, parameter, argumentFor(parameter, i, args), env),
    );
  });
  for (const statement of listOf(fn.declaration.Body.Statements)) defineLet(statement, inside);
  return inside;
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

function argument(node: Syntax, parameter: Syntax, value: Syntax, env: Environment): Binding {
  const kind = kindOf(parameter.NameAndType.Type);
  if (kind !== 'PrimitiveTypeExpression') return unsupported(parameter, 'a function parameter that is a table');
  if (value === undefined || value === null) return invalid(node, 'this call', 'an argument is missing');
  return { kind: 'scalar', value: convert(node, env.scalar(value, env), declaredType(parameter)) };
}

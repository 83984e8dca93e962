import { invalid, kindOf, listOf, type Syntax, unsupported } from '../parse/index.ts';
import type { Scalar } from '../plan/index.ts';
import { declaredType } from './declared-type.ts';
import type { Environment } from './environment.ts';
import { literalFromText } from './literal.ts';

/** `let` and the statements that stand beside it, into the scope. */
export function defineLet(statement: Syntax, env: Environment): void {
  const define = statements[kindOf(statement)];
  if (define === undefined) unsupported(statement, `the statement ${kindOf(statement).replace(/Statement$/, '')}`);
  define(statement, env);
}

const statements: Readonly<Record<string, (node: Syntax, env: Environment) => void>> = {
  LetStatement: (node, env) => env.scope.define(String(node.Name.SimpleName), bindingOf(node.Expression, env)),
  SetOptionStatement: () => {},
  QueryParametersStatement: (node, env) => {
    for (const parameter of listOf(node.Parameters)) defineParameter(parameter, env);
  },
};

function bindingOf(node: Syntax, env: Environment) {
  if (kindOf(node) === 'FunctionDeclaration') return { kind: 'function', declaration: node, scope: env.scope } as const;
  if (node.ResultType?.Columns !== undefined) return { kind: 'table', plan: env.table(node, env) } as const;
  return { kind: 'scalar', value: env.scalar(node, env) } as const;
}

/** A query parameter: the caller's value, else its default. */
function defineParameter(parameter: Syntax, env: Environment): void {
  const name = String(parameter.NameAndType.Name.SimpleName);
  const { parameters = {} } = env.context;
  const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const fallback = parameter.DefaultValue?.Value;
  if (given === undefined && !fallback) invalid(parameter, `the query parameter ${name}`, 'it was given no value');
  const value = given === undefined ? env.scalar(fallback, env) : literalFromText(declaredType(parameter), given);
  if (value === undefined) invalid(parameter, `the query parameter ${name}`, 'the value given is not of its type');
  env.scope.define(name, { kind: 'scalar', value: value as Scalar });
}

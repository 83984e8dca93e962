import { invalid, kindOf, listOf, type Syntax, unsupported } from '../parse/index.ts';
import type { Scalar } from '../plan/index.ts';
import { warning } from '../run/warnings.ts';
import { defineOption } from './bin-auto.ts';
import { declaredType } from './declared-type.ts';
import type { Environment } from './environment.ts';
import { literalFromText } from './literal.ts';
import { restrictAccess } from './restrict.ts';

/** `let` and the statements that stand beside it, into the scope. */
export function defineLet(statement: Syntax, env: Environment): void {
  const define = statements[kindOf(statement)];
  if (define === undefined) unsupported(statement, `the statement ${kindOf(statement).replace(/Statement$/, '')}`);
  define(statement, env);
}

const statements: Readonly<Record<string, (node: Syntax, env: Environment) => void>> = {
  LetStatement: (node, env) => env.scope.define(String(node.Name.SimpleName), bindingOf(node.Expression, env)),
  // options.ts has read it already: some hold for the whole query
  SetOptionStatement: defineOption,
  AliasStatement: (node, env) => requireOwnCluster(node.Expression, env),
  PatternStatement: (node, env) =>
    env.scope.define(String(node.Name.SimpleName), { kind: 'pattern', declaration: node.Pattern, scope: env.scope }),
  RestrictStatement: restrictAccess,
  QueryParametersStatement: (node, env) => {
    for (const parameter of listOf(node.Parameters)) defineParameter(parameter, env);
  },
};

function bindingOf(node: Syntax, env: Environment) {
  if (kindOf(node) === 'FunctionDeclaration') {
    const { scope } = env;
    return { kind: 'function', declaration: node, scope, restriction: scope.restriction } as const;
  }
  if (node.ResultType?.Columns !== undefined) return { kind: 'table', plan: env.table(node, env) } as const;
  return { kind: 'scalar', value: env.scalar(node, env) } as const;
}

/** An alias may name this database only; the binder puts it in the alias's place. */
function requireOwnCluster(node: Syntax, env: Environment): void {
  if (node.ResultType !== env.globals.Database) unsupported(node, 'an alias of another database or cluster');
}

/** A warning for each value that was given to a parameter which the text does not declare; Kusto says nothing of it. */
export function warnOfUndeclared(root: Syntax, env: Environment): void {
  const declarations = listOf(root.Statements).filter((node) => kindOf(node) === 'QueryParametersStatement');
  const declared = new Set(
    declarations.flatMap(({ Parameters }) =>
      listOf(Parameters).map(({ NameAndType }) => String(NameAndType.Name.SimpleName)),
    ),
  );
  for (const name of Object.keys(env.context.parameters ?? {}))
    if (!declared.has(name)) env.notes.warnings.push(warning('WARN0005', `the query declares no parameter ${name}`));
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

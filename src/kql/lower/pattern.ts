import { invalid, kindOf, listOf, type Syntax, unsupported } from '../parse/index.ts';
import { literal, type Plan } from '../plan/index.ts';
import type { Environment } from './environment.ts';
import { requireVisible } from './restrict.ts';
import { Scope } from './scope.ts';
import { defineLet } from './statement.ts';

/** `name("argument")` or `name("argument").path` of a `declare pattern`. */
interface PatternCall {
  readonly name: string;
  readonly args: readonly string[];
  readonly path: string | undefined;
}

/**
 * A call of a pattern: the table that stands beside exactly these texts; undefined where the node is no such call.
 * https://learn.microsoft.com/kusto/query/pattern-statement
 */
export function lowerPatternCall(node: Syntax, env: Environment): Plan | undefined {
  const hasPath = kindOf(node) === 'PathExpression';
  const call = hasPath ? node.Expression : node;
  if (kindOf(call) !== 'FunctionCallExpression') return undefined;
  const name = String(call.Name.SimpleName);
  const pattern = env.scope.find(name);
  if (pattern?.kind !== 'pattern') return undefined;
  requireVisible(call, pattern, env);
  const path = hasPath
    ? textOf(kindOf(node.Selector) === 'BracketedExpression' ? node.Selector.Expression : node.Selector)
    : undefined;
  const asked: PatternCall = { name, args: listOf(call.ArgumentList.Expressions).map(textOf), path };
  const match = listOf(pattern.declaration.Patterns).find((one) => keyOf(asked) === keyOf(readMatch(one, name)));
  if (match === undefined) {
    const text = `One or more pattern references were not declared. Detected pattern references: ["${keyOf(asked)}"]`;
    return invalid(node, 'the pattern', text);
  }
  const { aggregates: _, row: __, ...outside } = env;
  const inside: Environment = { ...outside, scope: new Scope(pattern.scope, env.scope.restriction) };
  listOf(pattern.declaration.Parameters).forEach((parameter, i) => {
    defineText(inside, parameter, asked.args[i]);
  });
  if (path !== undefined) defineText(inside, pattern.declaration.PathParameter.Parameter, path);
  for (const statement of listOf(match.Body.Statements)) defineLet(statement, inside);
  return inside.table(match.Body.Expression, inside);
}

const defineText = (env: Environment, parameter: Syntax, text = ''): void =>
  env.scope.define(String(parameter.Name.SimpleName), { kind: 'scalar', value: literal('string', text) });

const readMatch = (match: Syntax, name: string): PatternCall => ({
  name,
  args: listOf(match.ParameterValues.Expressions).map(textOf),
  path: match.PathValue ? textOf(match.PathValue.Value) : undefined,
});

/** As Kusto writes it: `app('a').['b']`. */
const keyOf = ({ name, args, path }: PatternCall): string => {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  return `${name}(${args.map(quoted).join(',')})${path === undefined ? '' : `.[${quoted(path)}]`}`;
};

function textOf(node: Syntax): string {
  if (/StringLiteral/.test(kindOf(node))) return String(node.LiteralValue);
  if (kindOf(node) === 'NameReference') return String(node.SimpleName);
  return unsupported(node, 'an argument of a pattern that is no text');
}

import type { Value } from '../../../values/index.ts';
import { invalid, kindOf, listOf, type Syntax } from '../../parse/index.ts';
import type { Environment } from '../environment.ts';
import { named } from '../operators/operator.ts';

/** A plugin's arguments by the names that its page gives them; what was left out is not there. */
export interface PluginArguments {
  readonly given: ReadonlyMap<string, Syntax>;
  /** Arguments by position behind the last name. */
  readonly rest: readonly Syntax[];
}

/** The arguments of an `evaluate`: by name (`return_unmatched = true`), the others by position. */
export function argumentsOf(node: Syntax, names: readonly string[]): PluginArguments {
  const given = new Map<string, Syntax>();
  const rest: Syntax[] = [];
  listOf(node.FunctionCall.ArgumentList.Expressions).forEach((arg, i) => {
    const { name, expression } = named(arg);
    const key = name ?? names[i];
    if (key === undefined) rest.push(expression);
    else given.set(key, expression);
  });
  return { given, rest };
}

/** True for an argument that is the name of a column. */
export const isColumnName = (node: Syntax): boolean => kindOf(node) === 'NameReference';

/** The value of an argument that must be a constant; undefined where it was left out. */
export function constantArgument(node: Syntax | undefined, env: Environment): Value | undefined {
  if (node === undefined) return undefined;
  const scalar = env.scalar(node, env);
  return scalar.kind === 'literal' ? scalar.value : invalid(node, 'this argument', 'it must be a constant');
}

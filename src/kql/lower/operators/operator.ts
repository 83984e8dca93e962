import { kindOf, listOf, type Syntax } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';

/** Lowers one operator after a bar, over its input. */
export type LowerOperator = (node: Syntax, input: Plan, env: Environment) => Plan;

/** The text of an operator's parameter (`kind=leftouter`), lower case, or undefined; hints are parameters too. */
export function parameterOf(node: Syntax, name: string): string | undefined {
  const parameter = listOf(node.Parameters).find((item) => String(item.Name.SimpleName).toLowerCase() === name);
  return parameter === undefined ? undefined : String(parameter.Expression).trim().toLowerCase();
}

/** `Name = expression` taken apart; a bare expression has no name. */
export const named = (node: Syntax): { name: string | undefined; expression: Syntax } =>
  kindOf(node) === 'SimpleNamedExpression'
    ? { name: String(node.Name.SimpleName), expression: node.Expression }
    : { name: undefined, expression: node };

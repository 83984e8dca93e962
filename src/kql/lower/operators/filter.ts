import type { Syntax } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import { convert } from '../apply.ts';
import type { Environment } from '../environment.ts';

/** `where`: https://learn.microsoft.com/kusto/query/where-operator */
export function lowerFilter(node: Syntax, input: Plan, env: Environment): Plan {
  const predicate = convert(node.Condition, env.scalar(node.Condition, { ...env, row: input.schema }), 'bool');
  return { kind: 'filter', input, predicate, schema: input.schema };
}

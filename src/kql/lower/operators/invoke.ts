import { listOf, type Syntax, unsupported } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { inlineTable } from '../inline.ts';
import { lowerEnrichment } from '../lent.ts';
import { requireVisible } from '../restrict.ts';
import { functionNamed } from '../stored.ts';

/** `invoke`: a function whose first argument is the input. https://learn.microsoft.com/kusto/query/invoke-operator */
export function lowerInvoke(node: Syntax, input: Plan, env: Environment): Plan {
  const call = node.Function;
  const name = String(call.Name.SimpleName);
  const binding = functionNamed(name, env);
  if (binding === undefined)
    return lowerEnrichment(call, input, env) ?? unsupported(call, `invoke of the function ${name}`);
  requireVisible(call, binding.stored, env);
  return inlineTable(call, binding, listOf(call.ArgumentList.Expressions), env, input);
}

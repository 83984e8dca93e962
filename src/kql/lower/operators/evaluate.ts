import { type Syntax, unsupported } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { plugins } from '../plugins/index.ts';

/** `evaluate`: the plugin of that name. Its hints say how a cluster shares the work: here is one machine. */
export function lowerEvaluate(node: Syntax, input: Plan, env: Environment): Plan {
  const name = String(node.FunctionCall.Name.SimpleName);
  const lower = Object.hasOwn(plugins, name) ? plugins[name] : undefined;
  return lower === undefined ? unsupported(node.FunctionCall, `the plugin ${name}`) : lower(node, input, env);
}

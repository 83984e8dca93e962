import { aggregateFunction } from '../aggregates/index.ts';
import { listOf, type Syntax, spanOf, typeOf, unsupported } from '../parse/index.ts';
import type { AggregateCall, Scalar } from '../plan/index.ts';
import type { Environment } from './environment.ts';

/** An aggregate inside an expression (`count() * 2`): the aggregate goes to the node, the expression reads its column. */
export function lowerAggregateCall(node: Syntax, env: Environment): Scalar {
  if (env.aggregates === undefined) return unsupported(node, `the aggregate ${node.Name.SimpleName} here`);
  return env.aggregates(aggregateCall(node, env));
}

/** The aggregate that a call stands for. Its arguments hold no aggregates. */
export function aggregateCall(node: Syntax, env: Environment): AggregateCall {
  const name = String(node.Name.SimpleName);
  const { aggregates: _, ...outside } = env;
  const args = listOf(node.ArgumentList.Expressions).map((arg) => env.scalar(arg, outside));
  return checked(node, { name, args, type: typeOf(node), span: spanOf(node) });
}

/** The aggregate, or a refusal where the table has no row for it. */
export function checked(node: Syntax, call: AggregateCall): AggregateCall {
  return aggregateFunction(call.name) === undefined ? unsupported(node, `the aggregate ${call.name}`) : call;
}

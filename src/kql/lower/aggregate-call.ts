import { aggregateFunction } from '../aggregates/index.ts';
import { listOf, type Syntax, spanOf, typeOf, unsupported } from '../parse/index.ts';
import type { AggregateCall, Scalar } from '../plan/index.ts';
import type { Environment } from './environment.ts';

/** An aggregate inside an expression (`count() * 2`): the aggregate goes to the node, the expression reads its column. */
export function lowerAggregateCall(node: Syntax, env: Environment): Scalar {
  if (env.aggregates === undefined) return unsupported(node, `the aggregate ${node.Name.SimpleName} here`);
  return env.aggregates(aggregateCall(node, env));
}

/** What an aggregate of several columns is called where its one argument after the values asks for one column. */
const ofOneColumn: Readonly<Record<string, { readonly name: string; readonly arity: number }>> = {
  percentiles: { name: 'percentile', arity: 2 },
  percentilesw: { name: 'percentilew', arity: 3 },
};

/** The aggregate that a call stands for. Its arguments hold no aggregates. */
export function aggregateCall(node: Syntax, env: Environment): AggregateCall {
  const called = String(node.Name.SimpleName);
  const single = ofOneColumn[called];
  const name = single?.arity === listOf(node.ArgumentList.Expressions).length ? single.name : called;
  const { aggregates: _, ...outside } = env;
  const args = listOf(node.ArgumentList.Expressions).map((arg) => env.scalar(arg, outside));
  return checked(node, { name, args, type: typeOf(node), span: spanOf(node) });
}

/** The aggregate, or a refusal where the table has no row for it. */
export function checked(node: Syntax, call: AggregateCall): AggregateCall {
  return aggregateFunction(call.name) === undefined ? unsupported(node, `the aggregate ${call.name}`) : call;
}

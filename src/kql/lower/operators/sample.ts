import { columnsOf, type Syntax, spanOf } from '../../parse/index.ts';
import { type AggregateCall, call, column, type Plan, type Scalar } from '../../plan/index.ts';
import { checked } from '../aggregate-call.ts';
import type { Environment } from '../environment.ts';
import { named } from './operator.ts';
import { rowCount } from './sort.ts';

/** `sample`: rows in an order of chance, of which the first are taken. */
export function lowerSample(node: Syntax, input: Plan, env: Environment): Plan {
  const { schema } = input;
  const keys = [{ value: call('rand', 'real', []), descending: false, nullsFirst: false }];
  const shuffled: Plan = { kind: 'sort', input, keys, schema };
  return { kind: 'take', input: shuffled, count: rowCount(node.Expression, env), schema };
}

/** `sample-distinct`: some values of an expression. */
export function lowerSampleDistinct(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const by = [{ name: schema[0]!.name, value: env.scalar(named(node.OfExpression).expression, env) }];
  const distinct: Plan = { kind: 'aggregate', input, by, aggregates: [], schema };
  return { kind: 'take', input: distinct, count: rowCount(node.Expression, env), schema };
}

/** `top-hitters`: the values that occur most, or with the greatest sum; exact, where Kusto estimates. */
export function lowerTopHitters(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const [key, score] = schema;
  const by = [{ name: key!.name, value: env.scalar(named(node.OfExpression).expression, env) }];
  const summed = node.ByClause?.Expression;
  const args: Scalar[] = summed ? [env.scalar(named(summed).expression, env)] : [];
  const aggregate: AggregateCall = { name: summed ? 'sum' : 'count', args, type: score!.type, span: spanOf(node) };
  const aggregates = [{ name: score!.name, value: checked(node, aggregate) }];
  const grouped: Plan = { kind: 'aggregate', input, by, aggregates, schema };
  const keys = [{ value: column(score!.name, score!.type), descending: true, nullsFirst: false }];
  const sorted: Plan = { kind: 'sort', input: grouped, keys, schema };
  return { kind: 'take', input: sorted, count: rowCount(node.Expression, env), schema };
}

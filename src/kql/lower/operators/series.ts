import { columnsOf, invalid, kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { literal, type Plan, type SeriesPlan } from '../../plan/index.ts';
import { aggregateCall } from '../aggregate-call.ts';
import { convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { named, parameterOf } from './operator.ts';

/** `make-series … from … to … step`: https://learn.microsoft.com/kusto/query/make-series-operator */
export function lowerSeries(node: Syntax, input: Plan, env: Environment): Plan {
  if (parameterOf(node, 'kind') !== undefined) return unsupported(node, 'make-series kind=nonempty');
  const range = node.RangeClause;
  if (kindOf(range) !== 'MakeSeriesFromToStepClause') return unsupported(range, 'make-series … in range()');
  if (!range.MakeSeriesFromClause || !range.MakeSeriesToClause)
    return unsupported(range, 'make-series without from and to');
  const schema = columnsOf(node);
  const by = listOf(node.ByClause?.Expressions).map((item, i) => ({
    name: schema[i]!.name,
    value: env.scalar(named(item).expression, env),
  }));
  const expressions = listOf(node.Aggregates);
  const aggregates = expressions.map((item, i) => lowerSeriesAggregate(item, schema[by.length + i]!.name, env));
  const onItem = named(node.OnClause.Expression);
  const axis = { name: schema.at(-1)!.name, value: env.scalar(onItem.expression, env) };
  const { type } = axis.value;
  if (!['datetime', 'timespan', 'long', 'int'].includes(type))
    return unsupported(node.OnClause, `make-series on ${type}`);
  const bound = (clause: Syntax) => convert(clause, env.scalar(clause.Expression, env), type);
  const clause = range.MakeSeriesStepClause;
  const step = convert(clause, env.scalar(clause.Expression, env), type === 'datetime' ? 'timespan' : type);
  if (step.kind !== 'literal' || typeof step.value !== 'bigint' || step.value <= 0n) {
    return invalid(clause, 'the step', 'it must be a constant greater than zero');
  }
  return {
    kind: 'series',
    input,
    by,
    aggregates,
    axis,
    from: bound(range.MakeSeriesFromClause),
    to: bound(range.MakeSeriesToClause),
    step,
    schema,
  };
}

/** One aggregate and what an empty bin shows: zero unless told. */
function lowerSeriesAggregate(item: Syntax, name: string, env: Environment): SeriesPlan['aggregates'][number] {
  const { expression } = named(item.Expression);
  if (kindOf(expression) !== 'FunctionCallExpression')
    return unsupported(expression, 'make-series of an expression that is not one aggregate');
  const value = aggregateCall(expression, env);
  const given = item.DefaultExpression?.Expression;
  const fallback = given ? env.scalar(given, env) : literal('long', 0n);
  return { name, value, fallback: convert(item, fallback, value.type) };
}

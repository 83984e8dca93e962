import type { KqlType } from '../../../values/index.ts';
import { columnsOf, invalid, kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import {
  call,
  column,
  countColumns,
  literal,
  type Named,
  type Plan,
  type Scalar,
  type SeriesPlan,
} from '../../plan/index.ts';
import { aggregateCall } from '../aggregate-call.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { Collector } from './collector.ts';
import { named, parameterOf } from './operator.ts';

type Item = SeriesPlan['aggregates'][number];
type Bins = Pick<SeriesPlan, 'from' | 'to' | 'step'>;

/** What may be an axis, and what its steps are. */
const steps: Readonly<Partial<Record<KqlType, KqlType>>> = {
  datetime: 'timespan',
  timespan: 'timespan',
  long: 'long',
  int: 'int',
  real: 'real',
};

/** `make-series`, both syntaxes: https://learn.microsoft.com/kusto/query/make-series-operator */
export function lowerSeries(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const by = listOf(node.ByClause?.Expressions).map((item, i) => ({
    name: schema[i]!.name,
    value: env.scalar(named(item).expression, env),
  }));
  const onItem = named(node.OnClause.Expression);
  const axis = { name: schema.at(-1)!.name, value: env.scalar(onItem.expression, env) };
  const bins = lowerBins(node, axis.value.type, env);
  const items = listOf(node.Aggregates);
  const nonempty = isNonempty(node, by, bins);
  const names = items.map((item, i) => nameOf(item, schema[by.length + i]!));
  const rest = { kind: 'series', nonempty, schema, ...bins } as const;
  if (items.every((item) => isAggregate(named(item.Expression).expression, env))) {
    const aggregates = items.map((item, i) => lowerAggregate(item, names[i]!, env));
    return { ...rest, input, by, aggregates, axis };
  }
  return { ...rest, ...computedFirst(node, input, by, axis, bins, items, names, env) };
}

/** The binder takes an array of percentiles or of `take_any` for one value where the column has no name of its own. */
function nameOf(item: Syntax, { name, type }: SeriesPlan['schema'][number]): string {
  if (type !== 'dynamic') return unsupported(item, `make-series of this aggregate without a name ('x = …')`);
  return name;
}

function isNonempty(node: Syntax, by: readonly unknown[], { from, to }: Bins): boolean {
  const kind = parameterOf(node, 'kind');
  if (kind === undefined) return false;
  if (kind !== 'nonempty') return unsupported(node, `make-series kind=${kind}`);
  // what an empty input gives then is not known
  if (by.length > 0) return unsupported(node, 'make-series kind=nonempty by groups');
  if (from === undefined || to === undefined) return unsupported(node, 'make-series kind=nonempty without from and to');
  return true;
}

function lowerBins(node: Syntax, type: KqlType, env: Environment): Bins {
  const range = node.RangeClause;
  const stepType = steps[type] ?? unsupported(node.OnClause, `make-series on ${type}`);
  const value = (part: Syntax, to: KqlType): Scalar => convert(part, constant(part, env.scalar(part, env)), to);
  if (kindOf(range) === 'MakeSeriesFromToStepClause') {
    const bound = (clause: Syntax | undefined) => (clause ? value(clause.Expression, type) : undefined);
    const { MakeSeriesFromClause: from, MakeSeriesToClause: to, MakeSeriesStepClause: step } = range;
    return { from: bound(from), to: bound(to), step: positive(step, value(step.Expression, stepType)) };
  }
  const [start, stop, by] = listOf(range.Arguments.Expressions);
  const step = positive(by, value(by, stepType));
  const bin = (part: Syntax): Scalar => apply(part, 'bin', type, [value(part, type), step]);
  // the bin of the end is part of the series
  return { from: bin(start), to: apply(stop, '+', type, [bin(stop), step]), step };
}

/** A bound is the same for all rows; `toscalar` gives such a value too. */
function constant(node: Syntax, bound: Scalar): Scalar {
  const read = new Map<string, number>();
  countColumns(bound, read);
  return read.size === 0 ? bound : invalid(node, 'a bound of make-series', 'it must be a constant, not a column');
}

function positive(node: Syntax, step: Scalar): Scalar {
  const isPositive =
    step.kind === 'literal' && (typeof step.value === 'bigint' || typeof step.value === 'number') && step.value > 0;
  return isPositive ? step : invalid(node, 'the step', 'it must be a constant greater than zero');
}

const isAggregate = (expression: Syntax, env: Environment): boolean =>
  kindOf(expression) === 'FunctionCallExpression' && env.globals.IsAggregateFunction(expression.ReferencedSymbol);

/** One aggregate and what an empty bin shows: zero unless told. */
function lowerAggregate(item: Syntax, name: string, env: Environment): Item {
  const value = aggregateCall(named(item.Expression).expression, env);
  return { name, value, fallback: fallbackOf(item, value.type, env) };
}

function fallbackOf(item: Syntax, type: KqlType, env: Environment): Scalar {
  const given = item.DefaultExpression?.Expression;
  return convert(item, given ? env.scalar(given, env) : literal('long', 0n), type);
}

/** Expressions over aggregates are computed for each group and bin first; the series then takes the one value of a bin. */
function computedFirst(
  node: Syntax,
  input: Plan,
  by: readonly Named<Scalar>[],
  axis: Named<Scalar>,
  { from, to, step }: Bins,
  items: readonly Syntax[],
  names: readonly string[],
  env: Environment,
): Pick<SeriesPlan, 'input' | 'by' | 'aggregates' | 'axis'> {
  const { type } = axis.value;
  const binned =
    from === undefined
      ? apply(node, 'bin', type, [axis.value, step])
      : apply(node, 'bin_at', type, [axis.value, step, from]);
  const collector = new Collector(new Set([...by, axis, ...names.map((name) => ({ name }))].map(({ name }) => name)));
  const values = items.map((item) =>
    env.scalar(named(item.Expression).expression, { ...env, aggregates: (call) => collector.hidden(call) }),
  );
  const within = to === undefined ? input : before(input, axis.value, to);
  const keys = [...by, { name: axis.name, value: binned }];
  const kept = keys.map(({ name, value }) => ({ name, value: column(name, value.type) }));
  const columns = [...kept, ...values.map((value, i) => ({ name: names[i]!, value }))];
  const schema = columns.map(({ name, value }) => ({ name, type: value.type }));
  return {
    input: { kind: 'project', input: collector.grouped(within, keys), columns, schema },
    by: kept.slice(0, -1),
    axis: kept.at(-1)!,
    aggregates: values.map((value, i) => ({
      name: names[i]!,
      value: { name: 'take_any', args: [column(names[i]!, value.type)], type: value.type },
      fallback: fallbackOf(items[i]!, value.type, env),
    })),
  };
}

const before = (input: Plan, axis: Scalar, to: Scalar): Plan => ({
  kind: 'filter',
  input,
  predicate: call('<', 'bool', [axis, to]),
  schema: input.schema,
});

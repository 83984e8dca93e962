import { columnsOf, kindOf, listOf, type Syntax, spanOf, typeOf, unsupported } from '../../parse/index.ts';
import { type AggregateCall, column, literal, type Scalar, type Schema } from '../../plan/index.ts';
import { aggregateCall, checked } from '../aggregate-call.ts';
import type { Environment } from '../environment.ts';
import { named } from './operator.ts';

/**
 * Aggregates that give one value a column (`arg_max(t, *)`): a call for each. Undefined where the node is another thing.
 * `ungrouped` are the columns that the groups are not made of.
 */
export function columnCalls(node: Syntax, ungrouped: Schema, env: Environment): AggregateCall[] | undefined {
  if (kindOf(node) !== 'FunctionCallExpression' || !env.globals.IsAggregateFunction(node.ReferencedSymbol))
    return undefined;
  const name = String(node.Name.SimpleName);
  const [first, ...others] = listOf(node.ArgumentList.Expressions);
  if (node.ResultType?.Columns === undefined) {
    if (anyNames.has(name) && kindOf(first) === 'StarExpression') return [anyOfOne(node, name, ungrouped)];
    const starIsNothing = others.length > 0 && others.every((item) => kindOf(item) === 'StarExpression');
    if (!starIsNothing || severalColumns[name] !== extremes) return [aggregateCall(node, env)];
    const { aggregates: _, ...outside } = env;
    const value = env.scalar(named(first).expression, outside);
    return [checked(node, { name, args: [value, value], type: typeOf(node), span: spanOf(node) })];
  }
  const row = severalColumns[name] ?? unsupported(node, `the aggregate ${name} with several columns`);
  const columns = columnsOf(node);
  const { aggregates: _, ...outside } = env;
  const calls = row.args(listOf(node.ArgumentList.Expressions), columns, outside);
  if (calls.length !== columns.length) return unsupported(node, `the columns of this ${name}`);
  const span = spanOf(node);
  return calls.map((args, i) => checked(node, { name: row.each ?? name, args, type: columns[i]!.type, span }));
}

const anyNames = new Set(['take_any', 'any']);

/** `take_any(*)` where one column is left. */
function anyOfOne(node: Syntax, name: string, [only, ...more]: Schema): AggregateCall {
  if (only === undefined || more.length > 0) return unsupported(node, `the columns of this ${name}`);
  return checked(node, { name, args: [column(only.name, only.type)], type: only.type, span: spanOf(node) });
}

/** How a call with several columns becomes calls with one. */
interface SeveralColumns {
  /** The aggregate of each column where it has another name. */
  readonly each?: string;
  /** The arguments of each column's call. */
  readonly args: (items: readonly Syntax[], columns: Schema, env: Environment) => Scalar[][];
}

/** `arg_max(by, a, b)`: [by, by], [by, a], [by, b]. */
const extremes: SeveralColumns = {
  args: ([by, ...items], columns, env) => {
    const value = env.scalar(named(by).expression, env);
    return [[value, value], ...valuesOf(items, columns.slice(1), env).map((item) => [value, item])];
  },
};

/** The same under the names that are out of use, which put the first column's before each other: `max_t_a`. */
const namedExtremes: SeveralColumns = {
  args: (items, columns, env) => extremes.args(items, unprefixed(columns, `${columns[0]!.name}_`), env),
};

/** `take_any(a, b)`: [a, true], [b, true], values of the same record; of one column only [a]. */
const anyOf = (prefix: string): SeveralColumns => ({
  args: (items, columns, env) => {
    const values = valuesOf(items, unprefixed(columns, prefix), env);
    return values.map((value) => (values.length === 1 ? [value] : [value, literal('bool', true)]));
  },
});

/** `percentiles(x, 5, 95)`: [x, 5], [x, 95]. */
const percentiles = (each: string, before: number): SeveralColumns => ({
  each,
  args: (items, _, env) => {
    const [values, shares] = [items.slice(0, before), items.slice(before)].map((part) =>
      part.map((item) => env.scalar(named(item).expression, env)),
    );
    return shares!.map((share) => [...values!, share]);
  },
});

/** What the items stand for; `*` for as many columns as the items beside it leave. */
function valuesOf(items: readonly Syntax[], columns: Schema, env: Environment): Scalar[] {
  const isStar = (item: Syntax): boolean => kindOf(item) === 'StarExpression';
  const star = items.findIndex(isStar);
  const width = columns.length - items.length + 1;
  return items.flatMap((item) =>
    isStar(item)
      ? columns.slice(star, star + width).map(({ name, type }) => column(name, type))
      : [env.scalar(named(item).expression, env)],
  );
}

const unprefixed = (columns: Schema, prefix: string): Schema =>
  columns.map((item) => (item.name.startsWith(prefix) ? { ...item, name: item.name.slice(prefix.length) } : item));

const severalColumns: Readonly<Record<string, SeveralColumns>> = {
  arg_max: extremes,
  arg_min: extremes,
  argmax: namedExtremes,
  argmin: namedExtremes,
  take_any: anyOf(''),
  any: anyOf('any_'),
  percentiles: percentiles('percentile', 1),
  percentilesw: percentiles('percentilew', 2),
};

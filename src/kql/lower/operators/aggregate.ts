import { columnsOf, kindOf, listOf, type Syntax, spanOf, unsupported } from '../../parse/index.ts';
import { type AggregateCall, column, type Named, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import { aggregateCall, checked } from '../aggregate-call.ts';
import type { Environment } from '../environment.ts';
import { named } from './operator.ts';
import { select } from './project.ts';

/** `count`: one row, one column. */
export function lowerCount(node: Syntax, input: Plan): Plan {
  const schema = columnsOf(node);
  const count: AggregateCall = checked(node, { name: 'count', args: [], type: 'long', span: spanOf(node) });
  return { kind: 'aggregate', input, by: [], aggregates: [{ name: schema[0]!.name, value: count }], schema };
}

/** `distinct`: groups without aggregates. */
export function lowerDistinct(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const expressions = listOf(node.Expressions);
  const star = expressions.some((item) => kindOf(item) === 'StarExpression');
  if (!star && expressions.length !== schema.length) return unsupported(node, 'distinct of this expression');
  const by = schema.map(({ name, type }, i) => ({
    name,
    value: star ? column(name, type) : env.scalar(named(expressions[i]).expression, env),
  }));
  return { kind: 'aggregate', input, by, aggregates: [], schema };
}

/** `summarize`: groups first, then what each aggregate expression gives; the binder names what has no name. */
export function lowerSummarize(node: Syntax, input: Plan, env: Environment): Plan {
  if (node.ByClause?.BinClause !== null && node.ByClause?.BinClause !== undefined)
    return unsupported(node.ByClause.BinClause, 'summarize … bin=');
  const schema = columnsOf(node);
  const by = listOf(node.ByClause?.Expressions).map((item, i) => ({
    name: schema[i]!.name,
    value: env.scalar(named(item).expression, env),
  }));
  const rest = schema.slice(by.length);
  const expressions = listOf(node.Aggregates);
  const collector = new Collector(new Set(schema.map(({ name }) => name)));
  const outputs: Named<Scalar>[] = [];
  for (const item of expressions) {
    const expression = named(item).expression;
    const given = kindOf(item) === 'CompoundNamedExpression' ? item.Expression : expression;
    const calls = columnCalls(given, env);
    if (calls !== undefined) {
      for (const value of calls) collector.put(rest[outputs.length]!.name, value, outputs);
      continue;
    }
    const value = env.scalar(given, { ...env, aggregates: (call) => collector.hidden(call) });
    outputs.push({ name: rest[outputs.length]!.name, value });
  }
  const aggregates = collector.aggregates;
  const grouped: Plan = { kind: 'aggregate', input, by, aggregates, schema: schemaOf(by, aggregates) };
  if (outputs.every(({ name, value }) => value.kind === 'column' && value.name === name))
    return select(grouped, schema);
  const keys = by.map(({ name, value }) => ({ name, value: column(name, value.type) }));
  return { kind: 'project', input: grouped, columns: [...keys, ...outputs], schema };
}

/** Gathers the aggregates of one `summarize`, those inside larger expressions under names of their own. */
class Collector {
  readonly aggregates: Named<AggregateCall>[] = [];
  readonly #taken: ReadonlySet<string>;

  /** `taken`: the names that the query gives. */
  constructor(taken: ReadonlySet<string>) {
    this.#taken = taken;
  }

  put(name: string, value: AggregateCall, outputs: Named<Scalar>[]): void {
    this.aggregates.push({ name, value });
    outputs.push({ name, value: column(name, value.type) });
  }

  hidden(value: AggregateCall): Scalar {
    let name = `$aggregate_${this.aggregates.length + 1}`;
    while (this.#taken.has(name)) name = `$${name}`;
    this.aggregates.push({ name, value });
    return column(name, value.type);
  }
}

const schemaOf = (by: readonly Named<Scalar>[], aggregates: readonly Named<AggregateCall>[]): Schema => [
  ...by.map(({ name, value }) => ({ name, type: value.type })),
  ...aggregates.map(({ name, value }) => ({ name, type: value.type })),
];

/** Aggregates that give one value a column (`arg_max(t, *)`): a call for each. Undefined where the node is another thing. */
function columnCalls(node: Syntax, env: Environment): AggregateCall[] | undefined {
  if (kindOf(node) !== 'FunctionCallExpression' || !env.globals.IsAggregateFunction(node.ReferencedSymbol))
    return undefined;
  if (node.ResultType?.Columns === undefined) return [aggregateCall(node, env)];
  const name = String(node.Name.SimpleName);
  const row = severalColumns[name] ?? unsupported(node, `the aggregate ${name} with several columns`);
  return row(node, columnsOf(node), env).map((args) =>
    checked(node, { name: row === extremes ? name : 'take_any', args, type: args.at(-1)!.type, span: spanOf(node) }),
  );
}

type SeveralColumns = (node: Syntax, columns: Schema, env: Environment) => Scalar[][];

/** `arg_max(by, a, b)`: [by, by], [by, a], [by, b]; `*` stands for every other column. */
const extremes: SeveralColumns = (node, columns, env) => {
  const [by, ...items] = listOf(node.ArgumentList.Expressions);
  const value = env.scalar(by, env);
  const rest = items.some((item) => kindOf(item) === 'StarExpression')
    ? columns.slice(1).map(({ name, type }) => column(name, type))
    : items.map((item) => env.scalar(item, env));
  return [[value, value], ...rest.map((item) => [value, item])];
};

const severalColumns: Readonly<Record<string, SeveralColumns>> = {
  arg_max: extremes,
  arg_min: extremes,
};

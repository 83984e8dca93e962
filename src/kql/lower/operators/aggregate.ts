import { columnsOf, kindOf, listOf, type Syntax, spanOf, unsupported } from '../../parse/index.ts';
import { type AggregateCall, column, type Named, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import { checked } from '../aggregate-call.ts';
import type { Environment } from '../environment.ts';
import { bestRows } from './best-rows.ts';
import { Collector } from './collector.ts';
import { columnCalls } from './column-calls.ts';
import { named } from './operator.ts';
import { select } from './project.ts';
import { type Cell, lowerCells, projectCells } from './tuple.ts';

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
  if (schema.length === 0) return unsupported(node, 'summarize of nothing');
  const by = listOf(node.ByClause?.Expressions).map((item, i) => ({
    name: schema[i]!.name,
    value: env.scalar(named(item).expression, env),
  }));
  const keys = new Set(by.map(({ value }) => (value.kind === 'column' ? value.name : undefined)));
  const ungrouped = input.schema.filter(({ name }) => !keys.has(name));
  const rest = schema.slice(by.length);
  const expressions = listOf(node.Aggregates);
  const collector = new Collector(new Set(schema.map(({ name }) => name)));
  const outputs: Named<Scalar>[] = [];
  const tuples = new Map<number, Cell>();
  for (const item of expressions) {
    const expression = named(item).expression;
    const given = kindOf(item) === 'CompoundNamedExpression' ? item.Expression : expression;
    const calls = columnCalls(given, ungrouped, env);
    if (calls !== undefined) {
      for (const value of calls) collector.put(nameOf(item, rest[outputs.length]), value, outputs);
      continue;
    }
    for (const cell of lowerCells(item, { ...env, aggregates: (call) => collector.hidden(call) })) {
      const name = nameOf(item, rest[outputs.length]);
      if ('tuple' in cell) tuples.set(outputs.length, cell);
      outputs.push({ name, value: 'tuple' in cell ? cell.tuple : cell.scalar });
    }
  }
  const aggregates = collector.aggregates;
  if (by.length + aggregates.length === 0) return unsupported(node, 'summarize without an aggregate');
  const best = bestRows(input, by, aggregates, outputs, schema);
  if (best !== undefined) return best;
  const grouped = collector.grouped(input, by);
  if (outputs.every(({ name, value }) => value.kind === 'column' && value.name === name))
    return select(grouped, schema);
  const groups = by.map(({ name, value }) => ({ scalar: column(name, value.type) }));
  const cells = outputs.map(({ value }, i) => tuples.get(i) ?? { scalar: value });
  return projectCells(node, grouped, schema, [...groups, ...cells]);
}

/** The binder has no column for an expression whose name is empty. */
const nameOf = (item: Syntax, found: Schema[number] | undefined): string =>
  found?.name ?? unsupported(item, 'a column without a name');

import type { Column } from '../../../values/index.ts';
import { columnsOf, invalid, kindOf, listOf, type Syntax } from '../../parse/index.ts';
import {
  type AggregateCall,
  column,
  literal,
  type Named,
  type Plan,
  type PlanOf,
  type Scalar,
  type Schema,
  type SortKey,
} from '../../plan/index.ts';
import { convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { Collector } from './collector.ts';
import { named } from './operator.ts';
import { rowCount, sortDirection } from './sort.ts';

/** One clause: the best values of a key within each value of the clauses before it. */
interface Level {
  readonly node: Syntax;
  /** The key, computed for each row under a name of its own. */
  readonly key: Column;
  readonly aggregates: readonly Named<AggregateCall>[];
  /** What the aggregates come to. */
  readonly score: Scalar;
  readonly order: Omit<SortKey, 'value'>;
  /** How many values are the best; undefined: all. */
  readonly count: number | undefined;
  /** What the row of all other values shows as its key; undefined: there is no such row. */
  readonly others: Scalar | undefined;
  readonly keyName: string;
  readonly scoreName: string;
}

/** `top-nested`: https://learn.microsoft.com/kusto/query/top-nested-operator. A level is grouped, its best kept, the rest let go. */
export function lowerTopNested(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const clauses = listOf(node.Clauses);
  const taken = new Set([...input.schema, ...schema].map(({ name }) => name));
  const keys = clauses.map((clause, i) => {
    const value = env.scalar(named(clause.OfExpression).expression, env);
    return { name: fresh(`$key_${i + 1}`, taken), value };
  });
  const levels = clauses.map((clause, i) => lowerClause(clause, i, keys[i]!, schema, taken, env));
  return nest(levels, once(withKeys(input, keys), env), schema, env);
}

/** A plan that is computed once, however often it is read. */
function once(input: Plan, env: Environment): Plan {
  env.notes.shared += 1;
  return { kind: 'shared', name: `shared_${env.notes.shared}`, input, schema: input.schema };
}

function fresh(base: string, taken: Set<string>): string {
  let name = base;
  while (taken.has(name)) name = `$${name}`;
  taken.add(name);
  return name;
}

function withKeys(input: Plan, keys: readonly Named<Scalar>[]): Plan {
  const own = input.schema.map(({ name, type }) => ({ name, value: column(name, type) }));
  const schema = [...input.schema, ...keys.map(({ name, value }) => ({ name, type: value.type }))];
  return { kind: 'project', input, columns: [...own, ...keys], schema };
}

function lowerClause(
  node: Syntax,
  index: number,
  key: Named<Scalar>,
  schema: Schema,
  taken: Set<string>,
  env: Environment,
): Level {
  const [keyColumn, scoreColumn] = [schema[2 * index]!, schema[2 * index + 1]!];
  const by = node.ByExpression;
  const ordered = kindOf(by) === 'OrderedExpression';
  const collector = new Collector(taken);
  const score = env.scalar(named(ordered ? by.Expression : by).expression, {
    ...env,
    aggregates: (call) => collector.hidden(call),
  });
  const others = node.WithOthersClause?.Expression;
  return {
    node,
    key: { name: key.name, type: key.value.type },
    aggregates: collector.aggregates,
    score,
    order: sortDirection(ordered ? by.Ordering : undefined),
    count: node.Expression ? rowCount(node.Expression, env) : undefined,
    others: others ? othersKey(others, keyColumn.type, env) : undefined,
    keyName: keyColumn.name,
    scoreName: scoreColumn.name,
  };
}

function othersKey(node: Syntax, type: Column['type'], env: Environment): Scalar {
  const key = convert(node, env.scalar(node, env), type);
  return key.kind === 'literal' ? key : invalid(node, 'others', 'it must be a constant');
}

/** The rows of the last level, and for each level with others the rows of what it let go. */
function nest(levels: readonly Level[], source: Plan, schema: Schema, env: Environment): Plan {
  const results: Plan[] = [];
  let rows = source;
  let tops: Plan | undefined;
  levels.forEach((level, i) => {
    const path = levels.slice(0, i).map(({ key }) => key);
    // of equal scores those that are the best here must be the best everywhere
    const best = once(bestOf(level, path, rows), env);
    const joined = [...path, level.key];
    if (level.others !== undefined)
      results.push(othersOf(levels, i, path, joinOn('leftanti', rows, best, joined, level), tops, schema));
    tops = tops === undefined ? best : joinOn('inner', tops, best, path, level);
    rows = joinOn('leftsemi', rows, best, joined, level);
  });
  const last = project(
    tops!,
    levels.flatMap((level) => shown(level)),
    schema,
  );
  return results.length === 0 ? last : { kind: 'union', inputs: [last, ...results], schema };
}

/** The best values of a level within each path, with their score under its output's name. */
function bestOf(level: Level, path: readonly Column[], rows: Plan): Plan {
  const keys = [...path, level.key].map(({ name, type }) => ({ name, value: column(name, type) }));
  const scored = scoredBy(rows, keys, [level]);
  if (level.count === undefined) return scored;
  const best = { value: column(level.scoreName, level.score.type), ...level.order };
  const within = path.map(({ name, type }) => column(name, type));
  return { kind: 'unique', input: scored, keys: within, best, count: level.count, schema: scored.schema };
}

/** Groups of rows with the scores of some levels. */
function scoredBy(rows: Plan, keys: readonly Named<Scalar>[], levels: readonly Level[]): Plan {
  const collector = new Collector(new Set());
  collector.aggregates.push(...levels.flatMap(({ aggregates }) => aggregates));
  const scores = levels.map(({ scoreName, score }) => ({ name: scoreName, value: score }));
  const kept = keys.map(({ name, value }) => ({ name, value: column(name, value.type) }));
  const columns = [...kept, ...scores];
  return project(
    collector.grouped(rows, keys),
    columns,
    columns.map(({ name, value }) => ({ name, type: value.type })),
  );
}

/**
 * What a level let go, one row for each path and none where nothing was. It is not taken apart further: a level below
 * shows its own `others` over the same rows, or nothing.
 */
function othersOf(
  levels: readonly Level[],
  index: number,
  path: readonly Column[],
  rest: Plan,
  tops: Plan | undefined,
  schema: Schema,
): Plan {
  const rated = levels.filter(({ others }, i) => i >= index && others !== undefined);
  const keys = path.map(({ name, type }) => ({ name, value: column(name, type) }));
  // without a key there would be a row of no rows
  const scored = scoredBy(rest, keys.length > 0 ? keys : [{ name: '$all', value: literal('bool', true) }], rated);
  const joined = tops === undefined ? scored : joinOn('inner', tops, scored, path, levels[index]!);
  const columns = levels.flatMap((level, i) => {
    if (i < index) return shown(level);
    return level.others === undefined
      ? [
          { name: level.keyName, value: nothing(level.key.type) },
          { name: level.scoreName, value: nothing(level.score.type) },
        ]
      : shown(level, level.others);
  });
  return project(joined, columns, schema);
}

const nothing = (type: Column['type']): Scalar => literal(type, type === 'string' ? '' : null);

/** The two columns of a level. */
const shown = (level: Level, key: Scalar = column(level.key.name, level.key.type)): Named<Scalar>[] => [
  { name: level.keyName, value: key },
  { name: level.scoreName, value: column(level.scoreName, level.score.type) },
];

const project = (input: Plan, columns: readonly Named<Scalar>[], schema: Schema): Plan => ({
  kind: 'project',
  input,
  columns,
  schema,
});

/** Rows of the left whose keys are those of the right, with the right's columns beside them in an inner join. */
function joinOn(
  joinKind: 'inner' | 'leftsemi' | 'leftanti',
  left: Plan,
  right: Plan,
  keys: readonly Column[],
  { node }: Level,
): Plan {
  // through its text, which tells null from every value: joins do not match nulls
  const on = keys.map(({ name, type }) => {
    const key = convert(node, column(name, type), 'string');
    return { left: key, right: key };
  });
  const side = (plan: Plan, from: 'left' | 'right', skip: ReadonlySet<string>) =>
    plan.schema.filter(({ name }) => !skip.has(name)).map((item) => ({ from, item }));
  const leftNames = new Set(left.schema.map(({ name }) => name));
  const both = [...side(left, 'left', new Set()), ...(joinKind === 'inner' ? side(right, 'right', leftNames) : [])];
  return {
    kind: 'join',
    joinKind,
    left,
    right,
    on,
    output: both.map(({ from, item }) => ({ side: from, column: item.name, name: item.name })),
    schema: both.map(({ item }) => item),
  } satisfies PlanOf<'join'>;
}

import { columnsOf, kindOf, listOf, type Syntax, typeOf, unsupported } from '../../parse/index.ts';
import { column, countColumns, type Plan, replaceColumns, type Scalar, type Schema } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { asking, listedSources, nameOf, numbered, type Source } from '../sources.ts';
import { parameterOf } from './operator.ts';
import { nothing, unionOf } from './union.ts';

/** `search`: https://learn.microsoft.com/kusto/query/search-operator. The binder picks the columns of the result. */
export function lowerSearch(node: Syntax, input: Plan | undefined, env: Environment): Plan {
  const kind = parameterOf(node, 'kind') ?? 'default';
  const inside: Environment = { ...env, caseSensitive: kind === 'case_sensitive' };
  const schema = columnsOf(node);
  const found = filtered(node.Condition, sourcesFor(node, input, env), inside);
  return unionOf(node, found, schema, schema[0]!.name, true);
}

/** `find`: https://learn.microsoft.com/kusto/query/find-operator. Columns that do not stand for themselves are packed. */
export function lowerFind(node: Syntax, input: Plan | undefined, env: Environment): Plan {
  if (node.ProjectAway) return unsupported(node.ProjectAway, 'find … project-away');
  const schema = columnsOf(node);
  const found = filtered(node.Condition, sourcesFor(node, input, env), env);
  if (node.Project && !isSmart(node.Project)) return projected(node, found, schema);
  const last = schema.at(-1)!;
  if (last.name !== 'pack_' || last.type !== 'dynamic') return unionOf(node, found, schema, schema[0]!.name, true);
  const packed = found.map(({ name, plan }) => ({ name, plan: withPack(node, plan, schema) }));
  return unionOf(node, packed, schema, schema[0]!.name, true);
}

const isSmart = (clause: Syntax): boolean => String(clause.GetFirstToken().Text) === 'project-smart';

const sourcesFor = (node: Syntax, input: Plan | undefined, env: Environment): Source[] =>
  input === undefined
    ? listedSources(node.InClause, node, env)
    : [{ name: nameOf(node.Parent.Expression, env) ?? numbered(0, asking(node)), plan: input }];

/** The rows of each source that fit. A source that has none of the columns in the predicate is left out. */
function filtered(condition: Syntax, sources: readonly Source[], env: Environment): Source[] {
  if (kindOf(condition) === 'StarExpression') return [...sources];
  return sources.flatMap(({ name, plan }) => {
    requireConditions(condition, { ...env, row: plan.schema });
    const predicate = env.scalar(condition, { ...env, row: plan.schema });
    const own = ownColumns(condition, predicate, plan.schema);
    if (own === undefined) return [];
    return [{ name, plan: { kind: 'filter', input: plan, predicate: own, schema: plan.schema } as const }];
  });
}

/** Refuses the name of a text where a term or a condition must stand: the binder takes it for a bool. */
function requireConditions(node: Syntax, env: Environment): void {
  const kind = kindOf(node);
  if (kind === 'ParenthesizedExpression') requireConditions(node.Expression, env);
  if (kind === 'AndExpression' || kind === 'OrExpression') {
    requireConditions(node.Left, env);
    requireConditions(node.Right, env);
  }
  if (kind === 'NameReference' && env.scalar(node, env).type !== 'bool')
    unsupported(node, 'a search for what is neither a text nor a condition');
}

/** The predicate over a table's own columns, those that it lacks empty; undefined where it has none of them. */
function ownColumns(condition: Syntax, predicate: Scalar, schema: Schema): Scalar | undefined {
  const uses = new Map<string, number>();
  countColumns(predicate, uses);
  const types = new Map(schema.map(({ name, type }) => [name, type]));
  const lacking = [...uses.keys()].filter((name) => !types.has(name));
  if (uses.size > 0 && lacking.length === uses.size) return undefined;
  const named = namesIn(condition);
  for (const [name, reference] of named) {
    if (types.has(name) && types.get(name) !== typeOf(reference))
      return unsupported(reference, `the column ${name}, whose type is not the same in all tables`);
  }
  return replaceColumns(predicate, new Map(lacking.map((name) => [name, nothing(typeOf(named.get(name)!))])));
}

/** The columns that a predicate names, each with a place where it does. */
function namesIn(node: Syntax, into = new Map<string, Syntax>()): Map<string, Syntax> {
  if (kindOf(node) === 'NameReference' && node.ResultType?.Name !== undefined) into.set(String(node.SimpleName), node);
  for (let i = 0; i < node.ChildCount; i++) {
    const child = node.GetChild(i);
    if (child) namesIn(child, into);
  }
  return into;
}

/** A table with its columns that are not in the result as one bag. */
function withPack(node: Syntax, plan: Plan, schema: Schema): Plan {
  const shown = new Set(schema.map(({ name }) => name));
  const isShown = ({ name, type }: Schema[number]): boolean => shown.has(name) || shown.has(`${name}_${type}`);
  const packed = plan.schema.filter((item) => !isShown(item));
  const kept = plan.schema.filter(isShown).map(({ name, type }) => ({ name, value: column(name, type) }));
  const pairs = packed.flatMap(({ name, type }): Scalar[] => [
    { kind: 'literal', type: 'string', value: name },
    column(name, type),
  ]);
  const bag = apply(node, 'bag_pack', 'dynamic', pairs);
  const columns = [...kept, { name: 'pack_', value: bag }];
  return {
    kind: 'project',
    input: plan,
    columns,
    schema: columns.map(({ name, value }) => ({ name, type: value.type })),
  };
}

/** `find … project A, B:string`: columns that a table lacks are empty, those with a type are cast. */
function projected(node: Syntax, found: readonly Source[], schema: Schema): Plan {
  const items = listOf(node.Project.Columns);
  const pack = items.find((item) => kindOf(item) === 'PackExpression');
  if (pack !== undefined) return unsupported(pack, 'find … project pack(*)');
  const typed = new Set(
    items.filter((item) => kindOf(item) === 'TypedColumnReference').map((item) => String(item.Column.SimpleName)),
  );
  const sources = found.map(({ name, plan }): Source => {
    const own = schema.slice(1).filter((item) => plan.schema.some((candidate) => candidate.name === item.name));
    if (own.length === 0) return { name, plan };
    const columns = own.map(({ name: target, type }) => {
      const from = plan.schema.find((candidate) => candidate.name === target)!;
      if (from.type !== type && !typed.has(target))
        return unsupported(node, `the column ${target} without a type here`);
      return { name: target, value: convert(node, column(target, from.type), type) };
    });
    return { name, plan: { kind: 'project', input: plan, columns, schema: own } };
  });
  return unionOf(node, sources, schema, schema[0]!.name, true);
}

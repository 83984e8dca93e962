import { MailhuntError } from '../../../errors/index.ts';
import { kindOf, knownColumnsOf, listOf, type Syntax, spanOf, symbolKind, unsupported } from '../../parse/index.ts';
import { column, literal, type Named, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { isWildcard, nameOf, numbered, type Source, sourcesOf } from '../sources.ts';
import { parameterOf } from './operator.ts';

/** `union`: outer by default (all columns, null where an input has none), `kind=inner` the common ones, `withsource`. */
export function lowerUnion(node: Syntax, input: Plan | undefined, env: Environment): Plan {
  const piped = input === undefined ? [] : [{ name: nameOf(node.Parent.Expression, env) ?? numbered(0), plan: input }];
  const sources = [...piped, ...sourcesOf(listOf(node.Expressions), piped.length, env)];
  const named = listOf(node.Parameters).find((item) => /^with_?source$/i.test(String(item.Name.SimpleName)));
  const sourceColumn = named === undefined ? undefined : String(named.Expression.SimpleName ?? named.Expression).trim();
  const isInner = parameterOf(node, 'kind') === 'inner';
  const believed = knownColumnsOf(node);
  const known = isInner ? believed : withSplits(node, believed, sources);
  const schema = isInner ? commonColumns(believed, sources, sourceColumn) : allColumns(node, known, sources);
  if (schema.length !== believed.length) {
    checkSteps(node);
    checkNames(node, believed, schema);
  }
  if (schema.length === 0) return unsupported(node, 'union kind=inner of tables without a common column');
  return unionOf(node, sources, schema, sourceColumn, isInner);
}

/** Sources under one schema, each column where the binder puts it; `sourceColumn` holds the source's name. */
export function unionOf(
  node: Syntax,
  sources: readonly Source[],
  schema: Schema,
  sourceColumn: string | undefined,
  isPart: boolean,
): Plan {
  if (schema.filter(({ name }) => name === sourceColumn).length > 1)
    return unsupported(node, `the name ${sourceColumn} for the source beside a column that is called so`);
  const targets = targetsOf(node, sources, schema, isPart);
  const inputs = sources.map(({ name: source, plan }): Plan => {
    const own = new Map(plan.schema.map((item) => [targets.get(keyOf(item)), item.name]));
    const columns = schema.map(({ name, type }): Named<Scalar> => {
      if (name === sourceColumn) return { name, value: literal('string', source) };
      const from = own.get(name);
      return { name, value: from === undefined ? nothing(type) : column(from, type) };
    });
    return { kind: 'project', input: plan, columns, schema };
  });
  return { kind: 'union', inputs, schema };
}

/** What a row has in a column that its table lacks. */
export const nothing = (type: Schema[number]['type']): Scalar => literal(type, type === 'string' ? '' : null);

const keyOf = ({ name, type }: Schema[number]): string => `${type} ${name}`;

/**
 * The result's column of each source column: a name that comes with several types is split, `x_long` and `x_string`; a
 * column that is called so keeps its name, and the split one becomes `x_long1`.
 */
function targetsOf(node: Syntax, sources: readonly Source[], schema: Schema, isPart: boolean): Map<string, string> {
  const types = new Map<string, Set<string>>();
  const columns = sources.flatMap(({ plan }) => plan.schema);
  for (const { name, type } of columns) types.set(name, (types.get(name) ?? new Set()).add(type));
  const targets = new Map<string, string>();
  for (const item of columns) {
    const isSplit = types.get(item.name)!.size > 1;
    const name = isSplit ? freeName(`${item.name}_${item.type}`, types) : item.name;
    const isThere = schema.some((candidate) => candidate.name === name && candidate.type === item.type);
    if (!isThere && !isPart) return unsupported(node, `the column ${item.name} of type ${item.type} in these tables`);
    targets.set(keyOf(item), name);
  }
  if (new Set(targets.values()).size < targets.size)
    return unsupported(node, 'these tables: a column has the name that another gets for its type');
  return targets;
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  for (let n = 1; taken.has(free); n++) free = `${name}${n}`;
  return free;
}

/** Operators that read columns of their choice, so that the binder's belief in more of them does no harm. */
const choosing = new Set(['ProjectOperator', 'SummarizeOperator', 'CountOperator']);

/** Operators that hand on what comes, whatever the binder believes. */
const handing = new Set([
  'FilterOperator',
  'SortOperator',
  'TopOperator',
  'TakeOperator',
  'AsOperator',
  'RenderOperator',
]);

/** The columns that all sources have, by name and type. The binder knows no `kind=inner`. */
function commonColumns(believed: Schema, sources: readonly Source[], sourceColumn: string | undefined): Schema {
  const keys = sources.map(({ plan }) => new Set(plan.schema.map(keyOf)));
  return believed.filter((item) => item.name === sourceColumn || keys.every((own) => own.has(keyOf(item))));
}

/** All columns: the binder sees none of a view that a wildcard finds alone. */
function allColumns(node: Syntax, believed: Schema, sources: readonly Source[]): Schema {
  if (!listOf(node.Expressions).some(isWildcard)) return believed;
  const known = new Map(believed.map((item) => [item.name, item]));
  for (const item of sources.flatMap(({ plan }) => plan.schema)) {
    const isSplit = known.has(`${item.name}_${item.type}`);
    if (!known.has(item.name) && !isSplit) known.set(item.name, item);
  }
  return [...known.values()];
}

/**
 * The columns that the binder believes in, split where it overlooked it: it tells types apart in the first two tables
 * that have a column, Kusto in all of them.
 */
function withSplits(node: Syntax, believed: Schema, sources: readonly Source[]): Schema {
  const names = new Set(believed.map(({ name }) => name));
  const all = sources.flatMap(({ plan }) => plan.schema);
  return believed.flatMap((item) => {
    const types = new Set(all.filter(({ name }) => name === item.name).map(({ type }) => type));
    const split = [...types].map((type) => ({ name: `${item.name}_${type}`, type }));
    if (split.length < 2 || split.some(({ name }) => names.has(name))) return [item];
    checkUnread(node, item.name);
    return split;
  });
}

/** Refuses a union whose column is none where what follows could read it: the binder takes it for one. */
function checkUnread(node: Syntax, lost: string): void {
  let at = node;
  while (kindOf(at.Parent) === 'PipeExpression') {
    const step = String(at.Parent.Operator);
    if (at.Parent.Operator !== at && [lost, '*'].some((text) => step.includes(text)))
      unsupported(node, `the column ${lost} of several types before operators that may read it`);
    at = at.Parent;
  }
  if (kindOf(at.Parent) !== 'ExpressionStatement')
    unsupported(node, `the column ${lost} of several types in a union that other parts of the query read`);
}

/** Refuses what follows a union whose columns are not those that the binder believes in, where that would show. */
function checkSteps(node: Syntax): void {
  const next = stepsAfter(node)
    .map(kindOf)
    .find((kind) => !handing.has(kind));
  if (next !== undefined && !choosing.has(next))
    unsupported(node, 'a union of these columns before operators that hand them on');
}

/** Refuses a column that the binder believes in and the union has not, where what follows reads it (KQL0001). */
function checkNames(node: Syntax, believed: Schema, schema: Schema): void {
  const there = new Set(schema.map(({ name }) => name));
  const gone = new Set(believed.map(({ name }) => name).filter((name) => !there.has(name)));
  const steps = stepsAfter(node);
  const last = steps.findIndex((step) => choosing.has(kindOf(step)));
  for (const step of last < 0 ? steps : steps.slice(0, last + 1)) {
    const named = namesIn(step).find((name) => gone.has(String(name.SimpleName)));
    if (named === undefined) continue;
    const text = `The name '${named.SimpleName}' does not refer to any column that all tables of this union have.`;
    throw new MailhuntError('KQL0001', { text }, { span: spanOf(named) });
  }
}

function namesIn(node: Syntax): Syntax[] {
  if (kindOf(node) === 'NameReference') return symbolKind(node) === 'Column' ? [node] : [];
  const children = Array.from({ length: node.ChildCount ?? 0 }, (_, i) => node.GetChild(i));
  return children.filter(Boolean).flatMap(namesIn);
}

/** The operators that follow one in its pipe. */
function stepsAfter(node: Syntax): Syntax[] {
  const steps: Syntax[] = [];
  let at = node;
  while (kindOf(at.Parent) === 'PipeExpression') {
    if (at.Parent.Operator !== at) steps.push(at.Parent.Operator);
    at = at.Parent;
  }
  return steps;
}

import type { KqlType } from '../../../values/index.ts';
import { columnsOf, invalid, listOf, type Syntax, typeOf, unsupported } from '../../parse/index.ts';
import { column, literal, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
import { declaredTypeOf } from '../declared-type.ts';
import type { Environment } from '../environment.ts';
import { named, parameterOf } from './operator.ts';
import { ownName } from './own-name.ts';
import { select } from './project.ts';

/** Rows that the old spelling `mvexpand` makes of one row at most. */
const OLD_LIMIT = 128n;

/** `mv-expand`: https://learn.microsoft.com/kusto/query/mv-expand-operator. The binder names what has no name. */
export function lowerExpand(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const kind = parameterOf(node, 'kind') ?? parameterOf(node, 'bagexpansion') ?? 'bag';
  if (kind !== 'bag' && kind !== 'array') return unsupported(node, `mv-expand kind=${kind}`);
  const expanded = expansion(node, input, kind === 'array', env);
  const types = new Map(expanded.schema.map(({ name, type }) => [name, type]));
  const other = schema.find(({ name, type }) => types.get(name) !== type);
  if (other !== undefined || schema.length !== types.size)
    return unsupported(node, 'mv-expand of an expression that needs a name here');
  return select(expanded, schema);
}

/** The rows that `mv-expand` and `mv-apply` make of an input's: its columns, then those that the elements add. */
export function expansion(node: Syntax, input: Plan, pairs: boolean, env: Environment): Plan {
  if (input.schema.some(({ name }) => name.startsWith('~')))
    return unsupported(node, 'the expansion of rows with a column whose name begins with ~');
  const items = lowerItems(node, env);
  const index = indexName(node);
  const added = [...items.map(({ name }) => name), ...(index === undefined ? [] : [index])];
  if (new Set(added).size < added.length) return unsupported(node, 'the expansion of the same column twice');
  const expanded = schemaOf(input.schema, [
    ...items.map(({ name }): Schema[number] => ({ name, type: 'dynamic' })),
    ...(index === undefined ? [] : [{ name: index, type: 'long' } as const]),
  ]);
  const plan: Plan = {
    kind: 'expand',
    input,
    items: items.map(({ name, value }) => ({ name, value })),
    pairs,
    index,
    limit: limitOf(node, env),
    schema: expanded,
  };
  const types = new Map(items.map(({ name, type }) => [name, type]));
  const schema = expanded.map(({ name, type }) => ({ name, type: types.get(name) ?? type }));
  const columns = expanded.map(({ name, type }, i) => ({
    name,
    value: typed(node, column(name, type), schema[i]!.type),
  }));
  return { kind: 'project', input: plan, columns, schema };
}

/** The rows of an input of which `mv-apply` makes any, as they are. */
export function withElements(node: Syntax, input: Plan, env: Environment): Plan {
  const items = lowerItems(node, env).map(({ value }, i) => ({ name: `$element_${i}`, value }));
  const limit = limitOf(node, env) === 0n ? 0n : 1n;
  return { kind: 'expand', input, items, pairs: false, index: undefined, limit, schema: input.schema };
}

/** One expression that is expanded, and the type that its elements are cast to. */
interface Item {
  readonly name: string;
  readonly value: Scalar;
  readonly type: KqlType;
}

function lowerItems(node: Syntax, env: Environment): Item[] {
  let unnamed = 0;
  return listOf(node.Expressions).map((item) => {
    const { name, expression } = named(item.Expression);
    if (typeOf(expression) !== 'dynamic') return unsupported(expression, `the expansion of a ${typeOf(expression)}`);
    const target = name ?? ownName(expression) ?? `Column${++unnamed}`;
    const type = item.ToTypeOf ? declaredTypeOf(listOf(item.ToTypeOf.TypeOf.Types)[0]) : 'dynamic';
    return { name: target, value: env.scalar(expression, env), type };
  });
}

function indexName(node: Syntax): string | undefined {
  const index = listOf(node.Parameters).find((item) => /^with_?itemindex$/i.test(String(item.Name.SimpleName)));
  return index === undefined ? undefined : String(index.Expression.SimpleName ?? index.Expression).trim();
}

/** Columns with others added; one of the same name takes the place of the first. */
function schemaOf(columns: Schema, added: Schema): Schema {
  const byName = new Map([...columns, ...added].map((item) => [item.name, item]));
  return [...byName.values()];
}

function limitOf(node: Syntax, env: Environment): bigint | undefined {
  const clause = node.RowLimitClause;
  if (!clause) return String(node.MvExpandKeyword?.Text) === 'mvexpand' ? OLD_LIMIT : undefined;
  const limit = convert(clause, env.scalar(clause.RowLimit, env), 'long');
  if (limit.kind !== 'literal' || typeof limit.value !== 'bigint' || limit.value < 0n)
    return invalid(clause, 'the limit', 'it must be a constant that is not negative');
  return limit.value;
}

/** The kinds of element that conform with a type; a dynamic holds datetimes, timespans and guids as text. */
const conforming: Readonly<Partial<Record<KqlType, readonly string[]>>> = {
  bool: ['bool'],
  int: ['long'],
  long: ['long'],
  real: ['long', 'double'],
  datetime: ['string'],
  timespan: ['string'],
  guid: ['string'],
};

/** A dynamic real without a fraction, as series functions give them. */
function isWhole(node: Syntax, element: Scalar): Scalar {
  const kind = apply(node, 'gettype', 'string', [element]);
  const isReal = apply(node, 'in', 'bool', [kind, literal('string', 'double')]);
  const rest = apply(node, '%', 'real', [convert(node, element, 'real'), literal('real', 1)]);
  return apply(node, 'and', 'bool', [isReal, apply(node, '==', 'bool', [rest, literal('real', 0)])]);
}

/** `to typeof(…)` casts and does not read texts: what does not conform is null. Everything has a text. */
function typed(node: Syntax, element: Scalar, type: KqlType): Scalar {
  if (type === element.type) return element;
  const value = convert(node, element, type);
  if (type === 'string') return value;
  const kinds = conforming[type];
  if (kinds === undefined) return unsupported(node, `the expansion to typeof(${type})`);
  const kind = apply(node, 'gettype', 'string', [element]);
  const isKind = apply(node, 'in', 'bool', [kind, ...kinds.map((word) => literal('string', word))]);
  const conforms =
    type === 'long' || type === 'int' ? apply(node, 'or', 'bool', [isKind, isWhole(node, element)]) : isKind;
  return apply(node, 'iff', type, [conforms, value, literal(type, null)]);
}

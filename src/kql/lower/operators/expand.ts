import type { KqlType } from '../../../values/index.ts';
import { columnsOf, invalid, kindOf, listOf, type Syntax, typeOf, unsupported } from '../../parse/index.ts';
import { column, literal, type Named, type Plan, type Scalar } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { named, parameterOf } from './operator.ts';

/** Rows that the old spelling `mvexpand` makes of one row at most. */
const OLD_LIMIT = 128n;

/** `mv-expand`: https://learn.microsoft.com/kusto/query/mv-expand-operator. The binder names what has no name. */
export function lowerExpand(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  if (input.schema.some(({ name }) => name.startsWith('~')))
    return unsupported(node, 'mv-expand beside a column whose name begins with ~');
  const kind = parameterOf(node, 'kind') ?? parameterOf(node, 'bagexpansion') ?? 'bag';
  if (kind !== 'bag' && kind !== 'array') return unsupported(node, `mv-expand kind=${kind}`);
  const items = listOf(node.Expressions).map((item) => lowerItem(item, env));
  if (new Set(items.map(({ name }) => name)).size < items.length)
    return unsupported(node, 'mv-expand of the same column twice');
  const index = listOf(node.Parameters).find((item) => String(item.Name.SimpleName) === 'with_itemindex');
  const expanded = new Set(items.map(({ name }) => name));
  const plan: Plan = {
    kind: 'expand',
    input,
    items: items.map(({ name, value }) => ({ name, value })),
    pairs: kind === 'array',
    index: index === undefined ? undefined : String(index.Expression).trim(),
    limit: limitOf(node, env),
    schema: schema.map(({ name, type }) => ({ name, type: expanded.has(name) ? 'dynamic' : type })),
  };
  const columns = schema.map(({ name, type }) => ({
    name,
    value: expanded.has(name) ? typed(node, column(name, 'dynamic'), type) : column(name, type),
  }));
  return { kind: 'project', input: plan, columns, schema };
}

function lowerItem(item: Syntax, env: Environment): Named<Scalar> {
  const { name, expression } = named(kindOf(item) === 'MvExpandExpression' ? item.Expression : item);
  if (typeOf(expression) !== 'dynamic') return unsupported(expression, `mv-expand of a ${typeOf(expression)}`);
  const own = kindOf(expression) === 'NameReference' ? String(expression.SimpleName) : undefined;
  const target = name ?? own;
  if (target === undefined) return unsupported(expression, 'mv-expand of an expression without a name');
  return { name: target, value: env.scalar(expression, env) };
}

function limitOf(node: Syntax, env: Environment): bigint | undefined {
  const clause = node.RowLimitClause;
  if (!clause) return String(node.MvExpandKeyword.Text) === 'mvexpand' ? OLD_LIMIT : undefined;
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

/** `to typeof(…)` casts and does not read texts: what does not conform is null. Everything has a text. */
function typed(node: Syntax, element: Scalar, type: KqlType): Scalar {
  if (type === 'dynamic') return element;
  const value = convert(node, element, type);
  if (type === 'string') return value;
  const kinds = conforming[type];
  if (kinds === undefined) return unsupported(node, `mv-expand to typeof(${type})`);
  const kind = apply(node, 'gettype', 'string', [element]);
  const conforms = apply(node, 'in', 'bool', [kind, ...kinds.map((word) => literal('string', word))]);
  return apply(node, 'iff', type, [conforms, value, literal(type, null)]);
}

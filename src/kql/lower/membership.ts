import { kindOf, listOf, type Syntax, spanOf, unsupported } from '../parse/index.ts';
import { column, literal, type Plan, type Scalar } from '../plan/index.ts';
import { lowerAnyColumn, sensitive } from './any-column.ts';
import { apply } from './apply.ts';
import type { Environment } from './environment.ts';

/** `in`, `has_any`, `has_all` and their kin: of listed values, of an array, or of the first column of a table. */
export function lowerMembership(node: Syntax, env: Environment): Scalar {
  const name = sensitive(String(node.Operator.Text).trim().toLowerCase(), env);
  const items = listOf(node.Right.Expressions);
  const listed = (): Scalar[] => items.map((item) => env.scalar(item, env));
  if (kindOf(node.Left) === 'StarExpression') return lowerAnyColumn(node, name, listed(), env);
  const value = env.scalar(node.Left, env);
  const isTable = items.length === 1 && items[0].ResultType?.Columns !== undefined;
  if (!isTable) return apply(node, name, 'bool', [value, ...listed()]);
  const plan = env.table(items[0], env);
  if (!/^!?in~?$/.test(name)) return apply(node, name, 'bool', [value, valuesOf(node, plan)]);
  const isText = value.type === 'dynamic' && plan.schema[0]?.type === 'string';
  const sought = isText ? apply(node, 'tostring', 'string', [value]) : value;
  return {
    kind: 'membership',
    value: sought,
    plan: comparable(node, name, sought, plan),
    negated: name.startsWith('!'),
    caseless: name.endsWith('~'),
    type: 'bool',
  };
}

const numbers: ReadonlySet<unknown> = new Set(['int', 'long', 'real']);

/** The table with a first column that the value can be compared with; arrays stand for their elements. */
function comparable(node: Syntax, name: string, value: Scalar, plan: Plan): Plan {
  const type = plan.schema[0]?.type;
  if (type === value.type || (numbers.has(type) && numbers.has(value.type))) return plan;
  if (type === 'dynamic' && value.type === 'string') return textsWithin(node, plan);
  return unsupported(node, `${name} of ${value.type} over a table of ${type}`);
}

/** The texts among the elements of a table's first column; those of an array within an array too. */
function textsWithin(node: Syntax, plan: Plan): Plan {
  const first = column(plan.schema[0]!.name, 'dynamic');
  const schema = [{ name: first.name, type: 'dynamic' as const }];
  const own: Plan = { kind: 'project', input: plan, columns: [{ name: first.name, value: first }], schema };
  const expand = (input: Plan): Plan => ({
    kind: 'expand',
    input,
    items: [{ name: first.name, value: first }],
    pairs: false,
    index: undefined,
    limit: undefined,
    schema,
  });
  const kind = apply(node, 'gettype', 'string', [first]);
  const predicate = apply(node, '==', 'bool', [kind, literal('string', 'string')]);
  const texts: Plan = { kind: 'filter', input: expand(expand(own)), predicate, schema };
  const value = apply(node, 'tostring', 'string', [first]);
  const columns = [{ name: first.name, value }];
  return { kind: 'project', input: texts, columns, schema: [{ name: first.name, type: 'string' }] };
}

/** The first column of a table as one array. */
function valuesOf(node: Syntax, plan: Plan): Scalar {
  const [first] = plan.schema;
  const list = {
    name: 'make_list',
    args: [column(first!.name, first!.type)],
    type: 'dynamic' as const,
    span: spanOf(node),
  };
  const schema = [{ name: 'list', type: 'dynamic' as const }];
  return {
    kind: 'subquery',
    plan: { kind: 'aggregate', input: plan, by: [], aggregates: [{ name: 'list', value: list }], schema },
    type: 'dynamic',
  };
}

import { columnsOf, invalid, kindOf, type Syntax, unsupported } from '../../parse/index.ts';
import {
  column,
  mapChildren,
  mapScalarPlans,
  mapScalars,
  type Plan,
  type PlanOf,
  replaceColumns,
  type Scalar,
  type Schema,
} from '../../plan/index.ts';
import { apply } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { Scope } from '../scope.ts';
import { checkInner } from './inner.ts';
import { parameterOf } from './operator.ts';
import { shared } from './same.ts';

/** Values of the key that the legacy strategy, Kusto's default, takes. */
const LEGACY_LIMIT = 64;

const strategies = ['legacy', 'native', 'shuffle'];

/** `partition`: https://learn.microsoft.com/kusto/query/partition-operator. The strategies give the same rows. */
export function lowerPartition(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const strategy = parameterOf(node, 'hint.strategy') ?? 'legacy';
  if (!strategies.includes(strategy)) return invalid(node, 'hint.strategy', `it is one of ${strategies.join(', ')}`);
  if (kindOf(node.ByExpression) !== 'NameReference' || node.Scope)
    return unsupported(node, 'partition by anything but a column');
  const key = String(node.ByExpression.SimpleName);
  const type = input.schema.find(({ name }) => name === key)!.type;
  if (type === 'dynamic') return unsupported(node.ByExpression, 'partition by a dynamic column');
  env.notes.rows += 1;
  const rows = shared(input, env);
  const outer: PlanOf<'outer'> = { kind: 'outer', row: `row${env.notes.rows}`, schema: [{ name: key, type }] };
  const inner =
    kindOf(node.Operand) === 'PartitionSubquery'
      ? lowerSubquery(node, partOf(node, rows, outer), env)
      : lowerQuery(node, outer, env);
  checkInner(node, inner);
  const limit = strategy === 'legacy' ? { rows: LEGACY_LIMIT, what: `the key ${key} of partition` } : undefined;
  return { kind: 'apply', input: valuesOf(rows, outer.schema[0]!), inner, row: outer.row, limit, schema };
}

/** `partition by Key ( … )`: operators over the rows of one value. */
const lowerSubquery = (node: Syntax, part: Plan, env: Environment): Plan =>
  env.steps(node.Operand.Subquery, part, { ...env, scope: new Scope(env.scope) });

/** `partition by Key { … }`: a query of its own that may read the key. */
function lowerQuery(node: Syntax, outer: PlanOf<'outer'>, env: Environment): Plan {
  const scope = new Scope(env.scope);
  const { name, type } = outer.schema[0]!;
  const key: Scalar = { kind: 'subquery', plan: outer, type };
  scope.define(name, { kind: 'scalar', value: key });
  return withKey(env.table(node.Operand.Query, { ...env, scope }), name, key);
}

/** The binder takes the key for a column of rows that have none of that name: there it is the key at hand. */
function withKey(plan: Plan, name: string, key: Scalar): Plan {
  const inputs: Plan[] = [];
  const below = mapChildren(plan, (input) => {
    inputs.push(input);
    return withKey(input, name, key);
  });
  const inside = mapScalarPlans(below, (part) => withKey(part, name, key));
  if (inputs.some(({ schema }) => schema.some((column) => column.name === name))) return inside;
  return mapScalars(inside, (scalar) => replaceColumns(scalar, new Map([[name, key]])));
}

/** The rows that have the key at hand. A null is a value like others here, which `==` would not find. */
function partOf(node: Syntax, rows: Plan, outer: PlanOf<'outer'>): Plan {
  const { name, type } = outer.schema[0]!;
  const value = type === 'string' ? column(name, type) : apply(node, 'tostring', 'string', [column(name, type)]);
  return {
    kind: 'join',
    joinKind: 'inner',
    left: outer,
    right: rows,
    on: [{ left: value, right: value }],
    output: rows.schema.map((item) => ({ side: 'right', column: item.name, name: item.name })),
    schema: rows.schema,
  };
}

/** The values of the key, each once. */
const valuesOf = (rows: Plan, key: Schema[number]): Plan => ({
  kind: 'aggregate',
  input: rows,
  by: [{ name: key.name, value: column(key.name, key.type) }],
  aggregates: [],
  schema: [key],
});

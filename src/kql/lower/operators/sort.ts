import { invalid, kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, type Plan, type Scalar, type Schema, type SortKey } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { select } from './project.ts';

/** `sort`: descending unless told; nulls first when ascending, last when descending, unless told. */
export function lowerSort(node: Syntax, input: Plan, env: Environment): Plan {
  const keys = listOf(node.Expressions).map((item) => lowerKey(item, env));
  return { kind: 'sort', input, keys, schema: input.schema };
}

function lowerKey(node: Syntax, env: Environment): SortKey {
  const ordered = kindOf(node) === 'OrderedExpression';
  return {
    value: env.scalar(ordered ? node.Expression : node, env),
    ...sortDirection(ordered ? node.Ordering : undefined),
  };
}

/** Descending unless told; nulls first when ascending, last when descending, unless told. */
export function sortDirection(ordering: Syntax | undefined): Omit<SortKey, 'value'> {
  const descending = String(ordering?.AscOrDescKeyword?.Text ?? 'desc').toLowerCase() !== 'asc';
  const nulls = ordering?.NullsClause?.FirstOrLastKeyword?.Text;
  const nullsFirst = nulls === undefined ? !descending : String(nulls).toLowerCase() === 'first';
  return { descending, nullsFirst };
}

/** `take` and `limit`: some rows; after a sort the first. */
export function lowerTake(node: Syntax, input: Plan, env: Environment): Plan {
  return take(node.Expression, input, env);
}

/** `top`: sort, then take. */
export function lowerTop(node: Syntax, input: Plan, env: Environment): Plan {
  const key = lowerKey(node.ByExpression, env);
  // as in sort, where the binder says so
  if (key.value.type === 'dynamic') return unsupported(node.ByExpression, 'top by a dynamic value');
  const sorted: Plan = { kind: 'sort', input, keys: [key], schema: input.schema };
  return take(node.Expression, sorted, env);
}

function take(node: Syntax, input: Plan, env: Environment): Plan {
  const count = convert(node, env.scalar(node, env), 'long');
  if (count.kind === 'subquery') return computedTake(node, input, count);
  return { kind: 'take', input, count: rowCount(node, env), schema: input.schema };
}

/** `take toscalar(…)`: the rows are numbered, those up to the number stay. */
function computedTake(node: Syntax, input: Plan, count: Scalar): Plan {
  let name = '$row';
  while (input.schema.some((taken) => taken.name === name)) name = `$${name}`;
  const schema: Schema = [...input.schema, { name, type: 'long' }];
  const calls = [{ name, value: { name: 'row_number', args: [], type: 'long' as const } }];
  const predicate = apply(node, '<=', 'bool', [column(name, 'long'), count]);
  return select({ kind: 'filter', input: { kind: 'window', input, calls, schema }, predicate, schema }, input.schema);
}

/** A number of rows: a constant that is not negative. */
export function rowCount(node: Syntax, env: Environment): number {
  const value = convert(node, env.scalar(node, env), 'long');
  if (value.kind !== 'literal' || typeof value.value !== 'bigint' || value.value < 0n) {
    return invalid(node, 'the number of rows', 'it must be a constant that is not negative');
  }
  // no result has more rows than a number tells exactly
  return Math.min(Number(value.value), Number.MAX_SAFE_INTEGER);
}

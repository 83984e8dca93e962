import { kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, literal, type Named, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { inlineScalar } from '../inline.ts';

/** What one column becomes: a scalar, or a member of a tuple, which a function like `series_stats` gives as an array. */
export type Cell = { readonly scalar: Scalar } | { readonly tuple: Scalar; readonly index: number };

/** The names that an item of `extend`, `project` or `print` gives: `a = …` one, `(a, b) = …` several, else none. */
export function namesOf(item: Syntax): string[] {
  if (kindOf(item) === 'SimpleNamedExpression') return [String(item.Name.SimpleName)];
  if (kindOf(item) !== 'CompoundNamedExpression') return [];
  return listOf(item.Names.Names).map((name) => String(name.SimpleName));
}

/** The expression of an item without its names. */
export const expressionOf = (item: Syntax): Syntax =>
  kindOf(item).endsWith('NamedExpression') ? item.Expression : item;

/** The columns that an item becomes, in the binder's order. */
export function lowerCells(item: Syntax, env: Environment): Cell[] {
  const expression = expressionOf(item);
  const members = membersOf(expression);
  if (members === undefined) return [{ scalar: env.scalar(expression, env) }];
  const tuple = lowerTuple(expression, env);
  return members.map((_, index) => ({ tuple, index }));
}

const membersOf = (node: Syntax): Syntax[] | undefined =>
  node.ResultType?.Columns === undefined ? undefined : listOf(node.ResultType.Columns);

/** A call that gives a tuple, or a call of a `let` function that does. Nothing else may stand around it. */
export function lowerTuple(node: Syntax, env: Environment): Scalar {
  if (kindOf(node) === 'ParenthesizedExpression') return lowerTuple(node.Expression, env);
  if (kindOf(node) !== 'FunctionCallExpression') return unsupported(node, 'this expression of several columns');
  const name = String(node.Name.SimpleName);
  const args = listOf(node.ArgumentList.Expressions);
  const binding = env.scope.find(name);
  if (binding?.kind !== 'function')
    return apply(
      node,
      name,
      'dynamic',
      args.map((arg) => env.scalar(arg, env)),
    );
  const scalar: Environment['scalar'] = (inner, inside) =>
    membersOf(inner) === undefined
      ? env.scalar(inner, { ...inside, scalar: env.scalar })
      : lowerTuple(inner, { ...inside, scalar: env.scalar });
  return inlineScalar(node, binding, args, { ...env, scalar });
}

/** A project to columns of which some may be members of tuples: each tuple is computed once a row, its members read above. */
export function projectCells(node: Syntax, input: Plan, schema: Schema, cells: readonly Cell[]): Plan {
  // the binder has no column for an empty name
  if (cells.length !== schema.length) return unsupported(node, 'a column without a name');
  const tuples = new Map<Scalar, string>();
  for (const cell of cells)
    if ('tuple' in cell && cell.tuple.kind !== 'literal' && !tuples.has(cell.tuple))
      tuples.set(cell.tuple, freeName(schema, tuples.size));
  if (tuples.size === 0) return project(input, schema, (_, i) => cellValue(node, cells[i]!, schema[i]!.type));
  const plain = schema.filter((_, i) => 'scalar' in cells[i]!);
  const scalars = cells.flatMap((cell) => ('scalar' in cell ? [cell.scalar] : []));
  const below = [...plain, ...[...tuples.values()].map((name) => ({ name, type: 'dynamic' }) as const)];
  const computed = project(input, below, (_, i) => scalars[i] ?? [...tuples.keys()][i - plain.length]!);
  return project(computed, schema, ({ name, type }, i) => {
    const cell = cells[i]!;
    if ('scalar' in cell) return column(name, type);
    const tuple = tuples.get(cell.tuple);
    return cellValue(node, tuple === undefined ? cell : { ...cell, tuple: column(tuple, 'dynamic') }, type);
  });
}

type ValueOfColumn = (column: Schema[number], index: number) => Scalar;

function project(input: Plan, schema: Schema, value: ValueOfColumn): Plan {
  const columns: Named<Scalar>[] = schema.map((item, i) => ({ name: item.name, value: value(item, i) }));
  return { kind: 'project', input, columns, schema };
}

/** A cell as a scalar; a member is read with its type. */
function cellValue(node: Syntax, cell: Cell, type: Schema[number]['type']): Scalar {
  if ('scalar' in cell) return cell.scalar;
  const member = apply(node, '[]', 'dynamic', [cell.tuple, literal('long', BigInt(cell.index))]);
  return convert(node, member, type);
}

function freeName(schema: Schema, index: number): string {
  let name = `$tuple_${index}`;
  while (schema.some((taken) => taken.name === name)) name = `$${name}`;
  return name;
}

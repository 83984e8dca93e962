import { columnsOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, type Named, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { ownName } from './own-name.ts';
import { type Cell, lowerCells, namesOf, projectCells } from './tuple.ts';

/** `project`: https://learn.microsoft.com/kusto/query/project-operator. The binder names what has no name. */
export function lowerProject(node: Syntax, input: Plan, env: Environment): Plan {
  const inside = { ...env, row: input.schema };
  const cells = listOf(node.Expressions).flatMap((item) => lowerCells(item, inside));
  return projectCells(node, input, columnsOf(node), cells);
}

/** `extend`: columns of the same name are replaced in place, new ones come last. */
export function lowerExtend(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const before = new Set(input.schema.map(({ name }) => name));
  const fresh = schema.filter(({ name }) => !before.has(name)).map(({ name }) => name);
  const known = new Set(schema.map(({ name }) => name));
  const cells = new Map<string, Cell>();
  for (const item of listOf(node.Expressions)) {
    const names = namesOf(item);
    for (const [i, cell] of lowerCells(item, { ...env, row: input.schema }).entries()) {
      const own = ownName(item);
      const target = names[i] ?? (own !== undefined && known.has(own) ? own : fresh[0]);
      if (target === undefined || target === '') return unsupported(item, 'a column without a name');
      if (fresh[0] === target) fresh.shift();
      cells.set(target, cell);
    }
  }
  const all = schema.map(({ name, type }) => cells.get(name) ?? { scalar: column(name, type) });
  return projectCells(node, input, schema, all);
}

/** `project-away`, `project-keep`, `project-reorder`: the binder has picked the columns and their order. */
export function lowerSelect(node: Syntax, input: Plan): Plan {
  return select(input, columnsOf(node));
}

/** `project-rename`: same columns, same order, other names. */
export function lowerRename(node: Syntax, input: Plan): Plan {
  const renamed = new Map(
    listOf(node.Expressions).map((item) => [String(item.Name.SimpleName), String(item.Expression.SimpleName)]),
  );
  const schema = columnsOf(node);
  const columns = schema.map(({ name, type }) => ({ name, value: column(renamed.get(name) ?? name, type) }));
  return { kind: 'project', input, columns, schema };
}

/** The input's columns that a schema names, in its order. */
export function select(input: Plan, schema: Schema): Plan {
  const columns: Named<Scalar>[] = schema.map(({ name, type }) => ({ name, value: column(name, type) }));
  return { kind: 'project', input, columns, schema };
}

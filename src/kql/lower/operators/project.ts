import { columnsOf, kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, type Named, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { named } from './operator.ts';

/** `project`: https://learn.microsoft.com/kusto/query/project-operator. The binder names what has no name. */
export function lowerProject(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const expressions = listOf(node.Expressions);
  if (schema.length !== expressions.length) return unsupported(node, 'project of an expression with several columns');
  const columns = expressions.map((item, i) => ({
    name: schema[i]!.name,
    value: env.scalar(named(item).expression, { ...env, row: input.schema }),
  }));
  return { kind: 'project', input, columns, schema };
}

/** `extend`: columns of the same name are replaced in place, new ones come last. */
export function lowerExtend(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  const before = new Set(input.schema.map(({ name }) => name));
  const fresh = schema.filter(({ name }) => !before.has(name)).map(({ name }) => name);
  const values = new Map<string, Scalar>();
  for (const item of listOf(node.Expressions)) {
    const { name, expression } = named(item);
    const target = name ?? (kindOf(expression) === 'NameReference' ? String(expression.SimpleName) : fresh[0]);
    if (kindOf(item) === 'CompoundNamedExpression' || target === undefined)
      return unsupported(item, 'extend of several columns at once');
    if (fresh[0] === target) fresh.shift();
    values.set(target, env.scalar(expression, { ...env, row: input.schema }));
  }
  const columns = schema.map(({ name, type }) => ({ name, value: values.get(name) ?? column(name, type) }));
  return { kind: 'project', input, columns, schema };
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

import { columnsOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, literal, type Named, type Plan, type Scalar } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { parameterOf } from './operator.ts';

/** `union`: outer by default (all columns, null where an input has none), `kind=inner` the common ones, `withsource`. */
export function lowerUnion(node: Syntax, input: Plan | undefined, env: Environment): Plan {
  const schema = columnsOf(node);
  const sources = listOf(node.Expressions);
  const plans = [...(input === undefined ? [] : [input]), ...sources.map((source) => env.table(source, env))];
  const sourceColumn = listOf(node.Parameters).find((item) => /^with_?source$/i.test(String(item.Name.SimpleName)));
  if (sourceColumn !== undefined && plans.some((plan) => plan.kind !== 'scan'))
    return unsupported(sourceColumn, 'withsource over anything but tables');
  const withSource = sourceColumn === undefined ? undefined : String(sourceColumn.Expression).trim();
  const aligned = plans.map((plan): Plan => {
    const types = new Map(plan.schema.map(({ name, type }) => [name, type]));
    const columns = schema.map(({ name, type }): Named<Scalar> => {
      if (name === withSource) return { name, value: literal('string', plan.kind === 'scan' ? plan.table : '') };
      const own = types.get(name);
      if (own !== undefined && own !== type) return unsupported(node, `a union where ${name} has different types`);
      return { name, value: own === undefined ? literal(type, type === 'string' ? '' : null) : column(name, type) };
    });
    for (const own of types.keys()) {
      const kept = schema.some(({ name }) => name === own) || parameterOf(node, 'kind') === 'inner';
      if (!kept) return unsupported(node, `a union where ${own} has different types`);
    }
    return { kind: 'project', input: plan, columns, schema };
  });
  return { kind: 'union', inputs: aligned, schema };
}

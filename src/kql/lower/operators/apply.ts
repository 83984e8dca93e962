import { columnsOf, type Syntax, unsupported } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { Scope } from '../scope.ts';
import { expansion, withElements } from './expand.ts';
import { answersNothing, checkInner } from './inner.ts';

/** `mv-apply`: https://learn.microsoft.com/kusto/query/mv-apply-operator. A row whose arrays are empty gives no rows. */
export function lowerMvApply(node: Syntax, input: Plan, env: Environment): Plan {
  const schema = columnsOf(node);
  if (node.ContextIdClause) return unsupported(node.ContextIdClause, 'mv-apply … id');
  env.notes.rows += 1;
  const row = `row${env.notes.rows}`;
  const elements = expansion(node, { kind: 'outer', row, schema: input.schema }, false, env);
  const inner = env.steps(node.Subquery.Expression, elements, { ...env, scope: new Scope(env.scope) });
  checkInner(node, inner);
  const known = new Set([...input.schema, ...inner.schema].map(({ name }) => name));
  const unknown = schema.find(({ name }) => !known.has(name));
  if (unknown !== undefined) return unsupported(node, `mv-apply with the column ${unknown.name}`);
  const outer: Plan = answersNothing(inner) ? withElements(node, input, env) : input;
  return { kind: 'apply', input: outer, inner, row, limit: undefined, schema };
}

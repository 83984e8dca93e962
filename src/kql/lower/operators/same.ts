import { kindOf, listOf, type Syntax } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { parameterOf } from './operator.ts';

/** `as`: gives what comes so far a name; the rows stay, computed once where the hint says so. */
export function lowerAs(node: Syntax, input: Plan, env: Environment): Plan {
  const plan = parameterOf(node, 'hint.materialized') === 'true' ? shared(input, env) : input;
  env.scope.define(String(node.Name.SimpleName), { kind: 'table', plan });
  return plan;
}

/** A plan that several places may read and that is computed once. */
export function shared(input: Plan, env: Environment): Plan {
  env.notes.shared += 1;
  return { kind: 'shared', name: `shared_${env.notes.shared}`, input, schema: input.schema };
}

/** `consume`: reads what comes and gives nothing of it. */
export const lowerConsume = (_: Syntax, input: Plan): Plan => ({ kind: 'take', input, count: 0, schema: input.schema });

/** `render`: a note for whoever draws; the rows stay. */
export function lowerRender(node: Syntax, input: Plan, env: Environment): Plan {
  const given = [...listOf(node.Parameters), ...listOf(node.WithClause?.Properties)];
  const properties = given.map(
    (property) => [String(property.Name.SimpleName), propertyText(property.Expression)] as const,
  );
  env.notes.visualization = { kind: String(node.ChartType.Text).trim(), properties: Object.fromEntries(properties) };
  return input;
}

/** A text without its quotes, columns by their bare names, separated by commas; numbers and words as they stand. */
function propertyText(value: Syntax): string {
  const kind = kindOf(value);
  if (kind === 'NameReferenceList') return listOf(value.Names).map(propertyText).join(',');
  if (kind === 'NameReference') return String(value.SimpleName);
  return /StringLiteral/.test(kind) ? String(value.LiteralValue) : String(value).trim();
}

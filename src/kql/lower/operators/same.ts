import { kindOf, listOf, type Syntax } from '../../parse/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';

/** `as`: gives what comes so far a name; the rows stay. */
export function lowerAs(node: Syntax, input: Plan, env: Environment): Plan {
  env.scope.define(String(node.Name.SimpleName), { kind: 'table', plan: input });
  return input;
}

/** `render`: a note for whoever draws; the rows stay. */
export function lowerRender(node: Syntax, input: Plan, env: Environment): Plan {
  const given = [...listOf(node.Parameters), ...listOf(node.WithClause?.Properties)];
  const properties = given.map(
    (property) => [String(property.Name.SimpleName), propertyText(property.Expression)] as const,
  );
  env.notes.visualization = { kind: String(node.ChartType.Text).trim(), properties: Object.fromEntries(properties) };
  return input;
}

const propertyText = (value: Syntax): string =>
  /StringLiteral/.test(kindOf(value)) ? String(value.LiteralValue) : String(value).trim();

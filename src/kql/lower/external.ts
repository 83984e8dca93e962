import { columnsOf, invalid, listOf, type Syntax, unsupported } from '../parse/index.ts';
import type { Plan } from '../plan/index.ts';
import type { ExternalRequest } from '../surroundings.ts';
import type { Environment } from './environment.ts';
import { loadedPlan } from './loaded.ts';

/** `externaldata`: https://learn.microsoft.com/kusto/query/externaldata-operator. The surroundings load the rows. */
export function lowerExternal(node: Syntax, env: Environment): Plan {
  const { surroundings } = env.context;
  if (surroundings === undefined) return unsupported(node, 'externaldata');
  const schema = columnsOf(node);
  const request: ExternalRequest = {
    schema,
    sources: listOf(node.URIs).map((uri) => constantText(uri, env)),
    properties: propertiesOf(node, env),
  };
  const key = `externaldata ${JSON.stringify(request)}`;
  return loadedPlan(node, schema, { key, load: (signal) => surroundings.external(request, signal) }, env);
}

/** `with (format='csv', ignoreFirstRecord=true)`; a value may be a word without quotes. */
const propertiesOf = (node: Syntax, env: Environment): Record<string, string> =>
  Object.fromEntries(
    listOf(node.WithClause?.Properties).map((property) => [
      String(property.Name.SimpleName).toLowerCase(),
      constantText(property.Expression, env),
    ]),
  );

function constantText(node: Syntax, env: Environment): string {
  if (/^\s*\w+\s*$/.test(String(node)) && env.scope.find(String(node).trim()) === undefined) return String(node).trim();
  const value = env.scalar(node, env);
  return value.kind === 'literal' && value.value !== null
    ? String(value.value)
    : invalid(node, 'externaldata', 'what it reads must be a constant');
}

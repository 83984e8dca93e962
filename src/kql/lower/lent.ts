import type { Value } from '../../values/index.ts';
import { columnsOf, invalid, kindOf, listOf, type Syntax, spanOf, unsupported } from '../parse/index.ts';
import { column, literal, type Plan } from '../plan/index.ts';
import { warning } from '../run/warnings.ts';
import type { Enrichment } from '../surroundings.ts';
import type { Environment } from './environment.ts';
import { loadedPlan } from './loaded.ts';

/** A call of a table that the surroundings lend; undefined where the name is none of theirs. */
export function lowerLent(node: Syntax, env: Environment): Plan | undefined {
  const name = String(node.Name.SimpleName);
  const lent = env.context.surroundings?.tables.find((known) => known.name === name);
  if (lent === undefined) return undefined;
  const args = listOf(node.ArgumentList.Expressions).map((arg) => constant(arg, name, env));
  const schema = columnsOf(node);
  // the binder must have seen the same constants
  if (signature(lent.columns(args)) !== signature(schema))
    return invalid(node, name, 'its arguments must be constants that are written out');
  const key = `${name} ${JSON.stringify(args)}`;
  return loadedPlan(node, schema, { key, load: (signal) => lent.load(args, signal) }, env);
}

const signature = (schema: Plan['schema']): string => JSON.stringify(schema.map(({ name, type }) => [name, type]));

function constant(node: Syntax, what: string, env: Environment): Value {
  const value = env.scalar(node, env);
  return value.kind === 'literal' ? value.value : invalid(node, what, 'its arguments must be constants');
}

/** `invoke` of an enrichment: its columns behind those of the input, all null, with a warning; undefined for another name. */
export function lowerEnrichment(node: Syntax, input: Plan, env: Environment): Plan | undefined {
  const name = String(node.Name.SimpleName);
  const enrichment = env.context.surroundings?.enrichments.find((known) => known.name === name);
  if (enrichment === undefined) return undefined;
  const [key, limit] = listOf(node.ArgumentList.Expressions);
  requireKey(key ?? node, key === undefined ? enrichment.key : keyOf(key, env), enrichment, input);
  if (limit !== undefined) requireLimit(limit, enrichment, env);
  const text = `there is no source for ${name}: its columns are empty`;
  env.notes.warnings.push(warning('WARN0003', text, spanOf(node)));
  const taken = new Set(input.schema.map((known) => known.name));
  const added = enrichment.columns.filter((known) => !taken.has(known.name));
  return {
    kind: 'project',
    input,
    columns: [
      ...input.schema.map((known) => ({ name: known.name, value: column(known.name, known.type) })),
      ...added.map((known) => ({ name: known.name, value: literal(known.type, known.type === 'string' ? '' : null) })),
    ],
    schema: [...input.schema, ...added],
  };
}

/** The column that is to be looked up: bare, or its name as a text. */
function keyOf(node: Syntax, env: Environment): string {
  if (kindOf(node) === 'NameReference' && env.scope.find(String(node.SimpleName)) === undefined)
    return String(node.SimpleName);
  const value = env.scalar(node, env);
  return value.kind === 'literal' && typeof value.value === 'string'
    ? value.value
    : unsupported(node, 'anything but a column here');
}

function requireKey(node: Syntax, key: string, { name }: Enrichment, input: Plan): void {
  const found = input.schema.find((known) => known.name === key);
  if (found === undefined) invalid(node, name, `its input has no column ${key}`);
  else if (found.type !== 'string') invalid(node, name, `the column ${key} must be of type string`);
}

/** Published hunts ask for more records than the 1,000 that one call enriches; here it enriches none. */
function requireLimit(node: Syntax, { name }: Enrichment, env: Environment): void {
  const value = env.scalar(node, env);
  const limit = value.kind === 'literal' ? Number(value.value) : Number.NaN;
  if (!(Number.isInteger(limit) && limit >= 1))
    invalid(node, name, 'the number of records is a whole constant from 1 on');
}

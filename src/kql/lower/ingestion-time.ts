import { invalid, kindOf, type Syntax, unsupported } from '../parse/index.ts';
import { column, literal, type Plan, type Scalar, type Schema } from '../plan/index.ts';
import type { Environment } from './environment.ts';

/** The column of a table that `ingestion_time()` reads, where the catalog has it hidden; no result shows it. */
const INGESTION_TIME = '$IngestionTime~';

const added = { name: INGESTION_TIME, type: 'datetime' } as const;

/** Operators whose expressions are about one row of their input. */
const rowwise: ReadonlySet<string> = new Set([
  'ExtendOperator',
  'FilterOperator',
  'ProjectOperator',
  'SortOperator',
  'SummarizeOperator',
  'TopOperator',
]);

/**
 * Lowers an operator whose text asks for `ingestion_time()`: its input gets the column, which what comes out does not have.
 * https://learn.microsoft.com/kusto/query/ingestion-time-function
 */
export function withIngestionTime(
  step: Syntax,
  input: Plan,
  env: Environment,
  lower: (input: Plan, env: Environment) => Plan,
): Plan {
  // a step's own text is dear where it lists thousands of values
  if (!rowwise.has(kindOf(step)) || !isNamed(env) || !asking.test(String(step))) return lower(input, env);
  if (has(input.schema)) return unsupported(step, `ingestion_time() beside a column ${INGESTION_TIME}`);
  const timed = carried(input, env) ?? unknownTime(input);
  const output = lower(timed, { ...env, ingestionTime: true });
  return has(output.schema) ? picked(output, withoutIngestionTime(output.schema)) : output;
}

const asking = /\bingestion_time\b/;

/** Whether the query, or a function that it may call, asks for the time at all. */
const isNamed = ({ learned, context }: Environment): boolean =>
  asking.test(learned.text) || (context.surroundings?.functions.some(({ body }) => asking.test(body)) ?? false);

/** `ingestion_time()` itself. */
export function lowerIngestionTime(node: Syntax, env: Environment): Scalar {
  if (env.ingestionTime === true) return column(INGESTION_TIME, 'datetime');
  for (let around = node; around; around = around.Parent)
    if (kindOf(around) === 'PrintOperator') return literal('datetime', null);
  return invalid(node, 'ingestion_time()', 'it is read in where, extend, project, summarize, sort and top');
}

/** The columns of the row at hand without it. */
export const withoutIngestionTime = (row: Schema): Schema => row.filter(({ name }) => name !== INGESTION_TIME);

const has = (schema: Schema): boolean => schema.some(({ name }) => name === INGESTION_TIME);

const picked = (input: Plan, schema: Schema): Plan => ({
  kind: 'project',
  input,
  columns: schema.map(({ name, type }) => ({ name, value: column(name, type) })),
  schema,
});

/** Rows that come from no one table have no time of ingestion. */
const unknownTime = (input: Plan): Plan => ({
  kind: 'project',
  input,
  columns: [
    ...input.schema.map(({ name, type }) => ({ name, value: column(name, type) })),
    { name: INGESTION_TIME, value: literal('datetime', null) },
  ],
  schema: [...input.schema, added],
});

/** The same rows with the time at which each came into its table; undefined where they are no rows of tables. */
function carried(plan: Plan, env: Environment): Plan | undefined {
  if (has(plan.schema)) return plan;
  switch (plan.kind) {
    case 'scan':
      return hasTime(plan.table, env) ? { ...plan, schema: [...plan.schema, added] } : undefined;
    case 'filter':
    case 'sort':
    case 'take':
    case 'window':
    case 'expand': {
      const input = carried(plan.input, env);
      return input && { ...plan, input, schema: [...plan.schema, added] };
    }
    case 'project': {
      const input = carried(plan.input, env);
      const columns = [...plan.columns, { name: INGESTION_TIME, value: column(INGESTION_TIME, 'datetime') }];
      return input && { ...plan, input, columns, schema: [...plan.schema, added] };
    }
    case 'union': {
      const inputs = plan.inputs.map((input) => carried(input, env) ?? unknownTime(input));
      return { ...plan, inputs, schema: [...plan.schema, added] };
    }
    default:
      return undefined;
  }
}

const hasTime = (table: string, env: Environment): boolean =>
  env.context.catalog.tables.find(({ name }) => name === table)?.hidden?.some(({ name }) => name === INGESTION_TIME) ??
  false;

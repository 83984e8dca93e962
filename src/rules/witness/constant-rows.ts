import { evaluate, type Plan, type PlanKind, type PlanOf, type Row, valueOfHostText } from '../../kql/index.ts';

/** More rows than these are no list. */
const MOST = 10_000;

/** The rows of a plan that reads no table: lists in the text or from outside; undefined where it does, or does more than that. */
export function constantRows(
  plan: Plan,
  listOf: (rows: string) => string | undefined = () => undefined,
): Row[] | undefined {
  const rowsOf = (one: Plan): Row[] | undefined => {
    if (one.kind === 'loaded' && listOf(one.rows) !== undefined) return undefined;
    const rows = (nodes[one.kind] as ((plan: Plan, rowsOf: RowsOf) => Row[] | undefined) | undefined)?.(one, rowsOf);
    return rows !== undefined && rows.length <= MOST ? rows : undefined;
  };
  try {
    return rowsOf(plan);
  } catch {
    // a value that only the engine computes
    return undefined;
  }
}

type RowsOf = (plan: Plan) => Row[] | undefined;

const nodes: { readonly [K in PlanKind]?: (plan: PlanOf<K>, rowsOf: RowsOf) => Row[] | undefined } = {
  rows: ({ schema, rows }) => rows.map((row) => new Map(schema.map(({ name }, i) => [name, row[i] ?? null]))),
  loaded: ({ schema, rows }) =>
    (JSON.parse(rows) as (string | null)[][]).map(
      (texts) => new Map(schema.map(({ name, type }, i) => [name, valueOfHostText(texts[i] ?? null, type)])),
    ),
  filter: ({ input, predicate }, rowsOf) => rowsOf(input)?.filter((row) => evaluate(predicate, row) === true),
  project: ({ input, columns }, rowsOf) =>
    rowsOf(input)?.map((row) => new Map(columns.map(({ name, value }) => [name, evaluate(value, row)]))),
  sort: ({ input }, rowsOf) => rowsOf(input),
  shared: ({ input }, rowsOf) => rowsOf(input),
  union: ({ inputs, schema }, rowsOf) => {
    const all = inputs.map(rowsOf);
    if (!all.every((rows) => rows !== undefined)) return undefined;
    return all
      .flat()
      .map((row) => new Map(schema.map(({ name, type }) => [name, row.get(name) ?? (type === 'string' ? '' : null)])));
  },
  aggregate: ({ input, by, aggregates }, rowsOf) =>
    aggregates.length > 0
      ? undefined
      : rowsOf(input)?.map((row) => new Map(by.map(({ name, value }) => [name, evaluate(value, row)]))),
};

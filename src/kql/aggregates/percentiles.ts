import { type Dynamic, dynamicFrom, type KqlType, type Value } from '../../values/index.ts';
import { convertSql, convertValue } from '../functions/convert.ts';
import { toDynamicSql } from '../functions/dynamic-json.ts';
import { hostAggregateSql } from '../functions/host-call.ts';
import type { AggregateFunction, EvaluateCall, SqlArg, SqlCall } from '../functions/row.ts';
import { rankAmong, type Weighted, weightedValues } from '../functions/weighted-values.ts';

const PAGE = 'percentiles-aggregation-function';
const WEIGHTED_PAGE = 'percentilesw-aggregation-function';

/** Types that can be ranked, and the type of the rank's value. */
const ranked: Readonly<Partial<Record<KqlType, KqlType>>> = {
  bool: 'bool',
  int: 'long',
  long: 'long',
  real: 'real',
  decimal: 'real',
  string: 'string',
  datetime: 'datetime',
  timespan: 'timespan',
};

/** 0 to 100, given as a constant number. */
function shareOf(call: SqlCall, percentile: Value | undefined): number {
  const share = typeof percentile === 'bigint' || typeof percentile === 'number' ? Number(percentile) : Number.NaN;
  return share >= 0 && share <= 100 ? share / 100 : call.refuse('needs constant percentiles from 0 to 100');
}

/** The smallest value that at least the given share of the values does not exceed; exact, where Kusto estimates. */
function rankSql(call: SqlCall, value: SqlArg, percentile: Value | undefined): { sql: string; type: KqlType } {
  const type = ranked[value.type] ?? call.refuse(`cannot rank values of type ${value.type}`);
  const sql = `quantile_disc(${convertSql(value, type)}, ${shareOf(call, percentile)}::DOUBLE)`;
  return { sql: type === 'string' ? `coalesce(${sql}, '')` : sql, type };
}

/** Percentiles may stand one by one or together in an array. */
const flat = (values: readonly (Value | undefined)[]): Dynamic[] =>
  values.flatMap((value) => (Array.isArray(value) ? value : [value ?? null]));

/** The values of a group, ready to be ranked; `weights` tells whether the second argument is each value's weight. */
function valuesOf(rows: readonly (readonly Value[])[], { argTypes }: EvaluateCall, weights: boolean): Weighted[] {
  const [from, weightType] = argTypes as [KqlType, KqlType];
  const to = ranked[from] ?? from;
  return weightedValues(
    rows.map((row) => ({
      value: convertValue(row[0] ?? null, from, to),
      weight: weights ? Number(convertValue(row[1] ?? null, weightType, 'real')) : 1,
    })),
  );
}

const single = (
  name: string,
  page: string,
  weights: boolean,
): Pick<AggregateFunction, 'name' | 'page' | 'evaluate'> => ({
  name,
  page,
  evaluate: (rows, call) => {
    const found = rankAmong(valuesOf(rows, call, weights), Number(rows[0]?.[weights ? 2 : 1] ?? 0));
    return found === null && call.type === 'string' ? '' : found;
  },
});

const inArray = (
  name: string,
  page: string,
  weights: boolean,
): Pick<AggregateFunction, 'name' | 'page' | 'evaluate'> => ({
  name,
  page,
  evaluate: (rows, call) => {
    const values = valuesOf(rows, call, weights);
    const type = ranked[call.argTypes[0]!] ?? call.argTypes[0]!;
    const percentiles = flat(rows[0]?.slice(weights ? 2 : 1) ?? []);
    return percentiles.map((percentile) => dynamicFrom(rankAmong(values, Number(percentile)), type));
  },
});

/** Checks what the engine's side cannot: `evaluate` has no way to refuse by place. */
function weightedSql(call: SqlCall): string {
  const [value, , ...percentiles] = call.args as [SqlArg, SqlArg, ...SqlArg[]];
  if (ranked[value.type] === undefined) call.refuse(`cannot rank values of type ${value.type}`);
  for (const percentile of flat(percentiles.map(({ constant }) => constant))) shareOf(call, percentile);
  return hostAggregateSql(call);
}

/** Percentiles by nearest rank. */
export const percentileAggregates: readonly AggregateFunction[] = [
  { ...single('percentile', PAGE, false), sql: (call) => rankSql(call, call.args[0]!, call.args[1]!.constant).sql },
  {
    ...inArray('percentiles_array', PAGE, false),
    sql: (call) => {
      const [value, ...percentiles] = call.args as [SqlArg, ...SqlArg[]];
      const items = flat(percentiles.map(({ constant }) => constant)).map((percentile) =>
        toDynamicSql({ ...rankSql(call, value, percentile), nullable: true, constant: undefined }),
      );
      return `('[' || ${items.join(" || ',' || ")} || ']')`;
    },
  },
  { ...single('percentilew', WEIGHTED_PAGE, true), sql: weightedSql },
  { ...inArray('percentilesw_array', WEIGHTED_PAGE, true), sql: weightedSql },
];

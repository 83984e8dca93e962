import { type Dynamic, dynamicFrom, type KqlType, type Value } from '../../values/index.ts';
import { convertSql, convertValue } from '../functions/convert.ts';
import { toDynamicSql } from '../functions/dynamic-json.ts';
import type { AggregateFunction, SqlArg, SqlCall } from '../functions/row.ts';

const PAGE = 'percentiles-aggregation-function';

/** Types that can be ranked, and the type of the rank's value. */
const ranked: Readonly<Partial<Record<KqlType, KqlType>>> = {
  int: 'long',
  long: 'long',
  real: 'real',
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
  return { sql: `quantile_disc(${convertSql(value, type)}, ${shareOf(call, percentile)}::DOUBLE)`, type };
}

function rank(values: readonly Value[], type: KqlType, percentile: Value): Value {
  const to = ranked[type] ?? type;
  const sorted = values
    .filter((value) => value !== null)
    .map((value) => convertValue(value, type, to) as number)
    .sort((a, b) => (a < b || Number.isNaN(b) ? -1 : a > b || Number.isNaN(a) ? 1 : 0));
  if (sorted.length === 0) return null;
  const { length } = sorted;
  // The engine's own reckoning, so that both round alike.
  return sorted[Math.max(1, length - Math.floor(length - length * (Number(percentile) / 100))) - 1]!;
}

/** Percentiles may stand one by one or together in an array. */
const flat = (values: readonly (Value | undefined)[]): Dynamic[] =>
  values.flatMap((value) => (Array.isArray(value) ? value : [value ?? null]));

/** Percentiles by nearest rank. */
export const percentileAggregates: readonly AggregateFunction[] = [
  {
    name: 'percentile',
    page: PAGE,
    sql: (call) => rankSql(call, call.args[0]!, call.args[1]!.constant).sql,
    evaluate: (rows, { argTypes }) =>
      rank(
        rows.map(([value = null]) => value),
        argTypes[0]!,
        rows[0]?.[1] ?? null,
      ),
  },
  {
    name: 'percentiles_array',
    page: PAGE,
    sql: (call) => {
      const [value, ...percentiles] = call.args as [SqlArg, ...SqlArg[]];
      const items = flat(percentiles.map(({ constant }) => constant)).map((percentile) =>
        toDynamicSql({ ...rankSql(call, value, percentile), nullable: true, constant: undefined }),
      );
      return `('[' || ${items.join(" || ',' || ")} || ']')`;
    },
    evaluate: (rows, { argTypes }) => {
      const values = rows.map(([value = null]) => value);
      const type = argTypes[0]!;
      return flat(rows[0]?.slice(1) ?? []).map((percentile) =>
        dynamicFrom(rank(values, type, percentile), ranked[type] ?? type),
      );
    },
  },
];

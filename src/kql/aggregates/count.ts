import { dynamicToJson, type Value } from '../../values/index.ts';
import type { AggregateFunction, SqlArg, SqlCall } from '../functions/row.ts';

const page = (name: string): string => `${name.replaceAll('_', '-')}-aggregation-function`;

/** Distinct values of the argument, null left out. Exact, where Kusto estimates: the accuracy argument changes nothing. */
const distinct = (call: SqlCall, predicate?: SqlArg): string => {
  const filter = predicate === undefined ? '' : ` FILTER (WHERE ${predicate.sql})`;
  return `count(DISTINCT ${call.args[0]!.sql})${filter}`;
};

function countDistinct(rows: readonly (readonly Value[])[]): Value {
  const seen = new Set(
    rows
      .map(([value = null]) => value)
      .filter((value) => value !== null)
      .map(identity),
  );
  return BigInt(seen.size);
}

const identity = (value: Value): unknown =>
  value !== null && typeof value === 'object' ? dynamicToJson(value) : value;

const distinctRow = (name: string): AggregateFunction => ({
  name,
  page: page(name),
  sql: (call) => distinct(call),
  evaluate: countDistinct,
});

const distinctIfRow = (name: string): AggregateFunction => ({
  name,
  page: page(name),
  sql: (call) => distinct(call, call.args[1]),
  evaluate: (rows) => countDistinct(rows.filter(([, holds]) => holds === true)),
});

/** Aggregates that count. */
export const countAggregates: readonly AggregateFunction[] = [
  ...['count', 'cnt'].map((name) => ({
    name,
    page: page('count'),
    // nulls count too, with an argument or without; a predicate would have been `countif` once
    sql: (call: SqlCall) =>
      call.args[0]?.type === 'bool' ? call.refuse('of a predicate is out of use: say countif') : 'count(*)',
    evaluate: (rows: readonly (readonly Value[])[]) => BigInt(rows.length),
  })),
  {
    name: 'countif',
    page: page('countif'),
    sql: (call) => `count(*) FILTER (WHERE ${call.args[0]!.sql})`,
    evaluate: (rows) => BigInt(rows.filter(([holds]) => holds === true).length),
  },
  distinctRow('dcount'),
  distinctIfRow('dcountif'),
  distinctRow('count_distinct'),
  distinctIfRow('count_distinctif'),
];

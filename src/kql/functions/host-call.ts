import { sqlText } from '../../duckdb/index.ts';
import { fromHostTextSql, hostTextSql } from './host-text.ts';
import type { AggregateFunction, ScalarFunction, SqlCall } from './row.ts';

/** The functions that the engine must know by these names; `host/` computes them. */
export const HOST_CALL = 'kql_call';
export const HOST_AGGREGATE = 'kql_aggregate';

/** SQL of a call: the row's own, else a call back into TypeScript. */
export const scalarSql = (row: ScalarFunction, call: SqlCall): string => row.sql?.(call) ?? hostCallSql(call);

/** The same of an aggregate. */
export const aggregateSql = (row: AggregateFunction, call: SqlCall): string =>
  row.sql?.(call) ?? hostAggregateSql(call);

/** SQL that has `evaluate` compute a call; for rows whose `sql` says only some calls, or checks them first. */
export const hostCallSql = (call: SqlCall): string =>
  fromHostTextSql(`${HOST_CALL}(${[...signatureOf(call), ...textsOf(call)].join(', ')})`, call.type);

/** SQL that has `evaluate` compute an aggregate over the gathered rows of a group. */
export function hostAggregateSql(call: SqlCall): string {
  const rows = `'[' || string_agg(CAST(to_json([${textsOf(call).join(', ')}]) AS VARCHAR), ',') || ']'`;
  return fromHostTextSql(`${HOST_AGGREGATE}(${[...signatureOf(call), rows].join(', ')})`, call.type);
}

const signatureOf = ({ name, type, args }: SqlCall): string[] =>
  [name, type, args.map((arg) => arg.type).join()].map(sqlText);

/** A text is cast even where it is one: the engine takes a bare NULL for an integer. */
const textsOf = ({ args }: SqlCall): string[] =>
  args.map(({ sql, type }) => (type === 'string' ? sql : `CAST(${hostTextSql(sql, type)} AS VARCHAR)`));

import { sqlText } from '../../duckdb/index.ts';
import { fromHostTextSql, hostTextSql } from './host-text.ts';
import type { AggregateFunction, ScalarFunction, SqlCall } from './row.ts';

/** The functions that the engine must know by these names; `host/` computes them. */
export const HOST_CALL = 'kql_call';
export const HOST_AGGREGATE = 'kql_aggregate';
export const HOST_TURN = 'kql_turn';

/** What of a call goes to the host. */
type HostCall = Pick<SqlCall, 'name' | 'type' | 'args'>;

/** SQL of a call: the row's own, else a call back into TypeScript. */
export const scalarSql = (row: ScalarFunction, call: SqlCall): string => row.sql?.(call) ?? hostCallSql(call);

/** The same of an aggregate. */
export const aggregateSql = (row: AggregateFunction, call: SqlCall): string =>
  row.sql?.(call) ?? hostAggregateSql(call);

/** SQL that has `evaluate` compute a call; for rows whose `sql` says only some calls, or checks them first. */
export const hostCallSql = (call: HostCall): string =>
  fromHostTextSql(`${HOST_CALL}(${[...signatureOf(call), ...textsOf(call), ...turnOf(call)].join(', ')})`, call.type);

/** SQL that has `evaluate` compute an aggregate over the gathered rows of a group. */
export function hostAggregateSql(call: HostCall): string {
  const rows = `'[' || string_agg(CAST(to_json([${textsOf(call).join(', ')}]) AS VARCHAR), ',') || ']'`;
  const turn = `${HOST_TURN}(count(*))`;
  return fromHostTextSql(`${HOST_AGGREGATE}(${[...signatureOf(call), rows, turn].join(', ')})`, call.type);
}

/**
 * One argument more, NULL, which a function of its own gives. The main thread serves the callers of one function for as
 * long as one of them waits, a thousand chunks on end, and does nothing else meanwhile. With two functions in turn each
 * of the engine's threads has to wait for the other function, and between the two the event loop comes round: a query
 * can be cancelled and others are answered. A call within the call has its turn already.
 */
function turnOf({ args }: HostCall): string[] {
  if (args.some(({ sql }) => sql.includes(HOST_TURN))) return [];
  const asked = args.find(({ constant }) => constant === undefined);
  return asked === undefined ? [] : [`${HOST_TURN}(${asked.sql})`];
}

const signatureOf = ({ name, type, args }: HostCall): string[] =>
  [name, type, args.map((arg) => arg.type).join()].map(sqlText);

/** A text is cast even where it is one: the engine takes a bare NULL for an integer. */
const textsOf = ({ args }: HostCall): string[] =>
  args.map(({ sql, type }) => (type === 'string' ? sql : `CAST(${hostTextSql(sql, type)} AS VARCHAR)`));

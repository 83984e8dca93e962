import { sqlName } from '../../duckdb/index.ts';
import { MailhuntError, type Span } from '../../errors/index.ts';
import { aggregateFunction } from '../aggregates/index.ts';
import { aggregateSql, type SqlArg, type SqlCall, scalarFunction, scalarSql, sqlLiteral } from '../functions/index.ts';
import type { AggregateCall, CallScalar, Plan, Scalar } from '../plan/index.ts';
import { nested } from './select.ts';

/** What a scalar needs to know of the place where it is printed. */
export interface Place {
  /** SQL of a column of the row at hand, by its KQL name. */
  readonly column: (name: string) => string;
  /** SQL of a plan, for scalars that hold one. */
  readonly table: (plan: Plan) => { readonly sql: string; readonly firstColumn: string };
}

/** SQL of a scalar. With `asFilter`, NULL may stand for false. */
export const printScalar = (scalar: Scalar, place: Place, asFilter = false): string =>
  printArg(scalar, place, asFilter).sql;

/** A scalar as an argument of a row of a function table. */
export function printArg(scalar: Scalar, place: Place, asFilter = false): SqlArg {
  const { type } = scalar;
  switch (scalar.kind) {
    case 'literal':
      return { sql: sqlLiteral(type, scalar.value), type, nullable: scalar.value === null, constant: scalar.value };
    case 'column':
      return { sql: place.column(scalar.name), type, nullable: type !== 'string', constant: undefined };
    case 'call':
      return printCall(scalar, place, asFilter);
    case 'subquery': {
      const { sql, firstColumn } = place.table(scalar.plan);
      const value = `(SELECT ${firstColumn} FROM ${nested(sql)} LIMIT 1)`;
      return type === 'string'
        ? { sql: `coalesce(${value}, '')`, type, nullable: false, constant: undefined }
        : { sql: value, type, nullable: true, constant: undefined };
    }
    case 'membership': {
      const { sql, firstColumn } = place.table(scalar.plan);
      const value = printArg(scalar.value, place).sql;
      const fold = (text: string): string => (scalar.caseless ? `lower(${text})` : text);
      const isText = scalar.value.type === 'string';
      const known = isText ? '' : ` WHERE ${firstColumn} IS NOT NULL`;
      const test = `(${fold(value)} IN (SELECT ${fold(firstColumn)} FROM ${nested(sql)}${known}))`;
      const whole = isText || (asFilter && !scalar.negated) ? test : `coalesce(${test}, false)`;
      return { sql: scalar.negated ? `(NOT ${whole})` : whole, type, nullable: false, constant: undefined };
    }
  }
}

/** Operators over predicates hand `asFilter` down: a conjunct of a conjunct is one too, and so is a branch of an `or`. */
const transparent = new Set(['and', 'or']);

function printCall(scalar: CallScalar, place: Place, asFilter: boolean): SqlArg {
  const row = scalarFunction(scalar.name)!;
  const args = scalar.args.map((arg) => printArg(arg, place, asFilter && transparent.has(scalar.name)));
  const sql = withoutSubqueries(args, (bound) => scalarSql(row, callOf(scalar, bound, asFilter)));
  const nullable = scalar.type !== 'string' && (row.nullable ?? args.some((arg) => arg.nullable));
  return { sql, type: scalar.type, nullable, constant: undefined };
}

/**
 * SQL of a call over arguments. The engine refuses a subquery inside TRY and inside a lambda function: there it is read
 * off the parameter of a lambda function around the call, whose name no column has (lowering refuses those that begin
 * with `~`).
 */
function withoutSubqueries(args: readonly SqlArg[], print: (args: readonly SqlArg[]) => string): string {
  const sql = print(args);
  if (!/\bTRY\(|\blambda\b/.test(sql) || !args.some(holdsSubquery)) return sql;
  const fields = args.flatMap((arg, i) => (holdsSubquery(arg) ? [`'a${i}': ${arg.sql}`] : []));
  const bound = args.map((arg, i) => (holdsSubquery(arg) ? { ...arg, sql: `${BOUND}['a${i}']` } : arg));
  return `list_transform([{${fields.join(', ')}}], lambda ${BOUND}: ${print(bound)})[1]`;
}

const BOUND = sqlName('~bound');

const holdsSubquery = ({ sql }: SqlArg): boolean => isSubquery(sql);

/** Whether SQL has a subquery in it, which no lambda function may read; a literal that holds the words counts too, to no harm. */
export const isSubquery = (sql: string): boolean => /\(\s*(SELECT|WITH)\s/.test(sql);

/** SQL of an aggregate. */
export function printAggregate(call: AggregateCall, place: Place): string {
  const args = call.args.map((arg) => printArg(arg, place));
  return aggregateSql(aggregateFunction(call.name)!, callOf(call, args, false));
}

/** A call as a row of a function table sees it. */
export function callOf(call: CallScalar | AggregateCall, args: readonly SqlArg[], asFilter: boolean): SqlCall {
  const { name, type, span } = call;
  return { name, type, args, asFilter, refuse: (reason) => refuse(name, reason, span) };
}

function refuse(name: string, reason: string, span: Span | undefined): never {
  throw new MailhuntError('KQL0005', { what: name, text: reason }, span === undefined ? {} : { span });
}

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

function printArg(scalar: Scalar, place: Place, asFilter = false): SqlArg {
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
      const test = `${fold(value)} ${scalar.negated ? 'NOT IN' : 'IN'} (SELECT ${fold(firstColumn)} FROM ${nested(sql)})`;
      return { sql: `(${test})`, type, nullable: scalar.value.type !== 'string', constant: undefined };
    }
  }
}

/** Operators over predicates hand `asFilter` down: a conjunct of a conjunct is one too, and so is a branch of an `or`. */
const transparent = new Set(['and', 'or']);

function printCall(scalar: CallScalar, place: Place, asFilter: boolean): SqlArg {
  const row = scalarFunction(scalar.name)!;
  const args = scalar.args.map((arg) => printArg(arg, place, asFilter && transparent.has(scalar.name)));
  const sql = scalarSql(row, callOf(scalar, args, asFilter));
  const nullable = scalar.type !== 'string' && (row.nullable ?? args.some((arg) => arg.nullable));
  return { sql, type: scalar.type, nullable, constant: undefined };
}

/** SQL of an aggregate. */
export function printAggregate(call: AggregateCall, place: Place): string {
  const args = call.args.map((arg) => printArg(arg, place));
  return aggregateSql(aggregateFunction(call.name)!, callOf(call, args, false));
}

function callOf(call: CallScalar | AggregateCall, args: readonly SqlArg[], asFilter: boolean): SqlCall {
  const { name, type, span } = call;
  return { name, type, args, asFilter, refuse: (reason) => refuse(name, reason, span) };
}

function refuse(name: string, reason: string, span: Span | undefined): never {
  throw new MailhuntError('KQL0005', { what: name, text: reason }, span === undefined ? {} : { span });
}

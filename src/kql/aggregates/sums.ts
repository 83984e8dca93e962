import type { KqlType, Value } from '../../values/index.ts';
import { convertSql, convertValue } from '../functions/convert.ts';
import type { AggregateFunction, EvaluateCall, SqlCall } from '../functions/row.ts';

const page = (name: string): string => `${name}-aggregation-function`;
const filter = (call: SqlCall, conditional: boolean): string =>
  conditional ? ` FILTER (WHERE ${call.args[1]!.sql})` : '';

/** What may be added up, and as what: whole numbers as long, timespans as ticks. */
const summed: Readonly<Partial<Record<KqlType, KqlType>>> = {
  int: 'long',
  long: 'long',
  real: 'real',
  timespan: 'timespan',
};
const engineTypes: Readonly<Partial<Record<KqlType, string>>> = { long: 'BIGINT', real: 'DOUBLE', timespan: 'BIGINT' };

function sumType(call: SqlCall): KqlType {
  return summed[call.args[0]!.type] ?? call.refuse(`cannot add up values of type ${call.args[0]!.type}`);
}

const values = (rows: readonly (readonly Value[])[], conditional: boolean): Value[] =>
  rows
    .filter(([, holds]) => !conditional || holds === true)
    .map(([value = null]) => value)
    .filter((value) => value !== null);

function add(found: readonly Value[], call: EvaluateCall): Value {
  if (summed[call.argTypes[0]!] === 'real') return (found as number[]).reduce((sum, value) => sum + value, 0);
  return (found as bigint[]).reduce((sum, value) => sum + value, 0n);
}

const sum = (name: string, conditional: boolean): AggregateFunction => ({
  name,
  page: page(name),
  // of no rows it is zero; the engine would give NULL, and a HUGEINT for whole numbers
  sql: (call) => {
    const type = engineTypes[sumType(call)]!;
    return `CAST(coalesce(sum(${call.args[0]!.sql})${filter(call, conditional)}, 0) AS ${type})`;
  },
  evaluate: (rows, call) => add(values(rows, conditional), call),
});

const average = (name: string, conditional: boolean): AggregateFunction => ({
  name,
  page: page(name),
  // of no rows it is NaN: zero by zero
  sql: (call) => {
    const [value] = call.args;
    if (!['int', 'long', 'real'].includes(value!.type)) call.refuse(`cannot average values of type ${value!.type}`);
    return `coalesce(avg(${convertSql(value!, 'real')})${filter(call, conditional)}, 'NaN'::DOUBLE)`;
  },
  evaluate: (rows, call) => {
    const found = values(rows, conditional).map((value) => convertValue(value, call.argTypes[0]!, 'real') as number);
    return found.reduce((total, value) => total + value, 0) / found.length;
  },
});

/** Sums and averages; nulls are left out. */
export const sumAggregates: readonly AggregateFunction[] = [
  sum('sum', false),
  sum('sumif', true),
  average('avg', false),
  average('avgif', true),
];

import { addDecimals, divideDecimals, type KqlType, roundDecimal, type Value } from '../../values/index.ts';
import { convertSql, convertValue } from '../functions/convert.ts';
import { heldDecimal } from '../functions/decimal.ts';
import { hostAggregateSql } from '../functions/host-call.ts';
import type { AggregateFunction, EvaluateCall, SqlCall } from '../functions/row.ts';

const page = (name: string): string => `${name}-aggregation-function`;
const filter = (call: SqlCall, conditional: boolean): string =>
  conditional ? ` FILTER (WHERE ${call.args[1]!.sql})` : '';

/** What may be added up, and as what: whole numbers as long, timespans as ticks. */
const summed: Readonly<Partial<Record<KqlType, KqlType>>> = {
  int: 'long',
  long: 'long',
  real: 'real',
  decimal: 'decimal',
  datetime: 'datetime',
  timespan: 'timespan',
};
const engineTypes: Readonly<Partial<Record<KqlType, string>>> = {
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'DECIMAL(38,18)',
  datetime: 'BIGINT',
  timespan: 'BIGINT',
};

function sumType(call: SqlCall): KqlType {
  return summed[call.args[0]!.type] ?? call.refuse(`cannot add up values of type ${call.args[0]!.type}`);
}

const values = (rows: readonly (readonly Value[])[], conditional: boolean): Value[] =>
  rows
    .filter(([, holds]) => !conditional || holds === true)
    .map(([value = null]) => value)
    .filter((value) => value !== null);

function add(found: readonly Value[], call: EvaluateCall): Value {
  const type = summed[call.argTypes[0]!];
  if (type === 'decimal') return sumOfDecimals(found);
  if (type === 'real') return (found as number[]).reduce((sum, value) => sum + value, 0);
  return (found as bigint[]).reduce((sum, value) => sum + value, 0n);
}

const sumOfDecimals = (found: readonly Value[]): string | null =>
  found.reduce((sum: string | null, value) => (sum === null ? null : addDecimals(sum, String(value))), '0');

/** The mean, rounded to the 18 digits that a column of decimals holds. */
function meanOfDecimals(found: readonly Value[]): string | null {
  const mean = divideDecimals(sumOfDecimals(found) ?? '', String(found.length));
  const rounded = mean === null ? null : roundDecimal(mean, 18);
  return rounded === null ? null : heldDecimal(rounded);
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

/** Ticks are averaged as whole numbers, the rest dropped; of no rows the average is null. */
const isTime = (type: KqlType): boolean => type === 'datetime' || type === 'timespan';

const average = (name: string, conditional: boolean): AggregateFunction => ({
  name,
  page: page(name),
  // of no numbers it is NaN: zero by zero
  sql: (call) => {
    const [value] = call.args;
    const where = filter(call, conditional);
    if (isTime(value!.type)) return `CAST(sum(${value!.sql})${where} // count(${value!.sql})${where} AS BIGINT)`;
    // the engine would average decimals as reals
    if (value!.type === 'decimal') return hostAggregateSql(call);
    if (!['int', 'long', 'real'].includes(value!.type)) call.refuse(`cannot average values of type ${value!.type}`);
    return `coalesce(avg(${convertSql(value!, 'real')})${where}, 'NaN'::DOUBLE)`;
  },
  evaluate: (rows, { argTypes: [type] }) => {
    const found = values(rows, conditional);
    if (isTime(type!)) {
      const total = (found as bigint[]).reduce((sum, value) => sum + value, 0n);
      return found.length === 0 ? null : total / BigInt(found.length);
    }
    if (type === 'decimal') return found.length === 0 ? null : meanOfDecimals(found);
    const reals = found.map((value) => convertValue(value, type!, 'real') as number);
    return reals.reduce((total, value) => total + value, 0) / reals.length;
  },
});

/** Sums and averages; nulls are left out. */
export const sumAggregates: readonly AggregateFunction[] = [
  sum('sum', false),
  sum('sumif', true),
  average('avg', false),
  average('avgif', true),
];

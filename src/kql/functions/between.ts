import type { Value } from '../../values/index.ts';
import { compareValues, orderSql } from './comparison.ts';
import type { EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** `between (start .. 3d)`: a timespan after a datetime is a length, counted from the lower end. */
function upperEnd(low: SqlArg, high: SqlArg): SqlArg {
  if (low.type !== 'datetime' || high.type !== 'timespan') return high;
  const [a, b] = [low.constant, high.constant];
  const constant =
    a === undefined || b === undefined ? undefined : a === null || b === null ? null : (a as bigint) + (b as bigint);
  return { sql: `(${low.sql} + ${high.sql})`, type: 'datetime', nullable: low.nullable || high.nullable, constant };
}

function betweenSql(call: SqlCall): string {
  const [value, low, high] = call.args as [SqlArg, SqlArg, SqlArg];
  return `(${orderSql(call, '>=', value, low)} AND ${orderSql(call, '<=', value, upperEnd(low, high))})`;
}

function isBetween([value, low, high]: readonly Value[], { argTypes }: EvaluateCall): boolean | null {
  const [type, lowType, highType] = argTypes;
  const length = lowType === 'datetime' && highType === 'timespan';
  const upper = length ? (low == null || high == null ? null : (low as bigint) + (high as bigint)) : high!;
  const below = compareValues(value!, low!, [type!, lowType!]);
  const above = compareValues(value!, upper, [type!, length ? 'datetime' : highType!]);
  const ends = [below === null ? null : below >= 0, above === null ? null : above <= 0];
  if (ends.includes(false)) return false;
  return ends.includes(null) ? null : true;
}

/** `between` and `!between`: arguments value, low, high; both ends belong to the range. */
export const betweenFunctions: readonly ScalarFunction[] = [
  { name: 'between', page: 'between-operator', nullable: true, sql: betweenSql, evaluate: isBetween },
  {
    name: '!between',
    page: 'not-between-operator',
    nullable: true,
    sql: (call) => `(NOT ${betweenSql({ ...call, asFilter: false })})`,
    evaluate: (args, call) => {
      const between = isBetween(args, call);
      return between === null ? null : !between;
    },
  },
];

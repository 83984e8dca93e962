import { TICKS_PER_DAY, ticksOfDate, type Value } from '../../values/index.ts';
import { inCalendar, inCalendarSql } from './calendar.ts';
import { convertSql, converts, convertValue } from './convert.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { EvaluateCall, ScalarFunction, SqlArg, SqlCall } from './row.ts';

const UNIX_EPOCH = '621355968000000000';

/** Hours, minutes and seconds of a day in ticks; a second may have a fraction, cut to the nearest tick. */
const clockSql = (hour: string, minute: string, second: string): string =>
  `CASE WHEN ${hour} BETWEEN 0 AND 23 AND ${minute} BETWEEN 0 AND 59 AND ${second} >= 0 AND ${second} < 60 ` +
  `THEN (${hour} * 3600 + ${minute} * 60) * 10000000 + CAST(round(${second} * 10000000) AS BIGINT) END`;

function clock(hour: bigint, minute: bigint, second: number): bigint | null {
  if (hour < 0n || hour > 23n || minute < 0n || minute > 59n || !(second >= 0 && second < 60)) return null;
  return (hour * 3600n + minute * 60n) * 10_000_000n + BigInt(Math.round(second * 10_000_000));
}

/** What was left out of a call is zero: SQL by position, the last of `count` parts a real. */
const partsSql = (args: readonly SqlArg[], count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const arg = args[i];
    if (arg === undefined) return i === count - 1 ? '0::DOUBLE' : '0::BIGINT';
    return convertSql(arg, i === count - 1 ? 'real' : 'long');
  });
const partValues = (args: readonly Value[], { argTypes }: EvaluateCall, count: number): Value[] =>
  Array.from({ length: count }, (_, i) => {
    const last = i === count - 1;
    const value = args[i];
    if (value === undefined) return last ? 0 : 0n;
    return convertValue(value, argTypes[i]!, last ? 'real' : 'long');
  });

/** Microsoft's parser lets one value of any type pass as well, of which the reference says nothing. */
function refuseOtherParts({ args, refuse }: SqlCall): void {
  if (args.length === 1) refuse('needs its parts as numbers');
  const other = args.find(({ type }) => !converts(type, 'real'));
  if (other !== undefined) refuse(`takes no ${other.type}`);
}

function makeDatetimeSql(call: SqlCall): string {
  refuseOtherParts(call);
  const [year, month, day, hour, minute, second] = partsSql(call.args, 6) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return inCalendarSql(
    `(make_date(${year}, ${month}, ${day}) - DATE '0001-01-01') * ${TICKS_PER_DAY} + ${clockSql(hour, minute, second)}`,
  );
}

function makeDatetime(args: readonly Value[], call: EvaluateCall): Value {
  const parts = partValues(args, call, 6);
  if (parts.includes(null)) return null;
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const start = ticksOfDate(year, month, day);
  const time = clock(parts[3] as bigint, parts[4] as bigint, parts[5] as number);
  return start === null || time === null ? null : inCalendar(start + time);
}

/** Days come first, and only where there are four parts. */
const withDays = <T>(args: readonly T[], none: T): readonly T[] => (args.length === 4 ? args : [none, ...args]);
const NO_DAYS: SqlArg = { sql: '0::BIGINT', type: 'long', nullable: false, constant: 0n };

function makeTimespanSql(call: SqlCall): string {
  refuseOtherParts(call);
  const [day, hour, minute, second] = partsSql(withDays(call.args, NO_DAYS), 4) as [string, string, string, string];
  return `TRY(${day} * ${TICKS_PER_DAY} + ${clockSql(hour, minute, second)})`;
}

function makeTimespan(args: readonly Value[], call: EvaluateCall): Value {
  const argTypes = withDays(call.argTypes, 'long');
  const parts = partValues(withDays<Value>(args, 0n), { ...call, argTypes }, 4);
  if (parts.includes(null)) return null;
  const time = clock(parts[1] as bigint, parts[2] as bigint, parts[3] as number);
  if (time === null) return null;
  const ticks = (parts[0] as bigint) * TICKS_PER_DAY + time;
  return BigInt.asIntN(64, ticks) === ticks ? ticks : null;
}

/** Unix time in one unit: whole numbers exactly, of a real the whole part exactly and its fraction to the nearest tick. */
function unixTime(
  unit: string,
  toTicksSql: (whole: string) => string,
  toTicks: (whole: bigint) => bigint,
  size: number,
) {
  const row: ScalarFunction = {
    name: `unixtime_${unit}_todatetime`,
    page: `unixtime-${unit}-todatetime-function`,
    nullable: true,
    sql: ({ args: [arg], refuse }) => {
      if (arg!.type === 'decimal') refuse('takes no decimals yet');
      if (arg!.type !== 'real') return inCalendarSql(`${toTicksSql(convertSql(arg!, 'long'))} + ${UNIX_EPOCH}`);
      const whole = toTicksSql(`TRY_CAST(floor(${arg!.sql}) AS BIGINT)`);
      return inCalendarSql(
        `${whole} + CAST(round((${arg!.sql} - floor(${arg!.sql})) * ${size}::DOUBLE) AS BIGINT) + ${UNIX_EPOCH}`,
      );
    },
    evaluate: ([value = null]) => {
      if (value === null) return null;
      if (typeof value === 'string') return refuseToEvaluate(`unixtime_${unit}_todatetime`, 'takes no decimals yet');
      if (typeof value === 'bigint') return inCalendar(toTicks(value) + BigInt(UNIX_EPOCH));
      if (!Number.isFinite(value)) return null;
      const floor = Math.floor(value as number);
      const fraction = BigInt(Math.round(((value as number) - floor) * size));
      return inCalendar(toTicks(BigInt(floor)) + fraction + BigInt(UNIX_EPOCH));
    },
  };
  return row;
}
const unixUnit = (unit: string, ticks: bigint): ScalarFunction =>
  unixTime(
    unit,
    (whole) => `${whole} * ${ticks}`,
    (whole) => whole * ticks,
    Number(ticks),
  );

/** Towards the past, so that a nanosecond before a tick belongs to the one before. */
const hundredth = (value: bigint): bigint => (value - (((value % 100n) + 100n) % 100n)) / 100n;

/** Datetimes and timespans made of numbers. */
export const datetimeMakeFunctions: readonly ScalarFunction[] = [
  {
    name: 'make_datetime',
    page: 'make-datetime-function',
    nullable: true,
    sql: makeDatetimeSql,
    evaluate: makeDatetime,
  },
  {
    name: 'make_timespan',
    page: 'make-timespan-function',
    nullable: true,
    sql: makeTimespanSql,
    evaluate: makeTimespan,
  },
  unixUnit('seconds', 10_000_000n),
  unixUnit('milliseconds', 10_000n),
  unixUnit('microseconds', 10n),
  unixTime(
    'nanoseconds',
    (whole) => `(${whole} // 100 - CASE WHEN ${whole} % 100 < 0 THEN 1 ELSE 0 END)`,
    hundredth,
    0,
  ),
];

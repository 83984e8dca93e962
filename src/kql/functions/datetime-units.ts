import {
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MILLISECOND,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
  type Value,
} from '../../values/index.ts';
import { addMonths, addMonthsSql, calendarDay, inCalendar, inCalendarSql, timestampSql } from './calendar.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** Units of a fixed length: what to add to ticks so that unit borders are multiples, and the length. */
interface FixedUnit {
  readonly ticks: bigint;
  /** 0001-01-01 was a Monday, weeks begin on Sunday. */
  readonly shift?: bigint;
}
const FIXED: Readonly<Record<string, FixedUnit>> = {
  week: { ticks: 7n * TICKS_PER_DAY, shift: TICKS_PER_DAY },
  day: { ticks: TICKS_PER_DAY },
  hour: { ticks: TICKS_PER_HOUR },
  minute: { ticks: TICKS_PER_MINUTE },
  second: { ticks: TICKS_PER_SECOND },
  millisecond: { ticks: TICKS_PER_MILLISECOND },
  microsecond: { ticks: 10n },
};
/** Units of the calendar, in months. */
const MONTHS: Readonly<Record<string, bigint>> = { year: 12n, quarter: 3n, month: 1n };
const NANOSECONDS_PER_TICK = 100n;

/** What a table says of a name; nothing of `constructor` and other names that every object has. */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const unitOf = (call: SqlCall): string => {
  const { constant } = call.args[0]!;
  return typeof constant === 'string' ? constant.toLowerCase() : call.refuse('needs a constant unit');
};

const unknown = (name: string, unit: string): never => refuseToEvaluate(name, `unknown unit "${unit}"`);

function addSql(call: SqlCall): string {
  const unit = unitOf(call);
  const [, count, ticks] = call.args as [SqlArg, SqlArg, SqlArg];
  const months = own(MONTHS, unit);
  if (months !== undefined) return inCalendarSql(addMonthsSql(ticks.sql, `(${count.sql} * ${months})`));
  if (unit === 'nanosecond') return inCalendarSql(`${ticks.sql} + ${count.sql} // ${NANOSECONDS_PER_TICK}`);
  const fixed = own(FIXED, unit) ?? call.refuse(`unknown unit "${unit}"`);
  return inCalendarSql(`${ticks.sql} + CAST(${count.sql} AS BIGINT) * ${fixed.ticks}`);
}

function add([unit = '', count = null, ticks = null]: readonly Value[]): Value {
  if (count === null || ticks === null) return null;
  const [name, amount, from] = [(unit as string).toLowerCase(), count as bigint, ticks as bigint];
  const months = own(MONTHS, name);
  if (months !== undefined) return inCalendar(addMonths(from, amount * months));
  if (name === 'nanosecond') return inCalendar(from + amount / NANOSECONDS_PER_TICK);
  return inCalendar(from + amount * (own(FIXED, name) ?? unknown('datetime_add', name)).ticks);
}

const monthsSql = (ticks: string): string => `(year(${timestampSql(ticks)}) * 12 + month(${timestampSql(ticks)}) - 1)`;
const monthsOf = (ticks: bigint): bigint => {
  const { year, month } = calendarDay(ticks);
  return BigInt(year * 12 + month - 1);
};

/** Borders of the unit between two datetimes, not the time that passed: from 23:59 to 00:01 it is one hour. */
function diffSql(call: SqlCall): string {
  const unit = unitOf(call);
  const [, to, from] = call.args as [SqlArg, SqlArg, SqlArg];
  const months = own(MONTHS, unit);
  if (months !== undefined) return `(${monthsSql(to.sql)} // ${months} - ${monthsSql(from.sql)} // ${months})`;
  if (unit === 'nanosecond') return `((${to.sql} - ${from.sql}) * ${NANOSECONDS_PER_TICK})`;
  const { ticks, shift = 0n } = own(FIXED, unit) ?? call.refuse(`unknown unit "${unit}"`);
  const border = ({ sql }: SqlArg): string => (shift === 0n ? `${sql} // ${ticks}` : `(${sql} + ${shift}) // ${ticks}`);
  return `(${border(to)} - ${border(from)})`;
}

function diff([unit = '', to = null, from = null]: readonly Value[]): Value {
  if (to === null || from === null) return null;
  const name = (unit as string).toLowerCase();
  const [a, b] = [to as bigint, from as bigint];
  const months = own(MONTHS, name);
  if (months !== undefined) return monthsOf(a) / months - monthsOf(b) / months;
  if (name === 'nanosecond') return BigInt.asIntN(64, (a - b) * NANOSECONDS_PER_TICK);
  const { ticks, shift = 0n } = own(FIXED, name) ?? unknown('datetime_diff', name);
  return (a + shift) / ticks - (b + shift) / ticks;
}

/** A part of a datetime: SQL and evaluation over ticks. */
type Part = readonly [sql: (ticks: string) => string, read: (ticks: bigint) => bigint];

const calendar = (sqlName: string, read: (day: ReturnType<typeof calendarDay>) => number): Part => [
  (ticks) => `${sqlName}(${timestampSql(ticks)})`,
  (ticks) => BigInt(read(calendarDay(ticks))),
];
const within = (whole: bigint, unit: bigint, factor = 1n): Part => [
  (ticks) => `(${ticks} % ${whole} // ${unit} * ${factor})`,
  (ticks) => ((ticks % whole) / unit) * factor,
];
const PARTS: Readonly<Record<string, Part>> = {
  year: calendar('year', (day) => day.year),
  quarter: calendar('quarter', (day) => Math.ceil(day.month / 3)),
  month: calendar('month', (day) => day.month),
  week_of_year: calendar('week', (day) => day.week),
  day: calendar('day', (day) => day.day),
  dayofyear: calendar('dayofyear', (day) => day.dayOfYear),
  hour: within(TICKS_PER_DAY, TICKS_PER_HOUR),
  minute: within(TICKS_PER_HOUR, TICKS_PER_MINUTE),
  second: within(TICKS_PER_MINUTE, TICKS_PER_SECOND),
  millisecond: within(TICKS_PER_SECOND, TICKS_PER_MILLISECOND),
  microsecond: within(TICKS_PER_SECOND, 10n),
  nanosecond: within(TICKS_PER_SECOND, 1n, NANOSECONDS_PER_TICK),
};

const datetimePart = (name: string): ScalarFunction => ({
  name,
  page: 'datetime-part-function',
  sql: (call) => {
    const unit = unitOf(call);
    const [sql] = own(PARTS, unit) ?? call.refuse(`unknown part "${unit}"`);
    return `CAST(${sql(call.args[1]!.sql)} AS INTEGER)`;
  },
  evaluate: ([unit = '', ticks = null]) => {
    const part = (unit as string).toLowerCase();
    const [, read] = own(PARTS, part) ?? unknown(name, part);
    return ticks === null ? null : read(ticks as bigint);
  },
});

/** Datetimes reckoned in units that are named by a constant text. */
export const datetimeUnitFunctions: readonly ScalarFunction[] = [
  { name: 'datetime_add', page: 'datetime-add-function', nullable: true, sql: addSql, evaluate: add },
  { name: 'datetime_diff', page: 'datetime-diff-function', sql: diffSql, evaluate: diff },
  datetimePart('datetime_part'),
  datetimePart('datepart'),
];

import { TICKS_PER_DAY, ticksOfDate, type Value } from '../../values/index.ts';
import {
  addMonths,
  addMonthsSql,
  type CalendarDay,
  calendarDay,
  daysSinceSunday,
  hourSql,
  inCalendar,
  inCalendarSql,
  ticksSql,
  timestampSql,
} from './calendar.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

/** A span of the calendar: where the one that holds a datetime starts, and where the one `count` later does. */
interface Span {
  readonly name: string;
  readonly startSql: (ticks: string) => string;
  readonly laterSql: (start: string, count: string) => string;
  readonly start: (ticks: bigint) => bigint;
  readonly later: (start: bigint, count: bigint) => bigint | null;
}

const days = (name: string, length: bigint, startSql: Span['startSql'], start: Span['start']): Span => ({
  name,
  startSql,
  laterSql: (from, count) => `(${from} + ${count} * ${length})`,
  start,
  later: (from, count) => from + count * length,
});
const months = (name: string, length: bigint, start: (day: CalendarDay) => bigint): Span => ({
  name,
  startSql: (ticks) => ticksSql(`date_trunc('${name}', ${timestampSql(ticks)})`),
  laterSql: (from, count) => addMonthsSql(from, `(${count} * ${length})`),
  start: (ticks) => start(calendarDay(ticks)),
  later: (from, count) => addMonths(from, count * length),
});

const SPANS: readonly Span[] = [
  days(
    'day',
    TICKS_PER_DAY,
    (ticks) => `(${ticks} - ${ticks} % ${TICKS_PER_DAY})`,
    (ticks) => ticks - (ticks % TICKS_PER_DAY),
  ),
  days(
    'week',
    7n * TICKS_PER_DAY,
    (ticks) => `(${ticks} - (${ticks} + ${TICKS_PER_DAY}) % ${7n * TICKS_PER_DAY})`,
    (ticks) => ticks - (ticks % TICKS_PER_DAY) - daysSinceSunday(ticks) * TICKS_PER_DAY,
  ),
  months('month', 1n, ({ year, month }) => ticksOfDate(year, month, 1)!),
  months('year', 12n, ({ year }) => ticksOfDate(year, 1, 1)!),
];

function startOf({ name, startSql, laterSql, start, later }: Span): ScalarFunction {
  return {
    name: `startof${name}`,
    page: `startof${name}-function`,
    nullable: true,
    sql: ({ args }) => {
      const [ticks, count] = args as [SqlArg, SqlArg | undefined];
      const from = startSql(ticks.sql);
      if (count !== undefined && count.constant !== 0n) return inCalendarSql(laterSql(from, count.sql));
      // The first week begins before the year 1.
      return name === 'week' ? inCalendarSql(from) : from;
    },
    evaluate: ([ticks = null, count = 0n]) =>
      ticks === null || count === null ? null : inCalendar(later(start(ticks as bigint), count as bigint)),
  };
}

function endOf({ name, startSql, laterSql, start, later }: Span): ScalarFunction {
  return {
    name: `endof${name}`,
    page: `endof${name}-function`,
    nullable: true,
    sql: ({ args }) => {
      const [ticks, count] = args as [SqlArg, SqlArg | undefined];
      const next = laterSql(startSql(ticks.sql), count === undefined ? '1' : `(${count.sql} + 1)`);
      return inCalendarSql(`${next} - 1`);
    },
    evaluate: ([ticks = null, count = 0n]) => {
      if (ticks === null || count === null) return null;
      const from = start(ticks as bigint);
      // The last tick of the year 9999 has no next year to be counted back from.
      const next = later(from, (count as bigint) + 1n) ?? afterLastYear(later(from, count as bigint));
      return next === null ? null : inCalendar(next - 1n);
    },
  };
}

const DECEMBER_9999 = ticksOfDate(9999, 12, 1)!;
const YEAR_9999 = ticksOfDate(9999, 1, 1)!;
const afterLastYear = (start: bigint | null): bigint | null =>
  start === DECEMBER_9999 || start === YEAR_9999 ? ticksOfDate(9999, 12, 31)! + TICKS_PER_DAY : null;

/** A part of a datetime as an int. */
const part = (
  name: string,
  page: string,
  sql: (ticks: string) => string,
  read: (ticks: bigint) => number,
): ScalarFunction => ({
  name,
  page: `${page}-function`,
  sql: ({ args: [arg] }) => `CAST(${sql(arg!.sql)} AS INTEGER)`,
  evaluate: ([ticks = null]) => (ticks === null ? null : BigInt(read(ticks as bigint))),
});
const calendarPart = (name: string, page: string, sqlName: string, key: keyof CalendarDay): ScalarFunction =>
  part(
    name,
    page,
    (ticks) => `${sqlName}(${timestampSql(ticks)})`,
    (ticks) => calendarDay(ticks)[key],
  );

const dayOfWeek = (ticks: Value): Value => (ticks === null ? null : daysSinceSunday(ticks as bigint) * TICKS_PER_DAY);

/** Starts and ends of days, weeks, months, years, and the parts of a datetime. */
export const datetimeFunctions: readonly ScalarFunction[] = [
  ...SPANS.flatMap((span) => [startOf(span), endOf(span)]),
  {
    name: 'dayofweek',
    page: 'day-of-week-function',
    sql: ({ args: [arg] }) => `((${arg!.sql} // ${TICKS_PER_DAY} + 1) % 7 * ${TICKS_PER_DAY})`,
    evaluate: ([ticks = null]) => dayOfWeek(ticks),
  },
  calendarPart('dayofmonth', 'day-of-month', 'day', 'day'),
  calendarPart('dayofyear', 'day-of-year', 'dayofyear', 'dayOfYear'),
  calendarPart('getmonth', 'monthofyear', 'month', 'month'),
  calendarPart('monthofyear', 'monthofyear', 'month', 'month'),
  calendarPart('getyear', 'getyear', 'year', 'year'),
  calendarPart('week_of_year', 'week-of-year', 'week', 'week'),
  part('hourofday', 'hour-of-day', hourSql, (ticks) => Number((ticks % TICKS_PER_DAY) / (TICKS_PER_DAY / 24n))),
];

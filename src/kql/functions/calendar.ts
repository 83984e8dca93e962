import {
  MAX_DATETIME_TICKS,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  ticksOfDate,
  UNIX_EPOCH_TICKS,
  unixMsFromTicks,
} from '../../values/index.ts';

/**
 * SQL of a datetime as the engine's TIMESTAMP. It counts microseconds: only whole days, months and years are read off it,
 * so that no tick is lost.
 */
export const timestampSql = (ticks: string): string => `make_timestamp(${ticks} // 10 - 62135596800000000)`;

/** SQL of a TIMESTAMP as datetime ticks. */
export const ticksSql = (timestamp: string): string => `(epoch_us(${timestamp}) * 10 + ${UNIX_EPOCH_TICKS})`;

/** SQL that is NULL where the ticks are no datetime, years 1 to 9999. */
export const inCalendarSql = (ticks: string): string =>
  `list_filter([TRY(${ticks})], lambda t: t BETWEEN 0 AND ${MAX_DATETIME_TICKS})[1]`;

/** Ticks where they are a datetime, else null. */
export const inCalendar = (ticks: bigint | null): bigint | null =>
  ticks === null || ticks < 0n || ticks > MAX_DATETIME_TICKS ? null : ticks;

/** The parts of a datetime that a calendar gives. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 1 to 366. */
  readonly dayOfYear: number;
  /** The week after ISO 8601: the first one has the year's first Thursday. */
  readonly week: number;
}

/** The day in which datetime ticks lie. */
export function calendarDay(ticks: bigint): CalendarDay {
  const date = new Date(unixMsFromTicks(ticks));
  const year = date.getUTCFullYear();
  const dayOfYear = daysBetween(ticksOfDate(year, 1, 1)!, ticks) + 1;
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), dayOfYear, week: isoWeek(ticks) };
}

const daysBetween = (from: bigint, to: bigint): number => Number(to / TICKS_PER_DAY - from / TICKS_PER_DAY);

/** Days since Sunday; 0001-01-01 was a Monday. */
export const daysSinceSunday = (ticks: bigint): bigint => (ticks / TICKS_PER_DAY + 1n) % 7n;

/** A week belongs to the year of its Thursday. */
function isoWeek(ticks: bigint): number {
  const thursday = ticks + (3n - ((ticks / TICKS_PER_DAY) % 7n)) * TICKS_PER_DAY;
  if (thursday > MAX_DATETIME_TICKS) return 53;
  const year = new Date(unixMsFromTicks(thursday)).getUTCFullYear();
  return Math.floor(daysBetween(ticksOfDate(year, 1, 1)!, thursday) / 7) + 1;
}

/** Adds months; a day that the month does not have becomes its last. The time of day stays. */
export function addMonths(ticks: bigint, months: bigint): bigint | null {
  const { year, month, day } = calendarDay(ticks);
  const count = BigInt(year * 12 + month - 1) + months;
  if (count < 12n || count >= 120_000n) return null;
  const [newYear, newMonth] = [Number(count / 12n), Number(count % 12n) + 1];
  for (let last = day; last > 0; last--) {
    const start = ticksOfDate(newYear, newMonth, last);
    if (start !== null) return start + (ticks % TICKS_PER_DAY);
  }
  return null;
}

/** SQL of {@link addMonths}; may fail or leave the calendar, so put it in {@link inCalendarSql}. */
export const addMonthsSql = (ticks: string, months: string): string =>
  `(${ticksSql(`${timestampSql(`(${ticks} - ${ticks} % ${TICKS_PER_DAY})`)} + to_months(CAST(${months} AS INTEGER))`)} ` +
  `+ ${ticks} % ${TICKS_PER_DAY})`;

/** SQL of an hour of the day, 0 to 23. */
export const hourSql = (ticks: string): string => `(${ticks} // ${TICKS_PER_HOUR} % 24)`;

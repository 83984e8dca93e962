import { TICKS_PER_DAY, ticksOfDate } from '../../values/index.ts';
import { calendarDay, daysSinceSunday } from './calendar.ts';
import type { ScalarFunction } from './row.ts';

/** The Sunday that begins the week of the year's first Wednesday, in days since 0001-01-01. */
function firstSunday(year: number): bigint {
  const newYear = ticksOfDate(year, 1, 1)!;
  const weekday = daysSinceSunday(newYear);
  const day = newYear / TICKS_PER_DAY;
  return weekday <= 3n ? day - weekday : day + 7n - weekday;
}

/**
 * Weeks from Sunday on, of which the first has the year's first Wednesday. The last days of December count to the year that
 * follows, where that year's first week has begun.
 */
function weekOf(ticks: bigint): bigint {
  const { year } = calendarDay(ticks);
  const day = ticks / TICKS_PER_DAY;
  if (year < 9999 && day >= firstSunday(year + 1)) return 1n;
  const start = day < firstSunday(year) ? firstSunday(year - 1) : firstSunday(year);
  return (day - start) / 7n + 1n;
}

/** The number of a week as it was before `week_of_year`, which follows ISO 8601. */
export const weekOfYearFunctions: readonly ScalarFunction[] = [
  {
    name: 'weekofyear',
    page: 'week-of-year-function',
    nullable: true,
    evaluate: ([ticks = null]) => (ticks === null ? null : weekOf(ticks as bigint)),
  },
];

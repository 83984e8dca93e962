import {
  MAX_DATETIME_TICKS,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
  UNIX_EPOCH_TICKS,
} from './ticks.ts';

/** The blanks of ASCII only, as the engine's patterns know them. */
const BLANK = String.raw`[\t\n\f\r ]`;
const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:\.(?<fraction>\d+))?)?(?:${BLANK}*(?<half>[AP]M))?`;
const ZONE = String.raw`${BLANK}*(?<zone>Z|GMT|UTC|[+-]\d{1,2}(?::?\d{2})?)`;
const CLOCK = `${TIME}(?:${ZONE})?`;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Year first, as ISO 8601 has it; then the day with a month's name (RFC 822, RFC 850); then month first, as US dates. */
const FORMS = [
  String.raw`(?<year>\d{4})(?:${BLANK}*(?<mark>[-/,])${BLANK}*(?<month>\d{1,2})(?:${BLANK}*\k<mark>${BLANK}*(?<day>\d{1,2})(?:(?:T|${BLANK}+)${CLOCK})?)?)?`,
  String.raw`(?:[a-z]{3,9},${BLANK}*)?(?<day>\d{1,2})(?<mark>[- ])(?<name>[a-z]{3})\k<mark>(?<year>\d{4}|\d{2})(?:${BLANK}+${CLOCK})?`,
  String.raw`(?<month>\d{1,2})(?<mark>[-/])(?<day>\d{1,2})\k<mark>(?<year>\d{4})(?:(?:T|${BLANK}+)${CLOCK})?`,
].map((form) => new RegExp(`^${BLANK}*${form}${BLANK}*$`, 'i'));

/**
 * The datetime that a text says, in ticks, or null where it says none: ISO 8601 in all lengths from the year on, RFC 822
 * and RFC 850, and dates with the month first. Without a zone the time is UTC. Digits below a tick are dropped; a year of
 * two digits lies in 1950..2049.
 *
 * @see https://learn.microsoft.com/kusto/query/scalar-data-types/datetime#supported-formats
 * @example parseDatetime('2014-11-08 15:55:55.123456Z') // 635510517551234560n
 */
export function parseDatetime(text: string): bigint | null {
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return ticksOf(parts);
  }
  return null;
}

/**
 * Datetime ticks of a calendar day and a time in it, or null where there is no such day or hour.
 *
 * @param month 1..12
 * @example ticksOfDate(1970, 1, 1) // 621355968000000000n
 */
export function ticksOfDate(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): bigint | null {
  if (year < 1 || year > 9999 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  // setUTCFullYear, unlike Date.UTC, takes the years below 100 as they are.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const days = BigInt(Math.floor(date.getTime() / 86_400_000));
  return days * TICKS_PER_DAY + UNIX_EPOCH_TICKS + BigInt(hour * 3600 + minute * 60 + second) * TICKS_PER_SECOND;
}

type Parts = Readonly<Record<string, string | undefined>>;

function ticksOf(parts: Parts): bigint | null {
  const hour = hourOf(parts);
  const offset = offsetOf(parts.zone);
  if (hour === null || offset === null) return null;
  const start = ticksOfDate(
    yearOf(parts.year ?? ''),
    parts.name === undefined ? Number(parts.month ?? 1) : MONTHS.indexOf(parts.name.toLowerCase()) + 1,
    Number(parts.day ?? 1),
    hour,
    Number(parts.minute ?? 0),
    Number(parts.second ?? 0),
  );
  if (start === null) return null;
  const ticks = start + BigInt((parts.fraction ?? '').slice(0, 7).padEnd(7, '0')) - offset;
  return ticks < 0n || ticks > MAX_DATETIME_TICKS ? null : ticks;
}

function yearOf(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function hourOf({ hour = '0', half }: Parts): number | null {
  if (half === undefined) return Number(hour);
  if (Number(hour) < 1 || Number(hour) > 12) return null;
  return (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
}

function offsetOf(zone: string | undefined): bigint | null {
  const [, sign, hours = '', minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone ?? '') ?? [];
  if (sign === undefined) return 0n;
  if (Number(hours) > 14 || Number(minutes) > 59) return null;
  const size = BigInt(hours) * TICKS_PER_HOUR + BigInt(minutes) * TICKS_PER_MINUTE;
  return sign === '-' ? -size : size;
}

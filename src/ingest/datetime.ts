/**
 * Datetime text to the digits of its ticks (100 ns since 0001-01-01), without BigInt: whole seconds fit a double exactly,
 * and the seven digits of the fraction stand behind them.
 */

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The year 9999 is no time that anything happened: it is what programs write for `never`, and it is reported. */
const LAST_YEAR = 9998;
/** Seconds from 0001-01-01 to 1970-01-01, and to 9999-01-01. */
const UNIX_EPOCH_SECONDS = 62_135_596_800;
const END_SECONDS = 315_506_361_600;
/** Unix milliseconds are believed only here, 2001-09-09 to 2100-01-01: thirteen digits that mean nothing else. */
const UNIX_MS_FROM = 1e12;
const UNIX_MS_TO = 4_102_444_800_000;

const leap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Seconds from 0001-01-01 to midnight of a day, or NaN where the calendar has no such day. */
function secondsOfDay(year: number, month: number, day: number): number {
  if (year < 1 || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return Number.NaN;
  const leapDay = leap(year) ? 1 : 0;
  if (day > DAYS_IN_MONTH[month - 1]! + (month === 2 ? leapDay : 0)) return Number.NaN;
  const before = year - 1;
  const days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return (days + DAYS_BEFORE_MONTH[month - 1]! + (month > 2 ? leapDay : 0) + day - 1) * 86_400;
}

/** The digits of the ticks; `fraction` has up to seven digits. Null outside the years 1 to 9998. */
function ticksDigits(seconds: number, fraction: string): string | null {
  if (!(seconds >= 0 && seconds < END_SECONDS)) return null;
  const digits = fraction.length === 7 ? fraction : fraction.padEnd(7, '0');
  return seconds === 0 ? String(Number(digits)) : `${seconds}${digits}`;
}

const two = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

/** Minutes east of UTC that an offset names (`Z`, `+02:00`, `-0530`, `+02`, nothing), or NaN. */
function offsetMinutes(text: string, at: number): number {
  const length = text.length - at;
  if (length === 0) return 0;
  const sign = text.charCodeAt(at);
  if (length === 1) return sign === 90 || sign === 122 ? 0 : Number.NaN;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  if (length !== 3 && length !== 5 + colon) return Number.NaN;
  const minutes = length === 3 ? 0 : two(text, at + 3 + colon);
  const hours = two(text, at + 1);
  return hours <= 14 && minutes < 60 ? (sign === 43 ? 1 : -1) * (hours * 60 + minutes) : Number.NaN;
}

/**
 * ISO 8601 text to the digits of its ticks, null where it is something else or outside the years 1 to 9998. No offset
 * means UTC; digits below 100 ns are dropped.
 *
 * @example isoTicks('2026-07-18T14:08:56.1234567Z') // "639199805361234567"
 */
export function isoTicks(text: string): string | null {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const day = secondsOfDay(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8));
  if (Number.isNaN(day)) return null;
  if (text.length === 10) return ticksDigits(day, '');
  const separator = text.charCodeAt(10);
  if ((separator !== 84 && separator !== 32 && separator !== 116) || text.charCodeAt(13) !== 58) return null;
  const hour = two(text, 11);
  const minute = two(text, 14);
  let at = 16;
  let second = 0;
  let fraction = '';
  if (text.charCodeAt(16) === 58) {
    second = two(text, 17);
    at = 19;
    if (text.charCodeAt(19) === 46) {
      do at++;
      while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57);
      if (at === 20) return null;
      fraction = text.slice(20, Math.min(at, 27));
    }
  }
  if (at < text.length - 1 && text.charCodeAt(at) === 32) at++;
  const offset = offsetMinutes(text, at);
  if (!(hour < 24 && minute < 60 && second < 60) || Number.isNaN(offset)) return null;
  return ticksDigits(day + hour * 3600 + minute * 60 + second - offset * 60, fraction);
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const TIME = String.raw`(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:\s*([ap])\.?m\.?)?)?`;
const ZONE = String.raw`(?:\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2}))?`;
const WEEKDAY = String.raw`(?:[a-z]{3,9},?\s+)?`;

interface Form {
  readonly pattern: RegExp;
  /** Year, month and day out of the first three groups; null where they could mean two different days. */
  readonly day: (first: string, second: string, third: string, halfDay: boolean) => [string, number, string] | null;
}

const monthNamed = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const form = (date: string, day: Form['day']): Form => ({
  pattern: new RegExp(`^${WEEKDAY}${date}${TIME}${ZONE}$`, 'i'),
  day,
});

/** The forms that portals and spreadsheets write. */
const forms: readonly Form[] = [
  form(String.raw`([a-z]{3,9})\.? (\d{1,2}),? (\d{4})`, (month, day, year) => [year, monthNamed(month), day]),
  form(String.raw`(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})`, (day, month, year) => [year, monthNamed(month), day]),
  form(String.raw`(\d{4})/(\d{1,2})/(\d{1,2})`, (year, month, day) => [year, Number(month), day]),
  form(String.raw`(\d{1,2})\.(\d{1,2})\.(\d{4})`, (day, month, year) => [year, Number(month), day]),
  form(String.raw`(\d{1,2})/(\d{1,2})/(\d{4})`, (first, second, year, halfDay) => {
    // AM and PM go with the month first. Without them 7/8/2026 is a day in July or in August: nobody can tell.
    if (halfDay || Number(second) > 12 || first === second) return [year, Number(first), second];
    return Number(first) > 12 ? [year, Number(second), first] : null;
  }),
];

/**
 * Text in one of the common local forms to the digits of its ticks, read as UTC; null where it is something else or
 * could mean two different days.
 *
 * @example localTicks('7/18/2026 2:08:56 PM') // "639199805360000000"
 */
export function localTicks(text: string): string | null {
  const plain = text.replace(/[\u00a0\u202f]/g, ' ');
  for (const { pattern, day } of forms) {
    const found = pattern.exec(plain);
    if (found === null) continue;
    const [, first, second, third, hour = '0', minute = '0', seconds = '0', fraction = '', half, zone = ''] = found;
    const date = day(first!, second!, third!, half !== undefined);
    if (date === null || (half !== undefined && !(Number(hour) >= 1 && Number(hour) <= 12))) return null;
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
    const offset = /^(gmt|utc|)$/i.test(zone) ? 0 : offsetMinutes(zone, 0);
    if (!(hours < 24 && Number(minute) < 60 && Number(seconds) < 60) || Number.isNaN(offset)) return null;
    const start = secondsOfDay(Number(date[0]), date[1], Number(date[2]));
    return ticksDigits(start + hours * 3600 + (Number(minute) - offset) * 60 + Number(seconds), fraction.slice(0, 7));
  }
  return null;
}

/** Unix milliseconds, where the number can mean nothing else, to the digits of its ticks. */
export function unixMsTicks(ms: number): string | null {
  if (!(Number.isInteger(ms) && ms >= UNIX_MS_FROM && ms < UNIX_MS_TO)) return null;
  return ticksDigits(UNIX_EPOCH_SECONDS + Math.floor(ms / 1000), String(ms % 1000).padStart(3, '0'));
}

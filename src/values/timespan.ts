import {
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MICROSECOND,
  TICKS_PER_MILLISECOND,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
} from './ticks.ts';

/** Sizes of the units in hundredths of a tick, so that a nanosecond is a whole number too. */
const HUNDREDTHS: Readonly<Record<string, bigint>> = Object.fromEntries(
  (
    [
      [TICKS_PER_DAY * 100n, 'd day days'],
      [TICKS_PER_HOUR * 100n, 'h hr hrs hour hours'],
      [TICKS_PER_MINUTE * 100n, 'm min minute minutes'],
      [TICKS_PER_SECOND * 100n, 's sec second seconds'],
      [TICKS_PER_MILLISECOND * 100n, 'ms milli millis millisec millisecond milliseconds'],
      [TICKS_PER_MICROSECOND * 100n, 'micro micros microsec microsecond microseconds'],
      [100n, 'tick ticks'],
      [1n, 'nano nanos nanosec nanosecond nanoseconds'],
    ] as const
  ).flatMap(([size, names]) => names.split(' ').map((name) => [name, size] as const)),
);

const WITH_UNIT = /^[\t\n\f\r ]*(-?)(\d{0,15})(?:\.(\d{0,9}))?[\t\n\f\r ]*([a-z]+)[\t\n\f\r ]*$/i;
const CLOCK = /^[\t\n\f\r ]*(-?)(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7})\d*)?)?[\t\n\f\r ]*$/;
const WHOLE_DAYS = /^[\t\n\f\r ]*(-?\d{1,8})[\t\n\f\r ]*$/;
const LIMIT = 2n ** 63n;

/**
 * The timespan that a text says, in ticks, or null. Takes the forms of literals (`1d`, `2.5h`, `100ms`, `1tick`,
 * `15 seconds`), the clock form `[-][d.]hh:mm[:ss[.fffffff]]`, and a whole number of days. Parts of a tick are dropped.
 *
 * @see https://learn.microsoft.com/kusto/query/scalar-data-types/timespan
 * @example parseTimespan('1.00:00:01') // 864010000000n
 */
export function parseTimespan(text: string): bigint | null {
  const ticks = withUnit(text) ?? clock(text) ?? wholeDays(text);
  return ticks === null || ticks < -LIMIT || ticks >= LIMIT ? null : ticks;
}

function withUnit(text: string): bigint | null {
  const [, sign, whole = '', fraction = '', unit = ''] = WITH_UNIT.exec(text) ?? [];
  const size = HUNDREDTHS[unit.toLowerCase()];
  if (size === undefined || whole + fraction === '') return null;
  const ticks = (BigInt(whole + fraction) * size) / (100n * 10n ** BigInt(fraction.length));
  return sign === '-' ? -ticks : ticks;
}

function clock(text: string): bigint | null {
  const match = CLOCK.exec(text);
  if (match === null) return null;
  const [days, hours, minutes, seconds] = match.slice(2, 6).map((part) => BigInt(part ?? 0)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  if (hours > 23n || minutes > 59n || seconds > 59n) return null;
  const ticks =
    days * TICKS_PER_DAY +
    hours * TICKS_PER_HOUR +
    minutes * TICKS_PER_MINUTE +
    seconds * TICKS_PER_SECOND +
    BigInt((match[6] ?? '').padEnd(7, '0'));
  return match[1] === '-' ? -ticks : ticks;
}

function wholeDays(text: string): bigint | null {
  const match = WHOLE_DAYS.exec(text);
  return match === null ? null : BigInt(match[1] ?? 0) * TICKS_PER_DAY;
}

import { MailhuntError } from '../../errors/index.ts';
import { MAX_DATETIME_TICKS, parseDatetime, ticksFromUnixMs, unixMsFromTicks } from '../../values/index.ts';

/** From when to when, in datetime ticks; an end that is open is undefined. */
export interface Interval {
  readonly from?: bigint;
  readonly to?: bigint;
}

const durationForm =
  /^P(?!$)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?!$)(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})S)?)?$/i;

/**
 * Reads a time span as Microsoft Graph and Log Analytics take it (ISO 8601): a duration before now, one time (since then),
 * or two of them with a slash between: start and end, start and duration, duration and end. Months and years are those of
 * the calendar. Throws HTTP0002.
 *
 * @see https://learn.microsoft.com/graph/api/security-security-runhuntingquery
 * @example isoInterval('P7D', now, '/v1') // { from: now - 7 days, to: now }
 */
export function isoInterval(text: string, now: bigint, path: string): Interval {
  const refuse = (): never => {
    throw new MailhuntError('HTTP0002', {
      path,
      text: `the time span ${JSON.stringify(text.slice(0, 80))} is no ISO 8601 duration, time or interval`,
    });
  };
  const time = (part: string): bigint => parseDatetime(part) ?? refuse();
  const [first = '', second, ...others] = text.trim().split('/');
  if (others.length > 0) return refuse();
  if (second === undefined) return isDuration(first) ? { from: moved(now, first, -1), to: now } : { from: time(first) };
  if (isDuration(first) && isDuration(second)) return refuse();
  if (isDuration(first)) return { from: moved(time(second), first, -1), to: time(second) };
  return { from: time(first), to: isDuration(second) ? moved(time(first), second, 1) : time(second) };
}

const isDuration = (text: string): boolean => durationForm.test(text);

/** A time moved by a duration, backwards or onwards, and kept within what a datetime can hold. */
function moved(ticks: bigint, duration: string, sign: 1 | -1): bigint {
  const parts = (durationForm.exec(duration) ?? []).slice(1).map((part) => sign * Number(part ?? 0));
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  const ms = unixMsFromTicks(ticks);
  const rest = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  const at = monthsAfter(ms, years * 12 + months) + rest;
  const reached = Number.isFinite(at)
    ? ticks + ticksFromUnixMs(at) - ticksFromUnixMs(ms)
    : sign < 0
      ? 0n
      : MAX_DATETIME_TICKS;
  return reached < 0n ? 0n : reached > MAX_DATETIME_TICKS ? MAX_DATETIME_TICKS : reached;
}

/** The same day some months later, or the last of a month that has no such day; NaN beyond what a Date holds. */
function monthsAfter(ms: number, months: number): number {
  const date = new Date(ms);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last));
}

/** Ticks of 100 ns: KQL's datetime counts them from 0001-01-01T00:00:00Z, its timespan from zero. */
export const TICKS_PER_MICROSECOND = 10n;
export const TICKS_PER_MILLISECOND = 10_000n;
export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_MINUTE = 600_000_000n;
export const TICKS_PER_HOUR = 36_000_000_000n;
export const TICKS_PER_DAY = 864_000_000_000n;
/** 1970-01-01 in datetime ticks. */
export const UNIX_EPOCH_TICKS = 621_355_968_000_000_000n;
/** 9999-12-31T23:59:59.9999999Z, the greatest datetime. */
export const MAX_DATETIME_TICKS = 3_155_378_975_999_999_999n;

/** Milliseconds since 1970 (`Date.now()`) to datetime ticks. */
export const ticksFromUnixMs = (ms: number): bigint =>
  BigInt(Math.floor(ms)) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS;

/** Datetime ticks to milliseconds since 1970, the ticks below a millisecond dropped (towards the past). */
export const unixMsFromTicks = (ticks: bigint): number => {
  const since = ticks - UNIX_EPOCH_TICKS;
  const ms = since / TICKS_PER_MILLISECOND;
  return Number(since < 0n && since % TICKS_PER_MILLISECOND !== 0n ? ms - 1n : ms);
};

const pad = (n: bigint | number, width: number): string => String(n).padStart(width, '0');

/**
 * Datetime ticks as KQL prints them, seven digits and Z.
 *
 * @example formatDatetime(621355968000000000n) // "1970-01-01T00:00:00.0000000Z"
 */
export function formatDatetime(ticks: bigint): string {
  const ms = unixMsFromTicks(ticks);
  const fraction = ((ticks % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND;
  const date = new Date(ms);
  return (
    `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}` +
    `T${pad(date.getUTCHours(), 2)}:${pad(date.getUTCMinutes(), 2)}:${pad(date.getUTCSeconds(), 2)}.${pad(fraction, 7)}Z`
  );
}

/**
 * Timespan ticks as KQL prints them: `[-][d.]hh:mm:ss[.fffffff]`.
 *
 * @example formatTimespan(864000000001n) // "1.00:00:00.0000001"
 */
export function formatTimespan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / TICKS_PER_DAY;
  const rest = size % TICKS_PER_DAY;
  const fraction = rest % TICKS_PER_SECOND;
  return (
    (ticks < 0n ? '-' : '') +
    (days > 0n ? `${days}.` : '') +
    `${pad(rest / TICKS_PER_HOUR, 2)}:${pad((rest / TICKS_PER_MINUTE) % 60n, 2)}:${pad((rest / TICKS_PER_SECOND) % 60n, 2)}` +
    (fraction > 0n ? `.${pad(fraction, 7)}` : '')
  );
}

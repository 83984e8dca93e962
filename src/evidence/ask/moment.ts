import { MAX_DATETIME_TICKS, parseDatetime, TICKS_PER_MILLISECOND, unixMsFromTicks } from '../../values/index.ts';

/** Datetime ticks of a time as the evidence has it; undefined where it is none. */
export const ticksOfIso = (iso: string): bigint | undefined => parseDatetime(iso) ?? undefined;

/** Milliseconds since 1970; undefined where the text is no time. */
export function msOfIso(iso: string | undefined): number | undefined {
  const ticks = iso === undefined ? undefined : ticksOfIso(iso);
  return ticks === undefined ? undefined : unixMsFromTicks(ticks);
}

/** Ticks moved by milliseconds, kept within what a datetime holds. */
export function moved(ticks: bigint, ms: number): bigint {
  const to = ticks + BigInt(Math.trunc(ms)) * TICKS_PER_MILLISECOND;
  return to < 0n ? 0n : to > MAX_DATETIME_TICKS ? MAX_DATETIME_TICKS : to;
}

/** The earlier of two times in ticks. */
export const earlierOf = (one: bigint, other: bigint): bigint => (one < other ? one : other);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;
const SHORT = /^(\d{1,6})([dhms])$/;
const ISO = /^P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;
const DOTNET = /^(?:(\d{1,6})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})$/;

const sum = (days = '0', hours = '0', minutes = '0', seconds = '0'): number =>
  Number(days) * units.d + Number(hours) * units.h + Number(minutes) * units.m + Number(seconds) * units.s;

/**
 * Milliseconds of a duration as rules write it: `5m`, `1d`, ISO 8601 `PT1H`, .NET `1.00:00:00`. Undefined for what is none.
 *
 * @example milliseconds('PT5M') // 300_000
 */
export function milliseconds(text: string): number | undefined {
  const short = SHORT.exec(text);
  if (short !== null) return Number(short[1]) * units[short[2] as keyof typeof units];
  const iso = /\d/.test(text) && !text.endsWith('T') ? ISO.exec(text) : null;
  if (iso !== null) return Number(iso[1] ?? 0) * 7 * units.d + sum(iso[2], iso[3], iso[4], iso[5]);
  const dotnet = DOTNET.exec(text);
  return dotnet === null ? undefined : sum(dotnet[1], dotnet[2], dotnet[3], dotnet[4]);
}

import { TICKS_PER_SECOND, unixMsFromTicks } from '../../values/index.ts';
import { timeZones } from './time-zones.ts';

const known: ReadonlySet<string> = new Set(timeZones);
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether Kusto knows a time zone by this name. */
export const isTimeZone = (name: string): boolean => known.has(name);

function formatOf(zone: string): Intl.DateTimeFormat {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  return format;
}

/** `GMT`, `GMT+02:00`, and with seconds where clocks still went by the sun. */
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/;

/** By how many ticks the clocks of a zone are ahead of UTC at a moment. */
export function zoneOffset(zone: string, utc: bigint): bigint {
  const [, sign, ...parts] = OFFSET.exec(formatOf(zone).format(unixMsFromTicks(utc))) ?? [];
  const [hours, minutes, seconds] = parts.map((part) => Number(part ?? 0)) as [number, number, number];
  if (sign === undefined) return 0n;
  const size = BigInt(hours * 3600 + minutes * 60 + seconds) * TICKS_PER_SECOND;
  return sign === '-' ? -size : size;
}

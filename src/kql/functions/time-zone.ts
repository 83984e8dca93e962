import { TICKS_PER_DAY, type Value } from '../../values/index.ts';
import { inCalendar } from './calendar.ts';
import { hostCallSql } from './host-call.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlCall } from './row.ts';
import { timeZones } from './time-zones.ts';
import { isTimeZone, zoneOffset } from './zone-offset.ts';

const toLocal = (zone: string, utc: bigint): bigint => utc + zoneOffset(zone, utc);

/**
 * Of a time that clocks showed twice, and of one that they leapt over, the offset after the change counts: the reference's
 * example shows it for the leap, and .NET takes the standard time, which comes second, of the hour that came twice.
 */
function toUtc(zone: string, local: bigint): bigint {
  const before = zoneOffset(zone, local - TICKS_PER_DAY);
  const after = zoneOffset(zone, local + TICKS_PER_DAY);
  const isValid = (offset: bigint): boolean => zoneOffset(zone, local - offset) === offset;
  return local - (!isValid(after) && isValid(before) ? before : after);
}

/** What is no zone is an error, as in Kusto, not a null. */
function checkZone({ args, refuse }: SqlCall): void {
  const { constant } = args[1]!;
  if (typeof constant === 'string' && !isTimeZone(constant)) refuse(`"${constant}" is no time zone`);
}

const conversion = (name: string, convert: (zone: string, ticks: bigint) => bigint): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  sql: (call) => {
    checkZone(call);
    return hostCallSql(call);
  },
  evaluate: ([ticks = null, zone = '']: readonly Value[]) => {
    if (!isTimeZone(zone as string)) return refuseToEvaluate(name, `"${zone}" is no time zone`);
    return ticks === null ? null : inCalendar(convert(zone as string, ticks as bigint));
  },
});

/** Datetimes between UTC and the clocks of a zone. */
export const timeZoneFunctions: readonly ScalarFunction[] = [
  conversion('datetime_utc_to_local', toLocal),
  conversion('datetime_local_to_utc', toUtc),
  {
    name: 'datetime_list_timezones',
    page: 'datetime-list-timezones',
    nullable: false,
    evaluate: () => [...timeZones],
  },
];

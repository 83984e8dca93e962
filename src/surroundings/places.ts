import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type CityResponse, Reader } from 'mmdb-lib';
import { MailhuntError } from '../errors/index.ts';
import type { LookUpPlace } from '../kql/index.ts';

/**
 * Opens a database of MaxMind's form.
 *
 * @throws MailhuntError CONF0002 where it cannot be read
 * @example (await openPlaces('GeoLite2-City.mmdb'))('192.0.2.1') // '{"country":"…","state":"…",…}'
 */
export async function openPlaces(path: string): Promise<LookUpPlace> {
  try {
    const reader = new Reader<CityResponse>(await readFile(path));
    return (address) => (isIP(address) === 0 ? null : placeOf(found(reader, address)));
  } catch (cause) {
    throw new MailhuntError('CONF0002', { path, text: (cause as Error).message }, { cause });
  }
}

/** A database for IPv4 only knows nothing of an IPv6 address, and a damaged one of none. */
function found(reader: Reader<CityResponse>, address: string): CityResponse | null {
  try {
    return reader.get(address);
  } catch {
    return null;
  }
}

/** What Kusto says of a place; of a country without a known city the city is empty. */
function placeOf(entry: CityResponse | null): string | null {
  const { country, subdivisions, city, location } = entry ?? {};
  if (country === undefined && location === undefined) return null;
  return JSON.stringify({
    country: country?.names?.en ?? '',
    state: subdivisions?.[0]?.names?.en ?? '',
    city: city?.names?.en ?? '',
    latitude: location?.latitude ?? null,
    longitude: location?.longitude ?? null,
  });
}

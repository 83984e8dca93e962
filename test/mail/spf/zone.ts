import type { DnsAnswer, DnsRecords, RecordType, Resolver } from '../../../src/mail/dns/resolver.ts';
import { checkSpf } from '../../../src/mail/spf/check-spf.ts';
import type { SpfLimits } from '../../../src/mail/spf/limits.ts';
import type { SpfQuery, SpfResult } from '../../../src/mail/spf/result.ts';

/** A name's records by type; a text in place of the list is a failure. MX as `10 mx.example.com`. */
export type ZoneEntry = { readonly [T in RecordType]?: readonly string[] | 'timeout' | 'servfail' };
export type Zone = Readonly<Record<string, ZoneEntry>>;

/** DNS out of a table, that counts what it is asked. */
export interface CountingResolver extends Resolver {
  readonly asked: string[];
}

export function zoneResolver(zone: Zone): CountingResolver {
  const asked: string[] = [];
  return {
    asked,
    async query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      asked.push(`${name} ${type}`);
      const entry = Object.hasOwn(zone, name) ? zone[name] : undefined;
      if (entry === undefined) return { status: 'no-name' };
      const records = entry[type];
      if (records === undefined) return { status: 'no-record' };
      if (typeof records === 'string') return { status: 'failed', failure: records };
      return { status: 'found', records: records.map((text) => recordOf(text, type) as DnsRecords[T]) };
    },
  };
}

function recordOf(text: string, type: RecordType): DnsRecords[RecordType] {
  if (type !== 'MX') return text;
  const [preference, exchange = ''] = text.split(' ');
  return { preference: Number(preference), exchange };
}

/** The client of most tests: 203.0.113.7 sends for ann@example.com. */
export const QUERY: SpfQuery = {
  ip: '203.0.113.7',
  helo: 'mx.example.net',
  mailFrom: 'ann@example.com',
  receiver: 'receiver.example.org',
  now: 1_700_000_000_123,
};

/** Checks with a zone in which example.com has a record. */
export function check(
  record: string,
  { zone = {}, limits, ...query }: Partial<SpfQuery> & { zone?: Zone; limits?: SpfLimits } = {},
): Promise<SpfResult> {
  const own = { ...zone['example.com'], TXT: [record] };
  return checkSpf({ ...QUERY, ...query }, zoneResolver({ ...zone, 'example.com': own }), limits);
}

/**
 * Conformance runners and mailauth bring a resolver with the manners of `dns.promises.resolve`; our code takes a Resolver.
 */
import type { DnsAnswer, DnsFailure, DnsRecords, RecordType, Resolver } from '../../src/mail/index.ts';

/** `dns.promises.resolve`, or something that behaves like it. */
export type PromisesResolve = (name: string, type: string) => Promise<unknown>;

/** What the error codes of `dns.promises` say; every other code is a server's failure. */
const ANSWERS: Readonly<Record<string, DnsAnswer<never>>> = {
  ENOTFOUND: { status: 'no-name' },
  ENODATA: { status: 'no-record' },
  ETIMEOUT: { status: 'failed', failure: 'timeout' },
  EREFUSED: { status: 'failed', failure: 'refused' },
  ECONNREFUSED: { status: 'failed', failure: 'unreachable' },
  EBADNAME: { status: 'failed', failure: 'malformed' },
  EBADRESP: { status: 'failed', failure: 'malformed' },
};
const OTHER: DnsFailure = 'servfail';

/** A Resolver that asks the way `dns.promises.resolve` is asked. */
export function resolverOf(resolve: PromisesResolve): Resolver {
  return {
    async query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      try {
        const records = (await resolve(name, type)) as readonly unknown[];
        return { status: 'found', records: records.map((record) => READ[type](record) as DnsRecords[T]) };
      } catch (error) {
        return ANSWERS[(error as { code?: string }).code ?? ''] ?? { status: 'failed', failure: OTHER };
      }
    },
  };
}

const plainName = (name: unknown): string => String(name).toLowerCase().replace(/\.$/, '');

const READ: { readonly [T in RecordType]: (record: unknown) => DnsRecords[T] } = {
  A: String,
  AAAA: String,
  PTR: plainName,
  MX: (record) => {
    const { priority, exchange } = record as { priority: number; exchange: string };
    return { preference: priority, exchange: plainName(exchange) };
  },
  TXT: (record) => (Array.isArray(record) ? record.join('') : String(record)),
};

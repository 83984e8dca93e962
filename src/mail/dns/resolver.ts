/**
 * What each record type asked for looks like. TXT: the strings of one record joined, a byte a character (U+0000 to U+00FF:
 * whether they are UTF-8 its reader decides); names lower case without the last dot. The null MX (RFC 7505) has exchange ''.
 */
export interface DnsRecords {
  readonly A: string;
  readonly AAAA: string;
  readonly MX: { readonly preference: number; readonly exchange: string };
  readonly TXT: string;
  readonly PTR: string;
}

export type RecordType = keyof DnsRecords;

/** Why no answer came. It says nothing about whether the name exists. */
export type DnsFailure = 'timeout' | 'servfail' | 'refused' | 'unreachable' | 'malformed' | 'too large' | 'alias loop';

/**
 * The answer to one question. "No such name" (NXDOMAIN) and "no such record" are answers; a failure is none, and whoever
 * takes it for one lets an attacker choose the verdict.
 */
export type DnsAnswer<T extends RecordType> =
  | { readonly status: 'found'; readonly records: readonly DnsRecords[T][] }
  | { readonly status: 'no-record' }
  | { readonly status: 'no-name' }
  | { readonly status: 'failed'; readonly failure: DnsFailure };

/**
 * Asks DNS. Everything in this room that needs DNS takes one of these; it never throws for what DNS says.
 *
 * @example await resolver.query('_dmarc.example.com', 'TXT') // { status: 'found', records: ['v=DMARC1; p=reject'] }
 */
export interface Resolver {
  query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>>;
}

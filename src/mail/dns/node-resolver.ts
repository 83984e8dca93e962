/**
 * The resolver of this machine, through Node's c-ares. Names are absolute: c-ares adds no search domain to what
 * `resolve*` is asked (its `ares_query`), whatever resolv.conf or LOCALDOMAIN say.
 */
import { Resolver as NodeResolver } from 'node:dns/promises';
import { domainName, ROOT } from './domain-name.ts';
import { charactersOf, recordSet } from './record-set.ts';
import type { DnsAnswer, DnsFailure, DnsRecords, RecordType, Resolver } from './resolver.ts';
import { wireQuery } from './wire-query.ts';

export interface SystemResolverOptions {
  /** Addresses, `192.0.2.53` or `[2001:db8::53]:5353`; those of the machine when left out. */
  readonly servers?: readonly string[];
  /** How long the first try of a server waits, in ms; each further one waits about twice as long. */
  readonly timeoutMs?: number;
  /** How often each server is asked before a question has timed out. */
  readonly tries?: number;
  /** Ends what is under way, and all that is asked later, as `timeout`. */
  readonly signal?: AbortSignal;
}

/** An answer with more records than this is `too large`. */
const MOST_RECORDS = 500;
/** An answer with more characters of data than this is `too large`; a domain with 100 site verifications has 7,000. */
const MOST_CHARACTERS = 1 << 15;
const MOST_ALIASES = 8;

/** What c-ares says when no answer came. A code that is not here is a failure too, never an answer. */
const failures: Readonly<Record<string, DnsFailure>> = {
  ETIMEOUT: 'timeout',
  ECANCELLED: 'timeout',
  ESERVFAIL: 'servfail',
  EFORMERR: 'servfail',
  EREFUSED: 'refused',
  ENOTIMP: 'refused',
  ECONNREFUSED: 'unreachable',
  EBADRESP: 'malformed',
  EBADNAME: 'malformed',
  EBADQUERY: 'malformed',
  EBADSTR: 'malformed',
  ENOMEM: 'too large',
};

type Lookups = { readonly [T in RecordType]: (dns: NodeResolver, name: string) => Promise<DnsRecords[T][]> };

const lookups: Lookups = {
  A: (dns, name) => dns.resolve4(name),
  AAAA: (dns, name) => dns.resolve6(name),
  MX: async (dns, name) =>
    (await dns.resolveMx(name)).map(({ priority, exchange }) => ({ preference: priority, exchange: plain(exchange) })),
  TXT: async (dns, name) => (await dns.resolveTxt(name)).map((strings) => strings.join('')),
  PTR: async (dns, name) => (await dns.resolvePtr(name)).map(plain),
};

/** The null MX of RFC 7505, `.`, is an empty name. */
const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/**
 * Asks the name servers of this machine. A TXT record's bytes are characters U+0000 to U+00FF, one a byte: nothing is
 * lost, and whether they are UTF-8 is for the reader of the record to decide. The null MX (RFC 7505) is an MX whose
 * exchange is empty. Names that DNS cannot hold are answered `no-name` without a packet.
 *
 * c-ares cannot ask for a name with what no host name has (`+`, `[`, a blank). A sender puts such names into SPF macros
 * (RFC 7208 section 7: `%{l}`, `%{h}`), and a question not asked would let him choose the verdict: `wireQuery` asks them.
 *
 * @throws TypeError where `servers` holds what is no address.
 * @example await systemResolver({ timeoutMs: 2000 }).query('example.com', 'MX')
 */
export function systemResolver({ servers, timeoutMs = 2000, tries = 2, signal }: SystemResolverOptions = {}): Resolver {
  const dns = new NodeResolver({ timeout: timeoutMs, tries });
  if (servers) dns.setServers(servers);
  signal?.addEventListener('abort', () => dns.cancel(), { once: true });

  return {
    async query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      const asked = domainName(name);
      if (asked === undefined) return { status: 'no-name' };
      if (signal?.aborted) return { status: 'failed', failure: 'timeout' };
      const byHand = { servers: dns.getServers(), timeoutMs, tries, signal };
      try {
        if (!askable.test(asked)) return bounded((await wireQuery(asked, type, byHand)) as DnsAnswer<T>, type);
        return await following(dns, asked, type);
      } catch (error) {
        return answerOf(error);
      }
    },
  };
}

/** c-ares refuses other characters; a backslash and NUL it would read as something else than themselves. Of names below onion it says that they do not exist (RFC 7686). */
const askable = /^[a-z0-9._/*-]+$/;

/** Where a server's answer ends in an alias (CNAME) without its target, the target is asked for. */
async function following<T extends RecordType>(dns: NodeResolver, name: string, type: T): Promise<DnsAnswer<T>> {
  const seen = new Set<string>();
  for (let at = name; seen.size <= MOST_ALIASES; ) {
    seen.add(at);
    const records = await lookups[type](dns, at);
    if (records.length > 0) return bounded({ status: 'found', records }, type);
    const target = plain((await dns.resolveCname(at))[0] ?? ROOT);
    // So c-ares says that there is no alias: records came, and none of them was asked for. (An alias to itself looks alike.)
    if (target === at) return { status: 'failed', failure: 'malformed' };
    if (seen.has(target)) break;
    if (!askable.test(target)) return { status: 'failed', failure: 'malformed' };
    at = target;
  }
  return { status: 'failed', failure: 'alias loop' };
}

function bounded<T extends RecordType>(answer: DnsAnswer<T>, type: T): DnsAnswer<T> {
  if (answer.status !== 'found') return answer;
  const records = recordSet(answer.records, type);
  if (records.length === 0) return { status: 'no-record' };
  if (records.length > MOST_RECORDS || charactersOf(records) > MOST_CHARACTERS)
    return { status: 'failed', failure: 'too large' };
  return { status: 'found', records };
}

function answerOf(error: unknown): DnsAnswer<never> {
  const { code = '', syscall = '' } = error as { code?: string; syscall?: string };
  if (!syscall.startsWith('query')) throw error;
  if (code === 'ENOTFOUND') return { status: 'no-name' };
  if (code === 'ENODATA') return { status: 'no-record' };
  return { status: 'failed', failure: failures[code] ?? 'unreachable' };
}

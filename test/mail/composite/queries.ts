import type { CompositeQuery } from '../../../src/mail/composite/composite.ts';
import type { DmarcPolicy, DmarcWord } from '../../../src/mail/dmarc/result.ts';
import type { DnsAnswer, DnsRecords, RecordType, Resolver } from '../../../src/mail/dns/resolver.ts';
import type { Authors } from '../../../src/mail/message/mailbox.ts';

export const author = 'example.com';
export const client = '192.0.2.10';
export const now = Date.UTC(2026, 8, 1);

export const authorsOf = (...domains: readonly string[]): Authors => ({
  mailboxes: domains.map((domain) => ({ name: '', address: `a@${domain}`, domain })),
  domains: domains.filter((domain) => domain !== ''),
  problems: [],
});

/** A DMARC verdict on the author domain. */
export function dmarc(result: DmarcWord, policy?: DmarcPolicy, disposition = policy): CompositeQuery['dmarc'] {
  const verdict = {
    result,
    reason: '',
    domain: author,
    organizationalDomain: author,
    ...(policy && { policy, recordDomain: author }),
    disposition: result === 'fail' ? (disposition ?? 'none') : ('none' as const),
    alignments: [],
    queries: 0,
  };
  return { ...verdict, mode: 'rfc9989', domains: [verdict] };
}

export const spf = (result: CompositeQuery['spf']['result'], domain = author): CompositeQuery['spf'] => ({
  result,
  domain,
  identity: 'mailfrom',
});

export const dkim = (domain = author, mayAlign = true): CompositeQuery['dkim'][number] => ({
  result: 'pass',
  domain,
  mayAlign,
});

/** ARC sets by sealer, from instance 1, each with what it saw. */
export const arc = (
  result: 'pass' | 'fail' | 'temperror',
  ...sets: readonly (readonly [string, string])[]
): CompositeQuery['arc'] => ({
  result,
  reason: '',
  sets: sets.map(([sealer, results], i) => ({
    instance: i + 1,
    sealer,
    selector: 's',
    cv: i === 0 ? 'none' : 'pass',
    results,
  })),
});

/** Answers by `name TYPE`; `failed` for no answer. */
export function resolverOf(
  answers: Readonly<Record<string, readonly unknown[] | 'failed'>>,
): Resolver & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    query: async <T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> => {
      asked.push(`${name} ${type}`);
      const records = answers[`${name} ${type}`];
      if (records === 'failed') return { status: 'failed', failure: 'timeout' };
      return records === undefined ? { status: 'no-name' } : { status: 'found', records: records as DnsRecords[T][] };
    },
  };
}

/** A message that nothing is known about: no record, nothing passed. */
export const query = (more: Partial<CompositeQuery> = {}): CompositeQuery => ({
  spf: spf('none'),
  dkim: [],
  dmarc: dmarc('none'),
  arc: { result: 'none', reason: '', sets: [] },
  authors: authorsOf(author),
  transaction: { ip: client, mailFrom: `b@${author}`, recipients: [], known: 'given' },
  now,
  ...more,
});

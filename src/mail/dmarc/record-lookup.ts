import type { DnsFailure, Resolver } from '../dns/resolver.ts';
import { canBeInDns } from './domain-name.ts';
import { type DmarcRecord, isDmarcRecord, parseDmarcRecord } from './record.ts';

/** What stands at `_dmarc.` and a domain. */
export type RecordAt =
  | { readonly status: 'found'; readonly record: DmarcRecord }
  /** Nothing that counts: no record, several that cancel each other, or one whose tag list is broken. */
  | { readonly status: 'none'; readonly discarded?: 'several records' | 'broken record' }
  | { readonly status: 'failed'; readonly failure: DnsFailure };

/** Whether a domain is in DNS (RFC 9989 section 3.2.13). */
export type Existence = 'exists' | 'missing' | 'unknown';

/** Asks for the DMARC records of one message: each name once, however many walks lead past it. */
export interface RecordLookup {
  /** @param domain without `_dmarc.` */
  at(domain: string): Promise<RecordAt>;
  exists(domain: string): Promise<Existence>;
  /** How many questions DNS was asked so far. */
  questions(): number;
}

/** @example (await recordLookup(resolver).at('example.com')).status // 'found' */
export function recordLookup(resolver: Resolver): RecordLookup {
  const records = new Map<string, Promise<RecordAt>>();
  /** Domains that exist because something stands below them, were it only an empty answer (RFC 8020). */
  const existing = new Set<string>();
  let questions = 0;

  const ask = async (domain: string): Promise<RecordAt> => {
    const name = `_dmarc.${domain}`;
    if (!canBeInDns(name)) return { status: 'none' };
    questions++;
    const answer = await resolver.query(name, 'TXT');
    if (answer.status === 'failed') return answer;
    if (answer.status !== 'no-name') existing.add(domain);
    return answer.status === 'found' ? onlyRecord(answer.records) : { status: 'none' };
  };

  const exists = async (domain: string): Promise<Existence> => {
    if (!canBeInDns(domain)) return 'missing';
    if (existing.has(domain)) return 'exists';
    questions++;
    // Any type will do: no such record means that the name is there (RFC 9989 appendix A.4).
    const answer = await resolver.query(domain, 'A');
    if (answer.status === 'failed') return 'unknown';
    return answer.status === 'no-name' ? 'missing' : 'exists';
  };

  const at = (domain: string): Promise<RecordAt> => {
    const known = records.get(domain) ?? ask(domain);
    records.set(domain, known);
    return known;
  };

  return { at, exists, questions: () => questions };
}

/** RFC 9989 section 4.10 step 2: what is no DMARC record is passed over; of several, none counts. */
function onlyRecord(texts: readonly string[]): RecordAt {
  const [text, ...more] = texts.filter(isDmarcRecord);
  if (text === undefined) return { status: 'none' };
  if (more.length > 0) return { status: 'none', discarded: 'several records' };
  const record = parseDmarcRecord(text);
  return record === undefined ? { status: 'none', discarded: 'broken record' } : { status: 'found', record };
}

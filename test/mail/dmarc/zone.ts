import type { DnsAnswer, DnsFailure, RecordType, Resolver } from '../../../src/mail/dns/resolver.ts';

/**
 * DNS for a test. `example.com` names what stands at `_dmarc.example.com`: tags behind `v=DMARC1; `, `=` and a whole text,
 * `!` and a failure, or a list of such. `@example.com` names the domain itself: it exists, or `!` and a failure.
 */
export type DmarcZone = Readonly<Record<string, string | readonly string[]>>;

export interface CountingResolver extends Resolver {
  /** The questions in order. */
  readonly asked: readonly string[];
}

/** @example await resolverOf({ 'example.com': 'p=reject' }).query('_dmarc.example.com', 'TXT') // found */
export function resolverOf(zone: DmarcZone): CountingResolver {
  const asked: string[] = [];
  const entries = new Map(Object.entries(zone).map(([name, value]) => [nameOf(name), [value].flat()] as const));
  const names = [...entries.keys()];
  const answer = (name: string): DnsAnswer<'TXT'> => {
    const texts = entries.get(name);
    const failure = texts?.find((text) => text.startsWith('!'));
    if (failure !== undefined) return { status: 'failed', failure: failure.slice(1) as DnsFailure };
    if (texts !== undefined && name.startsWith('_dmarc.')) return { status: 'found', records: texts.map(recordOf) };
    const isThere = texts !== undefined || names.some((other) => other.endsWith(`.${name}`));
    return { status: isThere ? 'no-record' : 'no-name' };
  };
  return {
    asked,
    query: async <T extends RecordType>(name: string, type: T) => {
      asked.push(`${name} ${type}`);
      return answer(name.toLowerCase()) as DnsAnswer<T>;
    },
  };
}

const nameOf = (key: string): string => (key.startsWith('@') ? key.slice(1) : `_dmarc.${key}`);
const recordOf = (text: string): string => (text.startsWith('=') ? text.slice(1) : `v=DMARC1; ${text}`);

import type { DnsAnswer, RecordType, Resolver } from './resolver.ts';

/**
 * Asks each question once, a failed one too: for the checks of one message, which have the same names in common.
 *
 * @example const resolver = askingOnce(upstream); // for as long as one message is judged
 */
export function askingOnce(upstream: Resolver): Resolver {
  const asked = new Map<string, Promise<DnsAnswer<RecordType>>>();
  return {
    query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      const key = `${type} ${name.toLowerCase()}`;
      const answer = asked.get(key) ?? upstream.query(name, type);
      asked.set(key, answer);
      return answer as Promise<DnsAnswer<T>>;
    },
  };
}

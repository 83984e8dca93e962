import { domainName } from './domain-name.ts';
import type { DnsAnswer, RecordType, Resolver } from './resolver.ts';

/** One question and what was answered. */
export interface RecordedAnswer<T extends RecordType = RecordType> {
  readonly name: string;
  readonly type: T;
  readonly answer: DnsAnswer<T>;
}

/** A resolver that remembers. */
export interface RecordingResolver extends Resolver {
  /** Every question answered so far, in the order in which they were first asked. */
  answers(): readonly RecordedAnswer[];
}

interface Entry {
  readonly coming: Promise<DnsAnswer<RecordType>>;
  recorded: RecordedAnswer | undefined;
}

/**
 * Keeps every question and its answer, so that a verdict can be had again from them. A question asked twice is passed
 * on once and has one answer: what was recorded explains all that was seen. It grows without bound: one for each
 * message or run that is to be recorded.
 *
 * @example
 * const recording = recordingResolver(systemResolver());
 * await recording.query('example.com', 'TXT');
 * printZone(recording.answers());
 */
export function recordingResolver(upstream: Resolver): RecordingResolver {
  const asked = new Map<string, Entry>();
  const ask = (key: string, name: string, type: RecordType): Entry => {
    const entry: Entry = { coming: upstream.query(name, type), recorded: undefined };
    asked.set(key, entry);
    entry.coming.then(
      (answer) => {
        entry.recorded = { name, type, answer };
      },
      // Whoever asked sees the error; the question may be asked anew.
      () => asked.delete(key),
    );
    return entry;
  };

  return {
    query<T extends RecordType>(text: string, type: T): Promise<DnsAnswer<T>> {
      const name = domainName(text);
      if (name === undefined) return Promise.resolve({ status: 'no-name' });
      const key = `${type} ${name}`;
      return (asked.get(key) ?? ask(key, name, type)).coming as Promise<DnsAnswer<T>>;
    },
    answers: () => [...asked.values()].flatMap(({ recorded }) => recorded ?? []),
  };
}

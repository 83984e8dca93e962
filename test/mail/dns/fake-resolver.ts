import type { DnsAnswer, RecordType, Resolver } from '../../../src/mail/dns/resolver.ts';

/** A resolver that counts, and answers when and what the test decides. */
export interface FakeResolver extends Resolver {
  /** What was asked, `TXT example.com`. */
  readonly asked: string[];
}

/** Answers with what `say` makes of each question. */
export function fakeResolver(
  say: (name: string, type: RecordType) => DnsAnswer<RecordType> | Promise<DnsAnswer<RecordType>>,
): FakeResolver {
  const asked: string[] = [];
  return {
    asked,
    query: async <T extends RecordType>(name: string, type: T) => {
      asked.push(`${type} ${name}`);
      return (await say(name, type)) as DnsAnswer<T>;
    },
  };
}

/** A resolver whose questions wait until the test lets them go. */
export function heldResolver(answer: DnsAnswer<never>): FakeResolver & { release(count: number): Promise<void> } {
  const held: (() => void)[] = [];
  const fake = fakeResolver(() => new Promise((done) => held.push(() => done(answer))));
  return {
    ...fake,
    release: async (count) => {
      await new Promise(setImmediate);
      for (const go of held.splice(0, count)) go();
      await new Promise(setImmediate);
    },
  };
}

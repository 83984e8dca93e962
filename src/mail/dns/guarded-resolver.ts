import type { MailhuntError } from '../../errors/index.ts';
import { type LivenessOptions, requireDns } from './liveness.ts';
import type { DnsAnswer, RecordType, Resolver } from './resolver.ts';

/** A resolver that notices when nothing answers any more. */
export interface GuardedResolver extends Resolver {
  /** MAIL0001 once DNS was found dead. Verdicts that were reached since then say nothing about mail. */
  readonly dead: MailhuntError | undefined;
}

/**
 * Looks, before the first answer and behind each failure, whether DNS is alive at all: a failed look-up is a fact about a
 * domain (temperror) only while other questions are answered. Failures that come together share one look.
 *
 * @example
 * const dns = guardedResolver(systemResolver());
 * const verdict = await authenticate(message, { resolver: dns, … });
 * if (dns.dead) throw dns.dead;
 */
export function guardedResolver(upstream: Resolver, options: LivenessOptions = {}): GuardedResolver {
  let dead: MailhuntError | undefined;
  let looking: Promise<void> | undefined;
  let first: Promise<void> | undefined;
  const look = (): Promise<void> => {
    looking ??= requireDns(upstream, options)
      .catch((error: MailhuntError) => {
        dead ??= error;
      })
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };
  return {
    get dead() {
      return dead;
    },
    async query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      first ??= look();
      await first;
      if (dead !== undefined) return { status: 'failed', failure: 'unreachable' };
      const answer = await upstream.query(name, type);
      if (answer.status === 'failed') await look();
      return answer;
    },
  };
}

import type { DnsAnswer, RecordType, Resolver } from '../../mail/index.ts';
import { untilAborted } from '../until-aborted.ts';

/** Why a work that had a time was given up. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Waits for a work no longer than so many milliseconds. The work itself goes on.
 *
 * @throws OutOfTime, and the reason of the signal
 */
export async function within<T>(work: Promise<T>, milliseconds: number, signal: AbortSignal): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new OutOfTime(`it took longer than ${milliseconds} ms`)), milliseconds);
  try {
    return await untilAborted(work, AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** A resolver for one message. */
export interface LimitedResolver extends Resolver, Disposable {
  /** Questions that failed, and those that were asked. */
  readonly failed: number;
  readonly asked: number;
}

/**
 * A resolver that gives up after so many milliseconds over all: what is asked or not yet answered then has failed, which is
 * a temporary error and no answer. To be disposed of with its message.
 *
 * @example using dns = resolverFor(cache, 10_000);
 */
export function resolverFor(upstream: Resolver, milliseconds: number): LimitedResolver {
  let end: ((answer: DnsAnswer<never>) => void) | undefined;
  const over = new Promise<DnsAnswer<never>>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(() => end!({ status: 'failed', failure: 'timeout' }), milliseconds);
  let [failed, asked] = [0, 0];
  return {
    get failed() {
      return failed;
    },
    get asked() {
      return asked;
    },
    async query<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
      asked++;
      const answer: DnsAnswer<T> = await Promise.race([upstream.query(name, type), over]);
      if (answer.status === 'failed') failed++;
      return answer;
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

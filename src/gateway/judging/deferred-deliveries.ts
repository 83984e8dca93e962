import type { Reply } from '../../policy/index.ts';
import type { Facts } from './hearing.ts';

/** Names that are remembered of either kind; the oldest goes first. */
const MOST = 100_000;

/** An attempt: the id of its delivery, or its own, and the one that all attempts of a delivery share. */
export type Attempt = Pick<Facts, 'id' | 'attemptId'>;

/** An attempt under its NetworkMessageId. */
export interface NamedAttempt {
  readonly id: string;
  /** To be called where what became of it could not be written down. */
  readonly takeBack: () => void;
}

/**
 * Names deliveries. A client that was asked to come again comes with the same message: all its attempts are one delivery, of
 * which the last says what became of it. A message that was taken or refused and comes again is another, whether it is put
 * off this time or not: it cannot take the place of the first in the tables, nor be taken for it in quarantine.
 *
 * A delivery has the id of its first attempt, in which its time is, so that no other can get it, whatever has been forgotten:
 * who does not know that a delivery goes on gives its next attempt a name of its own, and the old row stays beside it.
 */
export class DeferredDeliveries {
  /** The name of each delivery that was put off and goes on, by what its attempts share. */
  readonly #deferred = new Map<string, string>();
  /** Deliveries that were put off at first and have come to their end; the store may still tell of their past. */
  readonly #ended = new Set<string>();
  readonly #isKept: (id: string) => boolean;

  /** @param isKept whether a delivery is in quarantine, or has been: of an earlier run, too */
  constructor(isKept: (id: string) => boolean = () => false) {
    this.#isKept = isKept;
  }

  /**
   * Names an attempt that is about to be answered so. Who comes at the same time is told apart from it from now on; where
   * the end of a delivery could not be written down, its client comes again, and it has not ended.
   *
   * @example
   * const { id, takeBack } = deliveries.name(facts, answer);
   * await record(id).catch((error) => { takeBack(); throw error; });
   */
  name({ id, attemptId }: Attempt, { code }: Reply): NamedAttempt {
    const known = this.#deferred.get(attemptId);
    const named = { id: known ?? id, attemptId };
    if (known !== undefined || isPutOff(code)) this.recall(named, code);
    const isEnd = known !== undefined && !isPutOff(code);
    return { id: named.id, takeBack: isEnd ? () => this.#takeBack(named) : nothing };
  }

  /** Takes down how the last attempt of a delivery that was put off was answered, in this run or an earlier one. */
  recall({ id, attemptId }: Attempt, code: number): void {
    if (isPutOff(code)) this.#goesOn({ id, attemptId });
    else this.#ends({ id, attemptId });
  }

  #ends({ id, attemptId }: Attempt): void {
    if (this.#deferred.get(attemptId) === id) this.#deferred.delete(attemptId);
    this.#ended.add(id);
    dropOldest(this.#ended);
  }

  /** What was said to be the end of a delivery was none. */
  #takeBack(named: Attempt): void {
    this.#ended.delete(named.id);
    this.#goesOn(named);
  }

  /** What the store says may be older than what has happened since: a name that is known, and an end, stay. */
  #goesOn({ id, attemptId }: Attempt): void {
    const name = this.#deferred.get(attemptId) ?? id;
    if (this.#ended.has(name) || this.#isKept(name)) return;
    this.#deferred.delete(attemptId);
    this.#deferred.set(attemptId, name);
    dropOldest(this.#deferred);
  }
}

/** Whether a client that is answered so is asked to come again (RFC 5321 section 4.2.1). */
export const isPutOff = (code: number): boolean => code >= 400 && code < 500;

const nothing = (): void => {};

function dropOldest(names: Map<string, string> | Set<string>): void {
  if (names.size <= MOST) return;
  const [oldest] = names.keys();
  names.delete(oldest!);
}

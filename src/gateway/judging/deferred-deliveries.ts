import { createHash } from 'node:crypto';
import type { Reply } from '../../policy/index.ts';
import type { Facts } from './hearing.ts';

/** Names that are remembered of either kind; the oldest goes first. */
const MOST = 100_000;
/** Deliveries of the same message, each put off at first, that are told apart. */
const DELIVERIES = 100;

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
 */
export class DeferredDeliveries {
  readonly #deferred = new Set<string>();
  /** Deliveries that were put off at first and have come to their end. */
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
  name({ id, attemptId }: Pick<Facts, 'id' | 'attemptId'>, { code }: Reply): NamedAttempt {
    const name = this.#underWay(attemptId);
    if (name === undefined) return { id, takeBack: nothing };
    const wasDeferred = this.recall(name, code);
    if (isPutOff(code)) return { id: name, takeBack: nothing };
    return wasDeferred ? { id: name, takeBack: () => this.#goesOn(name) } : { id, takeBack: nothing };
  }

  /** What was said to be the end of a delivery was none. */
  #goesOn(name: string): void {
    this.#ended.delete(name);
    if (!this.#isOver(name)) remember(this.#deferred, name);
  }

  /**
   * Takes down how the last attempt under a name was answered, of this run or an earlier one.
   *
   * @returns whether the one before was put off
   */
  recall(name: string, code: number): boolean {
    const wasDeferred = this.#deferred.delete(name);
    // What the store says of it may be older than what has happened since.
    if (isPutOff(code)) {
      if (!this.#isOver(name)) remember(this.#deferred, name);
    } else if (wasDeferred) remember(this.#ended, name);
    return wasDeferred;
  }

  /** The delivery of which this is an attempt, or a new one; undefined where there were too many. */
  #underWay(attemptId: string): string | undefined {
    for (let number = 0; number < DELIVERIES; number++) {
      const name = deliveryName(attemptId, number);
      if (!this.#isOver(name)) return name;
    }
    return undefined;
  }

  #isOver(name: string): boolean {
    return this.#ended.has(name) || this.#isKept(name);
  }
}

const nothing = (): void => {};

function remember(names: Set<string>, name: string): void {
  names.add(name);
  if (names.size <= MOST) return;
  const [oldest] = names;
  names.delete(oldest!);
}

/** The same for each attempt, in each run; a UUID of version 8 (RFC 9562), as all NetworkMessageIds that are made here. */
function deliveryName(attemptId: string, number: number): string {
  if (number === 0) return attemptId;
  const hex = createHash('sha256').update(`${attemptId}\n${number}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const isPutOff = (code: number): boolean => code >= 400 && code < 500;

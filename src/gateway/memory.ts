import { networkOf } from '../mail/index.ts';

/** Of all octets: the last quarter is for messages of at most a sixty-fourth (128 MB and 8 MB of 512 MB). */
const [RESERVE, SMALL] = [1 / 4, 1 / 64];

/**
 * What a message takes while it is judged, in its own size: as the front has it, as the thread has it, and what decoding
 * makes of it there, which is text of two octets a character at most. What a thread needs beyond that, for the one message
 * that it takes apart at a time, is not counted.
 */
const JUDGED = 4;

/** What a message does while it takes memory: it still comes, or all of it came and it is judged. */
type Phase = 'coming' | 'judged';

interface Held {
  readonly phase: Phase;
  readonly octets: number;
}

const nothing: Held = { phase: 'coming', octets: 0 };

/**
 * What the messages of one client may take at most, as a part of what is then left for all others. A third: one client by
 * itself gets a quarter of all, and sixteen that take what they can leave more than a seventh. Of those that are judged, which
 * is soon over, one may always be there: it could be of the largest size.
 */
const SHARE: Readonly<Record<Phase, number>> = { coming: 1 / 3, judged: 1 };

/** The largest message that finds room in so much memory while there is no other. */
export const largestIn = (octets: number): number => Math.floor((octets * (1 - RESERVE)) / JUDGED);

/**
 * Octets that the messages of a front may take, all together and those of one client. Large ones do not get the last of it,
 * so that a few clients with large messages that never end do not keep out everybody's mail; and no client gets more than a
 * part of what is left, so that many messages of a few clients do not either.
 *
 * @example const hold = memory.hold('192.0.2.7'); if (!hold.grow(chunk.length)) refuse(); …; hold.release();
 */
export class Memory {
  readonly #all: number;
  /** What the messages of each client take; nobody is here who has none. */
  readonly #clients = new Map<string, Readonly<Record<Phase, number>>>();
  #left: number;

  constructor(octets: number) {
    this.#all = octets;
    this.#left = octets;
  }

  /** Whether a message of this size could come in and be judged now; `client` as {@link hold} has it. */
  hasRoom(octets: number, client?: string): boolean {
    const key = keyOf(client);
    const steps: readonly Held[] = [
      { phase: 'coming', octets },
      { phase: 'judged', octets: octets * JUDGED },
    ];
    return steps.every((held) => this.#fits(key, octets, nothing, held));
  }

  /**
   * What one message takes, as it comes, until all who hold it have given it back.
   *
   * @param client the address of whoever sends it: an IPv6 client is its /64, and all whom nobody knows (empty) are one. Left
   * out where a trusted server speaks for clients that it does not name: its messages have all the room that there is
   */
  hold(client?: string): MemoryHold {
    const key = keyOf(client);
    return new MemoryHold({
      take: (size, was, now) => {
        if (!this.#fits(key, size, was, now)) return false;
        this.#change(key, was, now);
        return true;
      },
      giveBack: (held) => this.#change(key, held, nothing),
    });
  }

  #fits(key: string | undefined, size: number, was: Held, now: Held): boolean {
    if (now.octets === was.octets) return true;
    const left = this.#left - (now.octets - was.octets);
    const reserved = size > this.#all * SMALL ? this.#all * RESERVE : 0;
    return left >= reserved && (key === undefined || this.#isFair(key, was, now, left));
  }

  #isFair(key: string, was: Held, { phase, octets }: Held, left: number): boolean {
    const others = this.#of(key)[phase] - (was.phase === phase ? was.octets : 0);
    return (phase === 'judged' && others === 0) || others + octets <= left * SHARE[phase];
  }

  #change(key: string | undefined, was: Held, now: Held): void {
    this.#left -= now.octets - was.octets;
    if (key === undefined) return;
    const its = { ...this.#of(key) };
    its[was.phase] -= was.octets;
    its[now.phase] += now.octets;
    if (its.coming + its.judged > 0) this.#clients.set(key, its);
    else this.#clients.delete(key);
  }

  #of(key: string): Readonly<Record<Phase, number>> {
    return this.#clients.get(key) ?? { coming: 0, judged: 0 };
  }
}

const keyOf = (client: string | undefined): string | undefined =>
  client === undefined ? undefined : networkOf(client);

interface Account {
  /** Takes more, for a message of so many octets; false where there is no room, and nothing is taken. */
  take(size: number, was: Held, now: Held): boolean;
  giveBack(held: Held): void;
}

/** One message's memory. Whoever goes on with the message when its front is through with it shares it. */
export class MemoryHold {
  readonly #account: Account;
  #octets = 0;
  #held = nothing;
  #sharers = 0;
  #isLetGo = false;

  constructor(account: Account) {
    this.#account = account;
  }

  /** Takes so many octets in all: the message as far as it has come. False where there is no room, and nothing more is taken. */
  grow(to: number): boolean {
    if (!this.#growTo(to, { phase: 'coming', octets: to })) return false;
    this.#octets = Math.max(this.#octets, to);
    return true;
  }

  /** The message is whole: takes what judging it will. False where there is no room. */
  growToBeJudged(): boolean {
    return this.#growTo(this.#octets, { phase: 'judged', octets: this.#octets * JUDGED });
  }

  /** Holds it once more. @returns how that one gives it back, once or more often */
  share(): () => void {
    this.#sharers++;
    let isShared = true;
    return () => {
      if (!isShared) return;
      isShared = false;
      this.#sharers--;
      this.#settle();
    };
  }

  /** The front lets go of the message, once or more often. It comes back when the last sharer has, too. */
  release(): void {
    this.#isLetGo = true;
    this.#settle();
  }

  #growTo(size: number, to: Held): boolean {
    // What asks for nothing more keeps what it has, whoever fills the reserve meanwhile.
    if (to.octets <= this.#held.octets) return true;
    if (!this.#account.take(size, this.#held, to)) return false;
    this.#held = to;
    return true;
  }

  #settle(): void {
    if (!this.#isLetGo || this.#sharers > 0) return;
    this.#account.giveBack(this.#held);
    this.#held = nothing;
  }
}

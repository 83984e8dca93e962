/** Of all octets: the last quarter is for messages of at most a sixty-fourth (128 MB and 8 MB of 512 MB). */
const [RESERVE, SMALL] = [1 / 4, 1 / 64];

/**
 * What a message takes while it is judged, in its own size: as the front has it, as the thread has it, and what decoding
 * makes of it there, which is text of two octets a character at most. What a thread needs beyond that, for the one message
 * that it takes apart at a time, is not counted.
 */
const JUDGED = 4;

/** The largest message that finds room in so much memory while there is no other. */
export const largestIn = (octets: number): number => Math.floor((octets * (1 - RESERVE)) / JUDGED);

/**
 * Octets that the messages of a front may take, all together. Large ones do not get the last of it, so that a few clients
 * with large messages that never end do not keep out everybody's mail.
 *
 * @example const hold = memory.hold(); if (!hold.grow(chunk.length)) refuse(); …; hold.release();
 */
export class Memory {
  readonly #all: number;
  #left: number;

  constructor(octets: number) {
    this.#all = octets;
    this.#left = octets;
  }

  /** Whether a message of this size could come in and be judged now. */
  hasRoom(octets: number): boolean {
    return this.#fits(octets, octets * JUDGED);
  }

  /** What one message takes, as it comes, until all who hold it have given it back. */
  hold(): MemoryHold {
    return new MemoryHold({
      take: (octets, more) => {
        if (!this.#fits(octets, more)) return false;
        this.#left -= more;
        return true;
      },
      giveBack: (octets) => {
        this.#left += octets;
      },
    });
  }

  #fits(octets: number, more: number): boolean {
    const reserved = octets > this.#all * SMALL ? this.#all * RESERVE : 0;
    // What asks for nothing more keeps what it has, whoever fills the reserve meanwhile.
    return more === 0 || more <= this.#left - reserved;
  }
}

interface Account {
  /** Takes more, for a message of so many octets; false where there is no room, and nothing is taken. */
  take(octets: number, more: number): boolean;
  giveBack(octets: number): void;
}

/** One message's memory. Whoever goes on with the message when its front is through with it shares it. */
export class MemoryHold {
  readonly #account: Account;
  #octets = 0;
  #held = 0;
  #sharers = 0;
  #isLetGo = false;

  constructor(account: Account) {
    this.#account = account;
  }

  /** Takes so many octets in all: the message as far as it has come. False where there is no room, and nothing more is taken. */
  grow(to: number): boolean {
    if (!this.#growTo(to, to)) return false;
    this.#octets = Math.max(this.#octets, to);
    return true;
  }

  /** The message is whole: takes what judging it will. False where there is no room. */
  growToBeJudged(): boolean {
    return this.#growTo(this.#octets, this.#octets * JUDGED);
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

  #growTo(octets: number, to: number): boolean {
    const more = Math.max(0, to - this.#held);
    if (!this.#account.take(octets, more)) return false;
    this.#held += more;
    return true;
  }

  #settle(): void {
    if (!this.#isLetGo || this.#sharers > 0) return;
    this.#account.giveBack(this.#held);
    this.#held = 0;
  }
}

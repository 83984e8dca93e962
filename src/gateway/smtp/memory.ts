/** Of all octets: the last quarter is for messages of at most a sixty-fourth (64 MB and 4 MB of 256 MB). */
const [RESERVE, SMALL] = [1 / 4, 1 / 64];

/**
 * Octets that messages in flight may take, all together. Large ones do not get the last of it, so that a few clients with
 * large messages that never end do not keep out everybody's mail.
 */
export class Memory {
  readonly #all: number;
  #left: number;

  constructor(octets: number) {
    this.#all = octets;
    this.#left = octets;
  }

  /** Whether a message of this size could come in now. */
  hasRoom(octets: number): boolean {
    return this.#fits(octets, octets);
  }

  /** What one message takes, as it comes, until it gives it back. */
  hold(): MemoryHold {
    let held = 0;
    return {
      grow: (to) => {
        const more = Math.max(0, to - held);
        if (!this.#fits(to, more)) return false;
        this.#left -= more;
        held += more;
        return true;
      },
      release: () => {
        this.#left += held;
        held = 0;
      },
    };
  }

  #fits(octets: number, more: number): boolean {
    const reserved = octets > this.#all * SMALL ? this.#all * RESERVE : 0;
    return more <= this.#left - reserved;
  }
}

export interface MemoryHold {
  /** Takes so many octets in all; false where there is no room. */
  grow(to: number): boolean;
  release(): void;
}

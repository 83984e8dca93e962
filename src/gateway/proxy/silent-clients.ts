import { networkOf } from '../../mail/index.ts';

/** How long clients may be silent with a connection of the next hop in their hands, and how many of one. */
export interface SilenceLimits {
  /** Milliseconds. */
  readonly silence: number;
  readonly perClient: number;
}

/** Clients that have a connection with the next hop and say nothing. An IPv6 client is its /64. */
export class SilentClients {
  readonly #limits: SilenceLimits;
  /** Those who are silent the longest come first. */
  readonly #silent = new Map<string, Set<() => void>>();

  constructor(limits: SilenceLimits) {
    this.#limits = limits;
  }

  /**
   * A client is silent from now on.
   *
   * @param giveBack is called once, where it is silent for too long, or too many of its kind are
   * @returns how it ends: it speaks again, or is gone
   * @example const speaks = silentClients.begin('192.0.2.7', () => nextHop.release(hop)); …; speaks();
   */
  begin(ip: string, giveBack: () => void): () => void {
    const key = networkOf(ip);
    const its = this.#silent.get(key) ?? new Set();
    this.#silent.set(key, its);
    const end = (): void => {
      clearTimeout(timer);
      its.delete(tooLong);
      if (its.size === 0 && this.#silent.get(key) === its) this.#silent.delete(key);
    };
    const tooLong = (): void => {
      end();
      giveBack();
    };
    const timer = setTimeout(tooLong, this.#limits.silence).unref();
    its.add(tooLong);
    if (its.size > this.#limits.perClient) its.values().next().value!();
    return end;
  }
}

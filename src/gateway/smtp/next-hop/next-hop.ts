import { type Features, noFeatures } from '../features.ts';
import { HopConnection, type HopOptions } from './hop-connection.ts';

/** Connections that are kept for the next transaction, and transactions that one has. */
const KEPT = 64;
const USES = 200;

/** The next hop of all sessions. Connections are kept for a while and used again; each serves one transaction at a time. */
export class NextHop {
  readonly #options: HopOptions;
  readonly #idle = new Map<HopConnection, NodeJS.Timeout>();
  #known: Features | undefined;
  /** All that wait for the first answer wait for one. */
  #asking: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: HopOptions) {
    this.#options = options;
  }

  get options(): HopOptions {
    return this.#options;
  }

  /**
   * What it can, by what it said last; asked where nothing is known yet. Nothing where it cannot be asked: what is
   * advertised then is the least.
   */
  async features(): Promise<Features> {
    if (this.#known !== undefined) return this.#known;
    this.#asking ??= this.#open(performance.now() + this.#options.timeouts.features)
      .then((hop) => this.release(hop))
      // MAIL will find the same, and say so.
      .catch(() => {})
      .finally(() => {
        this.#asking = undefined;
      });
    await this.#asking;
    return this.#known ?? noFeatures;
  }

  /** A connection from before, which may be found dead when it is used; undefined where there is none. */
  kept(): HopConnection | undefined {
    for (const [hop, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(hop);
      if (hop.isUsable) return hop;
      hop.destroy();
    }
    return undefined;
  }

  /** A new connection. Throws HopFailure. */
  async fresh(deadline: number): Promise<HopConnection> {
    return this.#open(deadline);
  }

  /** Gives back a connection that has no transaction open. */
  release(hop: HopConnection): void {
    hop.uses++;
    const { idle } = this.#options.timeouts;
    const isSpent = hop.uses >= USES || this.#idle.size >= KEPT || idle === 0;
    if (this.#isClosed || !hop.isUsable || isSpent) {
      hop.close();
      return;
    }
    const timer = setTimeout(() => {
      this.#idle.delete(hop);
      hop.close();
    }, idle);
    this.#idle.set(hop, timer.unref());
  }

  close(): void {
    this.#isClosed = true;
    for (const [hop, timer] of this.#idle) {
      clearTimeout(timer);
      hop.close();
    }
    this.#idle.clear();
  }

  async #open(deadline: number): Promise<HopConnection> {
    const hop = await HopConnection.open(this.#options, deadline);
    this.#known = hop.features;
    return hop;
  }
}

import { networkOf } from '../../mail/index.ts';

const MINUTE = 60_000;
/** Of all rows of a minute, the part that one client may cause: others are still seen beside it. */
const SHARE = 0.1;

/**
 * How many rows a minute may be written about messages that are refused before they are judged: who sends such messages by the
 * thousand does not fill the store with them.
 *
 * @example const allowance = new RefusalAllowance(60); allowance.take('192.0.2.7', now()) // true
 */
export class RefusalAllowance {
  readonly #most: number;
  readonly #ofOne: number;
  #since = Number.NEGATIVE_INFINITY;
  #taken = 0;
  readonly #byClient = new Map<string, number>();

  /** @param most rows a minute, of all clients */
  constructor(most: number) {
    this.#most = most;
    this.#ofOne = Math.max(1, Math.floor(most * SHARE));
  }

  /**
   * Whether a row may be written about a client's message now; it counts as written then.
   *
   * @param now milliseconds, from any start
   */
  take(ip: string, now: number): boolean {
    if (now - this.#since >= MINUTE || now < this.#since) {
      [this.#since, this.#taken] = [now, 0];
      this.#byClient.clear();
    }
    const client = networkOf(ip);
    const ofThis = this.#byClient.get(client) ?? 0;
    if (this.#taken >= this.#most || ofThis >= this.#ofOne) return false;
    this.#taken++;
    this.#byClient.set(client, ofThis + 1);
    return true;
  }
}

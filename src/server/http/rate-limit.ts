import { MailhuntError } from '../../errors/index.ts';

/** How many requests somebody may send. */
export interface Rate {
  /** In the long run. */
  readonly perSecond: number;
  /** At once, after a while of silence. */
  readonly burst: number;
}

interface Bucket {
  left: number;
  at: number;
}

const MOST_BUCKETS = 10_000;

/** Buckets of requests that fill again with time, one for each name or address. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes a request out of a bucket. Throws ACCESS0007 where it is empty. `now` in milliseconds. */
  take(key: string, { perSecond, burst }: Rate, now: number): void {
    const { left, at } = this.#buckets.get(key) ?? { left: burst, at: now };
    // A clock that was set back gives nothing, and takes nothing.
    const full = Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond);
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: Math.max(0, full - 1), at: now });
    this.#forget();
    if (full < 1) throw new MailhuntError('ACCESS0007', { seconds: Math.max(1, Math.ceil((1 - full) / perSecond)) });
  }

  /** The bucket that was not used for longest goes first: it is the fullest. */
  #forget(): void {
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST_BUCKETS) return;
      this.#buckets.delete(key);
    }
  }
}

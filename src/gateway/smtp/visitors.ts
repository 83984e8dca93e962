import { networkOf } from '../../mail/index.ts';
import type { SmtpLimits } from './limits.ts';

const MINUTE = 60_000;
/** Clients whose connections are counted; those that came longest ago are forgotten first. */
const MOST = 50_000;

interface Count {
  open: number;
  /** In the minute that began at `since`. */
  opened: number;
  since: number;
}

/** Counts the connections of each client. */
export class Visitors {
  readonly #counts = new Map<string, Count>();

  /** Lets a client in and returns how it leaves; undefined where it has too many connections, or opens them too fast. */
  enter(ip: string, { perClient, perClientMinute }: SmtpLimits, now: number): (() => void) | undefined {
    const key = networkOf(ip);
    const known = this.#counts.get(key) ?? { open: 0, opened: 0, since: now };
    const isOld = now - known.since >= MINUTE || now < known.since;
    const count = isOld ? { open: known.open, opened: 0, since: now } : known;
    this.#counts.delete(key);
    this.#counts.set(key, count);
    this.#forget();
    count.opened++;
    if (count.opened > perClientMinute || count.open >= perClient) return undefined;
    count.open++;
    return () => this.#leave(key);
  }

  #leave(key: string): void {
    const count = this.#counts.get(key);
    if (count !== undefined) count.open = Math.max(0, count.open - 1);
  }

  #forget(): void {
    if (this.#counts.size <= MOST) return;
    for (const [key, { open }] of this.#counts) {
      if (open > 0) continue;
      this.#counts.delete(key);
      return;
    }
  }
}

import { MailhuntError } from '../../errors/index.ts';
import { networkOf } from '../../mail/index.ts';

/** What attempts are counted by, and how many may fail. */
export interface Counted {
  readonly key: string;
  /** Attempts that may fail before one has to wait. */
  readonly free: number;
  /** The longest wait, in milliseconds. */
  readonly longest: number;
}

/** Failures in a row, and when the next attempt may come. */
interface Failures {
  readonly count: number;
  readonly until: number;
}

const FIRST_WAIT = 1_000;
/** Failures are forgotten after this long. */
const MEMORY = 60 * 60_000;
const MOST_KEYS = 10_000;
const MINUTE = 60_000;

/**
 * By what sign-ins are counted: somebody who guesses one name, an address that guesses many, and one name that many
 * addresses guess; the last has short waits, or a stranger could lock a user out.
 */
export function countedBy(name: string, from: string): readonly Counted[] {
  const network = networkOf(from);
  return [
    { key: `both ${name.toLowerCase()} ${network}`, free: 5, longest: 15 * MINUTE },
    { key: `from ${network}`, free: 20, longest: 15 * MINUTE },
    { key: `name ${name.toLowerCase()}`, free: 50, longest: MINUTE },
  ];
}

/**
 * Makes guessing slow: after so many failures each further one doubles the wait, from a second on. While one waits, the
 * right password is not looked at either.
 */
export class Throttle {
  readonly #failures = new Map<string, Failures>();

  /** Throws ACCESS0006 where one has to wait. `now` in milliseconds. */
  require(counted: readonly Counted[], now: number): void {
    const until = Math.max(...counted.map(({ key }) => this.#failures.get(key)?.until ?? 0));
    if (until > now) throw new MailhuntError('ACCESS0006', { seconds: Math.ceil((until - now) / 1000) });
  }

  /** Counts an attempt, as one that failed: many at once are not to be free until the first is judged. */
  begin(counted: readonly Counted[], now: number): void {
    for (const { key, free, longest } of counted) {
      const known = this.#failures.get(key);
      const count = known && now - known.until < MEMORY ? known.count + 1 : 1;
      const wait = count < free ? 0 : Math.min(longest, FIRST_WAIT * 2 ** (count - free));
      this.#failures.delete(key);
      this.#failures.set(key, { count, until: now + wait });
    }
    for (const key of this.#failures.keys()) {
      if (this.#failures.size <= MOST_KEYS) break;
      this.#failures.delete(key);
    }
  }

  /** Takes an attempt back that was right. Older failures of the address stay: one's own account is no way to forget them. */
  succeeded([both, ...others]: readonly Counted[], now: number): void {
    if (both) this.#failures.delete(both.key);
    for (const { key } of others) {
      const known = this.#failures.get(key);
      if (known) this.#failures.set(key, { count: known.count - 1, until: now });
    }
  }
}

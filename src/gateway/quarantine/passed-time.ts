const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Milliseconds by which a clock may be ahead of what is known to have passed, within a day. */
const TOLERANCE = DAY;
/** Milliseconds for which a clock that has leaped must go on evenly until it is believed, and what counts as evenly. */
const PROBATION = DAY;
const EVEN = HOUR;

/** A wall clock as it stood when another clock, which never leaps, stood so. */
interface Look {
  readonly wall: number;
  readonly elapsed: number;
}

/** What a clock says, and whether it is believed. */
export interface TimeFound {
  /** Milliseconds since 1970: until then time is sure to have passed. */
  readonly time: number;
  /** The clock has leaped forward, and its word does not count yet. */
  readonly isDoubted: boolean;
}

/**
 * The time that is sure to have passed, by a clock that may leap (a dead battery, a wrong NTP server, a guest that was
 * restored): what is removed by age must not go because a clock is wrong. Known is the last time that was believed, of an
 * earlier run, too; from it on the monotonic clock counts. A wall clock that is more than a day ahead of that is believed
 * when it has gone on evenly for a day, in which somebody may see it; until then the counted time stands for it. One that
 * is set back is believed at once: nothing is removed too early by it.
 *
 * @example
 * const passed = new PassedTime(lastKnown);
 * passed.at(Date.now(), performance.now()).time
 */
export class PassedTime {
  #known: Look | undefined;
  #doubt: Look | undefined;
  readonly #last: number | undefined;

  /** @param last the last time that an earlier run believed, milliseconds since 1970; undefined where there was none */
  constructor(last: number | undefined) {
    this.#last = last;
  }

  /**
   * @param wall what the clock says now, milliseconds since 1970
   * @param elapsed milliseconds from any start, by a clock that only goes forward
   */
  at(wall: number, elapsed: number): TimeFound {
    this.#known ??= { wall: this.#last ?? wall, elapsed };
    const expected = after(this.#known, elapsed);
    if (wall - expected <= TOLERANCE) {
      this.#doubt = undefined;
      // The tolerance is that of a day: many small leaps are a large one.
      if (wall < expected - TOLERANCE || elapsed - this.#known.elapsed >= DAY) this.#known = { wall, elapsed };
      return { time: wall, isDoubted: false };
    }
    if (this.#doubt === undefined || Math.abs(wall - after(this.#doubt, elapsed)) > EVEN)
      this.#doubt = { wall, elapsed };
    if (elapsed - this.#doubt.elapsed < PROBATION) return { time: expected, isDoubted: true };
    this.#known = { wall, elapsed };
    this.#doubt = undefined;
    return { time: wall, isDoubted: false };
  }
}

const after = (look: Look, elapsed: number): number => look.wall + (elapsed - look.elapsed);

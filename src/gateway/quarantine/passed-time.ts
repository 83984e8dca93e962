const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Milliseconds by which a clock may be ahead of what is known to have passed, within a day. */
const TOLERANCE = DAY;
/** Milliseconds for which a clock that has leaped must go on evenly until it is believed, and what counts as evenly. */
const PROBATION = DAY;
const EVEN = HOUR;
/** Milliseconds after which it is written down again how late it is: what a kill may take of a doubt that lasts. */
const MARK = HOUR / 6;

/** A wall clock as it stood when another clock, which never leaps, stood so. */
interface Look {
  readonly wall: number;
  readonly elapsed: number;
}

/** A doubt of this run: its first look, and the milliseconds that it had lasted before. */
interface OpenDoubt extends Look {
  readonly before: number;
}

/** A clock that has leaped forward, and whose word does not count yet. */
export interface Doubt {
  /** What the clock says, milliseconds since 1970. */
  readonly wall: number;
  /** Milliseconds for which it has gone on evenly while a gate ran. */
  readonly lasted: number;
}

/** How late it is, as far as that is known: also what a later run has to know of it. */
export interface TimeSeen {
  /** Milliseconds since 1970: until then time is sure to have passed. */
  readonly at: number;
  /** Where the clock says more than is believed. */
  readonly doubt?: Doubt;
}

/**
 * The time that is sure to have passed, by a clock that may leap (a dead battery, a wrong NTP server, a guest that was
 * restored): what is removed by age must not go because a clock is wrong. Known is the last time that was believed, of an
 * earlier run, too; from it on the monotonic clock counts. A wall clock that is more than a day ahead of that is believed
 * when it has gone on evenly for a day, in which somebody may see it; until then the counted time stands for it. One that
 * is set back is believed at once: nothing is removed too early by it.
 *
 * A restart goes on with the day of an earlier run, where the clock stands at most a day after where it stood then, which
 * is what a gate may be off without being doubted; the time in which none ran does not count.
 *
 * @example
 * const passed = new PassedTime(lastSeen);
 * const seen = passed.at(Date.now(), performance.now()); // for the next run, too
 */
export class PassedTime {
  #known: Look | undefined;
  #doubt: OpenDoubt | undefined;
  readonly #last: TimeSeen | undefined;

  /** @param last what an earlier run knew last; undefined where there was none */
  constructor(last: TimeSeen | undefined) {
    this.#last = last;
  }

  /**
   * @param wall what the clock says now, milliseconds since 1970
   * @param elapsed milliseconds from any start, by a clock that only goes forward
   */
  at(wall: number, elapsed: number): TimeSeen {
    if (this.#known === undefined) this.#begin(wall, elapsed);
    const known = this.#known!;
    const expected = after(known, elapsed);
    if (wall - expected <= TOLERANCE) {
      this.#doubt = undefined;
      // The tolerance is that of a day: many small leaps are a large one.
      if (wall < expected - TOLERANCE || elapsed - known.elapsed >= DAY) this.#known = { wall, elapsed };
      return { at: wall };
    }
    if (this.#doubt === undefined || Math.abs(wall - after(this.#doubt, elapsed)) > EVEN)
      this.#doubt = { wall, elapsed, before: 0 };
    const lasted = this.#doubt.before + elapsed - this.#doubt.elapsed;
    if (lasted < PROBATION) return { at: expected, doubt: { wall, lasted } };
    this.#known = { wall, elapsed };
    this.#doubt = undefined;
    return { at: wall };
  }

  #begin(wall: number, elapsed: number): void {
    const { at = wall, doubt } = this.#last ?? {};
    this.#known = { wall: at, elapsed };
    if (doubt !== undefined && wall >= doubt.wall - EVEN && wall <= doubt.wall + TOLERANCE)
      this.#doubt = { wall, elapsed, before: doubt.lasted };
  }
}

const after = (look: Look, elapsed: number): number => look.wall + (elapsed - look.elapsed);

/** Whether what is known now should be written down for a later run, where that stands of it which was written last. */
export function isMarkDue({ at, doubt }: TimeSeen, marked: TimeSeen | undefined): boolean {
  if (marked === undefined || Math.abs(at - marked.at) >= MARK) return true;
  // A doubt that has ended or begun anew: a later run would go on with the one before.
  return (doubt?.lasted ?? -1) < (marked.doubt?.lasted ?? -1);
}

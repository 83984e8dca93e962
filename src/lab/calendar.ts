import type { Random } from './random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How many days the demo goes back. */
export const DAYS = 30;

/** Nothing happens in the last minute before `now`, so that every message leaves time for what follows it. */
const QUIET = MINUTE;

/** When mail of one kind is sent: a weight for each UTC hour of the day, and what a weekend day weighs beside it. */
export interface Rhythm {
  readonly hours: readonly number[];
  readonly weekend: number;
}

/** Rhythms by name. The offices are in Western Europe: their day is 07 to 18 UTC. */
export const rhythms = {
  office: { hours: [0, 0, 0, 0, 0, 1, 3, 8, 14, 15, 13, 9, 7, 12, 14, 12, 8, 4, 2, 1, 1, 0, 0, 0], weekend: 0.06 },
  machine: { hours: [3, 3, 3, 4, 6, 9, 10, 9, 6, 5, 5, 4, 4, 4, 4, 5, 6, 4, 3, 3, 3, 3, 3, 3], weekend: 0.55 },
  always: { hours: Array.from({ length: 24 }, () => 1), weekend: 1 },
} as const satisfies Record<string, Rhythm>;

export type RhythmName = keyof typeof rhythms;

/** The span of time that the demo covers, and draws from it. Times are milliseconds since 1970. */
export interface Calendar {
  readonly now: number;
  /** A moment in the 30 days before `now`, by the weights of a rhythm. */
  moment(rhythm: RhythmName, random: Random): number;
  /** A moment between two times that lie so many milliseconds before `now`. */
  ago(most: number, least: number, random: Random): number;
  /** A moment in working hours of the weekend that ended about a week ago: 0 is its Saturday, 1 its Sunday. */
  lastButOneWeekend(day: 0 | 1, random: Random): number;
}

/** The calendar of the 30 days up to a time. */
export function calendarUpTo(now: number): Calendar {
  const from = now - DAYS * DAY + 1000;
  const to = now - QUIET;
  const tables = new Map(Object.entries(rhythms).map(([name, rhythm]) => [name, hoursOf(rhythm, from, to)]));
  const between = (low: number, high: number, random: Random): number =>
    Math.floor((low + random.next() * (high - low)) / 1000) * 1000;
  return {
    now,
    moment(rhythm, random) {
      const hour = draw(tables.get(rhythm)!, random.next());
      return Math.max(from, between(hour.from, hour.to, random));
    },
    ago: (most, least, random) => between(now - most, now - least, random),
    lastButOneWeekend: (day, random) => {
      const saturday = saturdayBefore(now - 8 * DAY);
      return between(saturday + day * DAY + 6 * HOUR, saturday + day * DAY + 20 * HOUR, random);
    },
  };
}

interface Hour {
  readonly from: number;
  readonly to: number;
  /** The weights of all hours up to and with this one. */
  readonly upTo: number;
}

function hoursOf(rhythm: Rhythm, from: number, to: number): Hour[] {
  const hours: Hour[] = [];
  let upTo = 0;
  for (let start = Math.floor(from / HOUR) * HOUR; start < to; start += HOUR) {
    const date = new Date(start);
    const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
    const hour = { from: Math.max(start, from), to: Math.min(start + HOUR, to) };
    const weight = rhythm.hours[date.getUTCHours()]! * (isWeekend ? rhythm.weekend : 1);
    upTo += (weight * (hour.to - hour.from)) / HOUR;
    hours.push({ ...hour, upTo });
  }
  return hours;
}

/** The hour in which a share (0 to 1) of the whole weight is reached. */
function draw(hours: readonly Hour[], share: number): Hour {
  const wanted = share * hours.at(-1)!.upTo;
  let low = 0;
  let high = hours.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hours[middle]!.upTo > wanted) high = middle;
    else low = middle + 1;
  }
  return hours[low]!;
}

/** Midnight of the last Saturday that began before a time. */
export function saturdayBefore(time: number): number {
  const midnight = Math.floor(time / DAY) * DAY;
  return midnight - ((new Date(midnight).getUTCDay() + 1) % 7) * DAY;
}

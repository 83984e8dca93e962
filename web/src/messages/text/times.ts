/** `2026-11-21 15:57` of an ISO time; UTC, as all times here. Empty for what is no time. */
export const minuteOf = (iso: string): string => (isTime(iso) ? iso.slice(0, 16).replace('T', ' ') : '');

/** `2026-11-21 15:57:20`. */
export const secondOf = (iso: string): string => (isTime(iso) ? iso.slice(0, 19).replace('T', ' ') : '');

const isTime = (iso: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso);

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/**
 * A span of seconds in two units at most; with a sign where it runs backwards.
 *
 * @example spanOf(3725) // '1 h 2 min'
 */
export function spanOf(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const first = units.findIndex(([, size]) => whole >= size);
  if (first < 0) return '0 s';
  const parts: string[] = [];
  let rest = whole;
  for (const [unit, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return `${seconds < 0 ? '−' : ''}${parts.join(' ')}`;
}

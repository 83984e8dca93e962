import { parseDatetime, parseTimespan } from '../values/index.ts';

/**
 * The moment that `--since` names, in datetime ticks: a span before now, or a date; undefined where it is neither.
 *
 * @param now datetime ticks
 * @example momentOf('30d', now) // now - 30 days
 */
export function momentOf(text: string, now: bigint): bigint | undefined {
  const span = parseTimespan(text);
  if (typeof span === 'bigint' && span > 0n) return now - span;
  const at = parseDatetime(text);
  return typeof at === 'bigint' ? at : undefined;
}

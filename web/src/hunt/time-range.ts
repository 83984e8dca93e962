/** Whose rows a query sees by their `Timestamp`, beside what its own text says. */
export type TimeRange =
  | { readonly kind: 'any' }
  | { readonly kind: 'last'; readonly hours: number }
  /** ISO 8601 times; an end that is open is empty. */
  | { readonly kind: 'custom'; readonly from: string; readonly to: string };

/** No limit but the text's own. */
export const anyTime: TimeRange = { kind: 'any' };

/** What the picker offers, beside a range of one's own. */
export const lastRanges: readonly { readonly hours: number; readonly name: string }[] = [
  { hours: 1, name: 'Last hour' },
  { hours: 24, name: 'Last 24 hours' },
  { hours: 7 * 24, name: 'Last 7 days' },
  { hours: 30 * 24, name: 'Last 30 days' },
  { hours: 180 * 24, name: 'Last 180 days' },
];

/** From when to when, as the server takes it. */
export interface Bounds {
  readonly from?: string;
  readonly to?: string;
}

/**
 * The bounds of a range.
 *
 * @param now the server's clock, milliseconds since 1970
 * @example boundsOf({ kind: 'last', hours: 24 }, Date.UTC(2026, 6, 18)) // { from: '2026-07-17T00:00:00.000Z' }
 */
export function boundsOf(range: TimeRange, now: number): Bounds {
  if (range.kind === 'any') return {};
  if (range.kind === 'last') return { from: new Date(now - range.hours * 3_600_000).toISOString() };
  return { ...(range.from !== '' && { from: range.from }), ...(range.to !== '' && { to: range.to }) };
}

/** What the picker's button says; where the text limits the time itself and nothing else does, that. */
export function rangeName(range: TimeRange, limitsTime: boolean): string {
  if (range.kind === 'any') return limitsTime ? 'Set in query' : 'Any time';
  const name = range.kind === 'last' ? lastName(range.hours) : customName(range);
  return limitsTime ? `${name} + query` : name;
}

const lastName = (hours: number): string =>
  lastRanges.find((known) => known.hours === hours)?.name ?? `Last ${hours} hours`;

function customName({ from, to }: { readonly from: string; readonly to: string }): string {
  if (from !== '' && to !== '') return `${shown(from)} – ${shown(to)}`;
  if (from !== '') return `Since ${shown(from)}`;
  return to === '' ? 'Any time' : `Until ${shown(to)}`;
}

/** `2026-07-18 14:08`, in UTC as every time in mailhunt. */
const shown = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

/**
 * The range of two local fields that are read as UTC; undefined where one is no time, or they are in the wrong order.
 *
 * @example customRange('2026-07-18T00:00', '') // { kind: 'custom', from: '2026-07-18T00:00:00.000Z', to: '' }
 */
export function customRange(from: string, to: string): TimeRange | undefined {
  const [first, last] = [isoOf(from), isoOf(to)];
  if (first === undefined || last === undefined) return undefined;
  if (first !== '' && last !== '' && first >= last) return undefined;
  return first === '' && last === '' ? anyTime : { kind: 'custom', from: first, to: last };
}

function isoOf(field: string): string | undefined {
  if (field.trim() === '') return '';
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(field) ? field : `${field}Z`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** A range as it was kept; undefined for anything else. */
export function readTimeRange(kept: unknown): TimeRange | undefined {
  const range = kept as Partial<{ kind: string; hours: number; from: string; to: string }> | null | undefined;
  if (range?.kind === 'any') return anyTime;
  if (range?.kind === 'last' && Number.isFinite(range.hours) && (range.hours as number) > 0)
    return { kind: 'last', hours: range.hours as number };
  if (range?.kind !== 'custom' || typeof range.from !== 'string' || typeof range.to !== 'string') return undefined;
  return customRange(range.from, range.to);
}

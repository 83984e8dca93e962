/** A Received field as the store has it; everything in it may be invented, except by a receiver that is trusted. */
export interface HopFacts {
  readonly helo?: string;
  readonly ip?: string;
  readonly reverse?: string;
  readonly by?: string;
  readonly with?: string;
  readonly for?: string;
  readonly envelopeFrom?: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
}

/** A hop as the page shows it, the first one that the message took first. */
export interface ShownHop {
  readonly number: number;
  readonly from: string;
  readonly ip: string;
  readonly by: string;
  readonly protocol: string;
  /** ISO 8601; empty where the field has no time. */
  readonly at: string;
  /** Seconds since the hop before; undefined where one of the times is not known. */
  readonly delay: number | undefined;
  /** `believed`: a receiver that is trusted wrote it; `border`: it took the message from outside; `claimed`: below. */
  readonly trust: 'believed' | 'border' | 'claimed';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8.64e15 ? value : undefined;

/**
 * The way of a message, oldest hop first. The border is the hop that names the client for which SPF was asked: what is
 * newer was written by receivers, what is older by whoever had the message before.
 *
 * @param hops newest first, as the store has them
 * @param clientIp of SPF; empty where it is not known
 */
export function shownHops(hops: readonly Readonly<Record<string, unknown>>[], clientIp: string): readonly ShownHop[] {
  const border = clientIp === '' ? -1 : hops.findIndex(({ ip }) => ip === clientIp);
  const oldestFirst = hops.map((hop, index) => ({ hop, index })).reverse();
  let before: number | undefined;
  return oldestFirst.map(({ hop, index }, at) => {
    const time = number(hop.at);
    const delay = time !== undefined && before !== undefined ? (time - before) / 1000 : undefined;
    before = time ?? before;
    return {
      number: at + 1,
      from: text(hop.reverse) || text(hop.helo),
      ip: text(hop.ip),
      by: text(hop.by),
      protocol: text(hop.with),
      at: time === undefined ? '' : new Date(time).toISOString(),
      delay,
      trust: border < 0 || index > border ? 'claimed' : index === border ? 'border' : 'believed',
    };
  });
}

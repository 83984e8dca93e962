import type { Evidence } from '../evidence/index.ts';
import type { TimelineEntry } from './investigation.ts';

/** Entries at most; of the campaign its beginning and its end stand for the rest. */
const MOST = 2000;

/** Everything with a time, oldest first. What a hop says of times is the sender's word but for the receiver's own. */
export function timelineOf(evidence: Evidence): readonly TimelineEntry[] {
  const entries = [
    ...sentAndHops(evidence),
    ...received(evidence),
    ...evidence.clicks.map((click) => ({
      at: click.at,
      kind: 'click' as const,
      words: `${click.account || 'Somebody'} clicked ${click.url}: ${click.actionType}${click.isClickedThrough ? ', and went on to the page' : ''}${afterwards(click.secondsAfterDelivery)}.`,
    })),
    ...evidence.message.postDelivery.map((one) => ({
      at: one.at,
      kind: 'post-delivery' as const,
      words: `${one.actionType || one.action} of ${one.recipient}’s copy: ${one.actionResult || one.action}${one.deliveryLocation ? `, now in ${one.deliveryLocation}` : ''}.`,
    })),
    ...evidence.replies.map((one) => ({
      at: one.at,
      kind: one.kind,
      words: `${one.from} ${one.kind === 'reply' ? 'answered' : 'passed it on to'} ${one.to.slice(0, 5).join(', ')}${one.reachesSender ? ', which reaches the sender' : ''}.`,
    })),
    ...evidence.aftermath
      .filter(({ kind }) => kind !== 'post-delivery')
      .map(({ at, account, table, words }) => ({
        at,
        kind: 'later' as const,
        words: `${account && `${account}: `}${words} (${table}).`,
      })),
    ...campaign(evidence),
  ];
  const timed = entries.filter(({ at }) => Number.isFinite(Date.parse(at)));
  return timed.sort((one, other) => Date.parse(one.at) - Date.parse(other.at)).slice(0, MOST);
}

const afterwards = (seconds: number | undefined): string =>
  seconds === undefined || seconds < 0 ? '' : `, ${spanWords(seconds)} after the delivery`;

/**
 * A span of time in words.
 *
 * @example spanWords(3700) // '1 h 1 min'
 */
export function spanWords(seconds: number): string {
  const units: readonly (readonly [name: string, seconds: number])[] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const first = units.findIndex(([, length]) => seconds >= length);
  if (first < 0) return 'at once';
  let left = Math.floor(seconds);
  return units
    .slice(first, first + 2)
    .flatMap(([name, length]) => {
      const count = Math.floor(left / length);
      left -= count * length;
      return count === 0 ? [] : [`${count} ${name}`];
    })
    .join(' ');
}

function sentAndHops({ message }: Evidence): readonly TimelineEntry[] {
  const hops = message.headers?.hops ?? [];
  // The newest is the receiver's own: that is when the message came.
  return hops.slice(1, 50).flatMap((hop) => {
    const at = typeof hop.at === 'number' && Number.isFinite(hop.at) ? isoOf(hop.at) : undefined;
    if (at === undefined) return [];
    const [from, by] = [hop.helo, hop.by].map((name) => (typeof name === 'string' ? name : 'somebody'));
    return [{ at, kind: 'hop' as const, words: `${by} says that it took the message from ${from}.` }];
  });
}

const isoOf = (ms: number): string | undefined => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined);

function received({ message }: Evidence): readonly TimelineEntry[] {
  const { at, words, senderIp } = message;
  const word = (name: string, value: string): string => (value === '' ? '' : `${name} ${value}`);
  const found = [
    word('SPF', words.spf),
    word('DKIM', words.dkim),
    word('DMARC', words.dmarc),
    word('composite', words.compAuth),
  ];
  const judged = found.filter(Boolean).join(', ');
  const places = new Map<string, string[]>();
  for (const one of message.recipients) {
    const where = [one.deliveryLocation, one.deliveryKnown === 'derived' && 'assumed'].filter(Boolean).join(', ');
    const place = `${one.deliveryAction || 'Taken'}${where && ` (${where})`}`;
    places.set(place, [...(places.get(place) ?? []), one.address]);
  }
  return [
    {
      at,
      kind: 'received',
      words: `${message.senderFromAddress || 'Somebody'} sent it${senderIp ? ` from ${senderIp}` : ''}, to ${message.recipients.length === 1 ? 'one recipient' : `${message.recipients.length} recipients`}.`,
    },
    ...(judged === '' ? [] : [{ at, kind: 'judged' as const, words: `${judged}.` }]),
    ...[...places].map(([place, who]) => ({
      at,
      kind: 'delivered' as const,
      words: `${place}: ${who.slice(0, 5).join(', ')}${who.length > 5 ? ` and ${who.length - 5} more` : ''}.`,
    })),
  ];
}

/** `1 person`, `41 people` */
export const peopleText = (count: number): string => `${count} ${count === 1 ? 'person' : 'people'}`;

function campaign({ campaign: { first, last, count, recipients } }: Evidence): readonly TimelineEntry[] {
  if (count === 0) return [];
  return [
    ...(first === undefined
      ? []
      : [
          {
            at: first,
            kind: 'campaign' as const,
            words: count === 1 ? 'Another message of the same kind.' : `The first of ${count} others of the same kind.`,
          },
        ]),
    ...(last === undefined || last === first
      ? []
      : [{ at: last, kind: 'campaign' as const, words: `The last of them; they went to ${peopleText(recipients)}.` }]),
  ];
}

import { msOfIso } from '../ask/moment.ts';
import type { Click, Reply } from '../evidence.ts';
import type { MessageFacts } from '../message-facts.ts';

/** Somebody whose doings after the message are looked at. */
export interface Involved {
  /** Lower case. */
  readonly account: string;
  /** Entra object id; empty where no row says. */
  readonly objectId: string;
  /** Milliseconds since 1970: his first click or answer, else when the message reached him. */
  readonly since: number;
  /** False for a recipient of whom it is only known that he got it. */
  readonly hasActed: boolean;
}

/** What is known of who did something with a message. */
export interface Traces {
  readonly clicks: readonly Click[];
  readonly replies: readonly Reply[];
  /** Whether the store has clicks of any message. */
  readonly hasClicks: boolean;
}

/** People who are looked at: more would be a list nobody reads. */
const MOST = 100;

/**
 * Whose doings matter: who clicked or answered. Where the store has no clicks at all, nobody knows who did, and the
 * recipients to whose mailboxes the message came stand in for them.
 */
export function involvedIn(message: MessageFacts, { clicks, replies, hasClicks }: Traces): readonly Involved[] {
  const received = msOfIso(message.at) ?? 0;
  const objectIds = new Map(message.recipients.map(({ address, objectId = '' }) => [address.toLowerCase(), objectId]));
  const found = new Map<string, Involved>();
  const add = (address: string, at: string, hasActed: boolean): void => {
    const account = address.toLowerCase();
    const since = msOfIso(at) ?? received;
    const known = found.get(account);
    if (account === '' || (known !== undefined && known.since <= since)) return;
    found.set(account, { account, objectId: objectIds.get(account) ?? '', since, hasActed });
  };
  for (const { account, at } of clicks) add(account, at, true);
  for (const { from, at } of replies) add(from, at, true);
  if (!hasClicks) {
    for (const { address, at = message.at, deliveryAction } of message.recipients) {
      if (!found.has(address.toLowerCase()) && deliveryAction === 'Delivered') add(address, at, false);
    }
  }
  return [...found.values()].slice(0, MOST);
}

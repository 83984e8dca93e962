import type { LaterEvent } from '../evidence.ts';
import type { MessageFacts } from '../message-facts.ts';
import { alertsAfter } from './alerts.ts';
import { deviceEventsAfter } from './devices.ts';
import type { Followed } from './followed.ts';
import { mailboxChangesAfter } from './mailbox.ts';
import { signInsAfter } from './sign-ins.ts';

/** Events that are told; suspicious ones go before others. */
const MOST = 300;

/**
 * What followed a message, the first first: what was done to it in the mailboxes, alerts, and what the people involved did
 * or what was done in their name.
 */
export async function aftermathOf(followed: Followed): Promise<readonly LaterEvent[]> {
  const found = await Promise.all([
    alertsAfter(followed),
    signInsAfter(followed),
    mailboxChangesAfter(followed),
    deviceEventsAfter(followed),
  ]);
  const events = [...postDelivery(followed.message), ...found.flat()];
  const telling = [...events.filter((one) => one.isSuspicious), ...events.filter((one) => !one.isSuspicious)];
  return telling.slice(0, MOST).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const postDelivery = ({ postDelivery: events }: MessageFacts): readonly LaterEvent[] =>
  events.map(({ at, recipient, action, actionType, actionResult, deliveryLocation }) => ({
    at,
    account: recipient.toLowerCase(),
    table: 'EmailPostDeliveryEvents',
    kind: 'post-delivery',
    words: [
      `${actionType}: ${action}`,
      actionResult === 'Error' && 'it failed',
      deliveryLocation && `now in ${deliveryLocation}`,
    ]
      .filter(Boolean)
      .join(', '),
    // What the receiver did is no doing of the attacker.
    isSuspicious: false,
  }));

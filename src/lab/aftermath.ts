import type { Afterwards, Click, NamedMessage } from './message.ts';
import type { Mailbox } from './organisation.ts';
import { type Random, randomFor } from './random.ts';

/** A click with its moment. Times are milliseconds since 1970. */
export interface ClickEvent {
  readonly at: number;
  readonly recipient: Mailbox;
  readonly url: string;
  readonly action: Click['action'];
  readonly reportId: string;
  readonly ip: string;
  readonly throughWarning: boolean;
}

/** What people and machines did with a message after its delivery, up to the demo's `now`. */
export interface Aftermath {
  readonly clicks: readonly ClickEvent[];
  /** How it was taken out of the mailboxes again, where it was. */
  readonly removal: { readonly at: number; readonly type: Afterwards['type'] } | undefined;
}

/** Follows a message after its delivery. */
export function aftermathOf({ name, message }: NamedMessage, seed: number, now: number): Aftermath {
  const random = randomFor(seed, 'aftermath', name);
  const { at, afterwards, clicks = [] } = message;
  const removal = afterwards && { at: at + afterwards.after, type: afterwards.type };
  return {
    clicks: clicks.flatMap((click) => clickEvents(click, { message, now, random })),
    removal: removal && removal.at < now ? removal : undefined,
  };
}

/** What a person needs to read a warning and go on all the same. */
const HESITATION = 6000;

interface Delivered {
  readonly message: NamedMessage['message'];
  readonly now: number;
  readonly random: Random;
}

function clickEvents({ recipient, url, after, action, goesOn }: Click, { message, now, random }: Delivered) {
  const at = clickTime(message.at, after, now, random);
  const first: ClickEvent = {
    at,
    recipient: message.to[Math.min(recipient, message.to.length - 1)]!,
    url: message.urls![url]!,
    action,
    reportId: random.guid(),
    ip: `198.51.100.${random.between(240, 250)}`,
    throughWarning: false,
  };
  return goesOn ? [first, { ...first, at: Math.min(at + HESITATION, now), throughWarning: true }] : [first];
}

/** A click comes after its delivery and before `now`: one that would be too late is drawn into what time is left. */
function clickTime(at: number, after: number, now: number, random: Random): number {
  const left = now - at - 2000;
  return at + (after <= left ? after : 1000 + Math.floor((random.next() * left) / 1000) * 1000);
}

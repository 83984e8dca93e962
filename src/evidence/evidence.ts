import type { Gap } from './gap.ts';
import type { LanguageFinding } from './language/language-finding.ts';
import type { MessageFacts } from './message-facts.ts';
import type { Acquaintance } from './signals/acquaintance.ts';

/**
 * All that the store, and the message itself, say about one message: plain JSON data, so that it travels to the page and
 * into a report as it is. Times are ISO 8601 texts in UTC. Everything in it that a sender chose is hostile text.
 */
export interface Evidence {
  readonly message: MessageFacts;
  readonly history: SenderHistory;
  readonly campaign: Campaign;
  readonly clicks: readonly Click[];
  readonly aftermath: readonly LaterEvent[];
  readonly language: readonly LanguageFinding[];
  readonly replies: readonly Reply[];
  /** Who carried it, whose name it bears, what it looks like; an investigation looks it up (`acquaintanceOf`). */
  readonly acquaintance?: Acquaintance;
  /** What could not be looked at, and what would fill it. Never silently nothing. */
  readonly gaps: readonly Gap[];
}

/** What was seen of the sender before this message: of the address, of its domain, of its source. */
export interface SenderHistory {
  /** The first and the last time before the message that the store knows, per kind of identity. */
  readonly address: Sightings;
  readonly domain: Sightings;
  /** The same domain from the same network (/24, /48) or signed by the same domain. */
  readonly source: Sightings;
  /** True where a recipient of this message has written to the address before. */
  readonly wasWrittenTo: boolean;
  /** From when the store has mail at all: "never seen" is worth little over three days. */
  readonly storeSince: string | undefined;
}

/** How often, and how authenticated, an identity was seen before. */
export interface Sightings {
  readonly identity: string;
  readonly messages: number;
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly dmarcPass: number;
  readonly dmarcFail: number;
  /**
   * Of those that passed: by SPF of the author's own domain, or by a signer of this message. A signature passes from any
   * host, also from that of somebody who replays it: of a host only SPF speaks. Counted for `source` alone.
   */
  readonly passedByHost?: number;
  /** Of all of them: delivered to somebody's inbox. Counted for `source` alone. */
  readonly delivered?: number;
  /** Distinct recipients. */
  readonly recipients: number;
}

/** By what another message belongs to the same campaign. */
export type Kinship = 'sender' | 'subject' | 'url' | 'attachment' | 'body' | 'source';

/** Messages that belong together with this one, this one left out. */
export interface Campaign {
  readonly members: readonly CampaignMember[];
  /** Members in all; `members` holds the nearest ones, at most 500. */
  readonly count: number;
  /** Distinct recipients of the members. */
  readonly recipients: number;
  /** Distinct recipients of the members and of this message. */
  readonly people?: number;
  readonly delivered: number;
  readonly first: string | undefined;
  readonly last: string | undefined;
}

export interface CampaignMember {
  readonly networkMessageId: string;
  readonly at: string;
  readonly senderFromAddress: string;
  readonly subject: string;
  readonly recipients: number;
  readonly deliveryAction: string;
  readonly dmarc: string;
  readonly kinships: readonly Kinship[];
}

/** A click on a link of this message. */
export interface Click {
  readonly at: string;
  readonly account: string;
  readonly url: string;
  readonly actionType: string;
  readonly isClickedThrough: boolean;
  readonly ipAddress: string;
  readonly workload: string;
  /** Seconds between delivery and click, below zero where clocks are apart; undefined where one of the times is unknown. */
  readonly secondsAfterDelivery: number | undefined;
  /** True where the click names no message that the store has: it was on the same URL, by a recipient, in the week after. */
  readonly isByUrlAlone?: true;
}

/** What a user of this message did, or what was seen of him, afterwards. */
export interface LaterEvent {
  readonly at: string;
  readonly account: string;
  /** The table that says so. */
  readonly table: string;
  readonly kind: 'alert' | 'sign-in' | 'process' | 'network' | 'file' | 'mailbox' | 'post-delivery';
  /** One line for a person. */
  readonly words: string;
  readonly isSuspicious: boolean;
}

/** A trace of an answer to, or of passing on, the message. */
export interface Reply {
  readonly at: string;
  readonly kind: 'reply' | 'forward';
  readonly networkMessageId: string;
  readonly from: string;
  readonly to: readonly string[];
  /** True where it went to the sender, or to the address that the message names for answers. */
  readonly reachesSender: boolean;
  /** True where a rule of the mailbox sent it on; whose, and so `from`, is then not known. */
  readonly isAutomatic?: true;
}

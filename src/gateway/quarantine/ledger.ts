import type { Origin, Told } from '../journal/index.ts';
import type { TimeSeen } from './passed-time.ts';

/** A message in quarantine. Texts of the sender are hostile. */
export interface Held extends Pick<Told, 'mailFrom' | 'from' | 'subject' | 'policy' | 'client'> {
  /** NetworkMessageId. */
  readonly id: string;
  /** When it came, and until when it is kept; milliseconds since 1970. */
  readonly at: number;
  readonly until: number;
  /** Of the envelope: those for whom it is still kept. */
  readonly recipients: readonly string[];
  /** The rule that sent it here. */
  readonly rule: string;
  readonly internetMessageId: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes of all that is kept of it, before that is compressed; of a message of an earlier version its size alone is known. */
  readonly room?: number;
  /** Whom it counts for; of an earlier version: its client. */
  readonly origin?: Origin;
  /** A release that was begun and of whose end nothing is known: the next hop may have the message already. */
  readonly begun?: Attempt;
  /** The last release that the next hop refused, with its answer. */
  readonly refused?: Attempt & { readonly answer: string };
}

/** Who tried to release a message, and when (milliseconds since 1970). */
export interface Attempt {
  readonly at: number;
  readonly by: string;
}

/** How a message leaves. */
export type Way = 'released' | 'removed' | 'expired';

/** A message left, for some of its recipients or for all that were left. */
export interface Leaving {
  readonly kind: Way;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who did it; empty for time itself. */
  readonly by: string;
  readonly recipients: readonly string[];
  /** What the next hop said to a released one. */
  readonly answer?: string;
}

/** What the ledger of a quarantine says, a frame each. */
export type LedgerLine =
  | { readonly kind: 'held'; readonly held: Held }
  /** Written before the next hop hears of it: after a kill in the midst, the list can say so. */
  | ({ readonly kind: 'begun'; readonly id: string } & Attempt)
  | ({ readonly kind: 'refused'; readonly id: string; readonly answer: string } & Attempt)
  | Leaving
  /** The journal of the gate has the rows of what became of it, as another line had said (its sequence). */
  | { readonly kind: 'told'; readonly id: string; readonly said?: number }
  /** It has left, and nothing more is known of it: of a ledger that was written anew. */
  | { readonly kind: 'left'; readonly id: string }
  /** How late it was, as far as that was believed; of an earlier version without what is known of a doubted clock. */
  | ({ readonly kind: 'seen' } & TimeSeen);

/** Which messages of a long list are wanted. */
export interface Page {
  /** Messages at most. */
  readonly limit: number;
  /** What the page before gave as `next`. */
  readonly before?: number;
}

/** A part of the list of what is in quarantine, the newest first. */
export interface HeldPage {
  readonly messages: readonly Held[];
  /** For the next page; undefined at the end. */
  readonly next?: number;
  /** Messages in all. */
  readonly total: number;
}

/**
 * A policy as it was read: plain data, in the order in which its rules are asked. What a rule is made of is Exchange's
 * (conditions, exceptions, actions, properties), without its limit of one condition of a type.
 */
export interface Policy {
  readonly name: string;
  /** For errors and reports; empty for one that stands in no file. */
  readonly file: string;
  /** What no rule passes: in Audit every action is only recorded. */
  readonly mode: Mode;
  /** The first is asked first. */
  readonly rules: readonly PolicyRule[];
}

/** `Audit`: what would be done is recorded, and the message goes on. `Enforce`: it is done. */
export const modes = ['Audit', 'Enforce'] as const;
export type Mode = (typeof modes)[number];

/** Where an address or domain of the sender is looked for; Exchange asks the header. */
export const senderLocations = ['Header', 'Envelope', 'HeaderOrEnvelope'] as const;
export type SenderLocation = (typeof senderLocations)[number];

export interface PolicyRule {
  readonly name: string;
  readonly comments: string;
  readonly mode: Mode;
  readonly enabled: boolean;
  /** Milliseconds since 1970: before it, and from it on, the rule is not asked. */
  readonly activation?: number;
  readonly expiry?: number;
  readonly senderAddressLocation: SenderLocation;
  /** What to do with a message of which the rule cannot tell: go on as if it did not match, or ask the client to come again. */
  readonly errorAction: 'Ignore' | 'Defer';
  /** All must hold; none stands for every message. */
  readonly when: readonly Clause[];
  /** One that holds is enough. */
  readonly unless: readonly Exception[];
  readonly do: readonly Action[];
  /** No later rule for a message that this one matches. */
  readonly stop: boolean;
  readonly place: Place;
}

/** Tests that must all hold. */
export interface Clause {
  readonly tests: readonly Test[];
  readonly place: Place;
}

export interface Exception extends Clause {
  /** Why it is there. */
  readonly because: string;
  /** Milliseconds since 1970, from which on it counts no more. */
  readonly expires?: number;
}

/** A predicate with its argument, which the predicate itself has read. */
export interface Test {
  readonly predicate: string;
  readonly value: unknown;
  /** The argument as the file has it, on one line. */
  readonly written: string;
  readonly place: Place;
}

/** Lines and columns from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** What SMTP says: `550`, `5.7.26`, one line of text. */
export interface Reply {
  readonly code: number;
  /** RFC 3463. */
  readonly enhanced: string;
  readonly text: string;
}

/** What becomes of a message. The first of a message's rules that says so ends the asking. */
export type FinalAction =
  | { readonly kind: 'Reject'; readonly reply: Reply }
  | { readonly kind: 'Defer'; readonly reply: Reply }
  /** Accepted, and thrown away without a word (RFC 7489 section 10.3). */
  | { readonly kind: 'DeleteMessage' }
  /** Accepted and kept for so many days, for somebody to release it. */
  | { readonly kind: 'Quarantine'; readonly days: number }
  /** Delivered as it is now, whatever later rules would say. */
  | { readonly kind: 'Deliver' };

/** What is changed in a message that is delivered. */
export type Change =
  | { readonly kind: 'SetHeader'; readonly name: string; readonly value: string }
  | { readonly kind: 'RemoveHeader'; readonly name: string }
  | { readonly kind: 'PrependSubject'; readonly text: string }
  | {
      readonly kind: 'ApplyBanner';
      readonly text: string;
      readonly location: 'Append' | 'Prepend';
      /** What to do where a body cannot hold it (signed or encrypted): leave it away, wrap the message, or refuse it. */
      readonly fallback: 'Ignore' | 'Wrap' | 'Reject';
    };

export type Action = FinalAction | Change;

const changes: readonly string[] = [
  'SetHeader',
  'RemoveHeader',
  'PrependSubject',
  'ApplyBanner',
] satisfies Change['kind'][];

/** True for an action after which the message still goes on. */
export const isChange = (action: Action): action is Change => changes.includes(action.kind);

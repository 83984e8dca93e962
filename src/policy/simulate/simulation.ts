import type { FinalAction, Mode } from '../policy.ts';
import type { Look } from './look.ts';
import type { OurMend } from './our-mend.ts';

/** What a policy would have done with the inbound mail of a time, were it in Enforce: plain JSON data. */
export interface Simulation {
  readonly policy: string;
  /** The mode that the policy has now. */
  readonly mode: Mode;
  /** ISO 8601, UTC. */
  readonly from: string;
  readonly until: string;
  readonly messages: number;
  /** Every rule, in order. */
  readonly rules: readonly RuleTally[];
  /** What SMTP would have answered, the most frequent first. */
  readonly answers: readonly AnswerTally[];
  /** Mail that would not have been delivered, by who wrote it and who handed it over: the most messages first. */
  readonly groups: readonly HeldGroup[];
  /** Messages of groups that found no room in the list. */
  readonly ungrouped: number;
  /** Messages that were read again as they were kept, because the tables do not hold what was asked. */
  readonly reread: number;
  /** Messages of which the tables do not name all authors, or not all of To and Cc, and a rule asks for them. */
  readonly partial: number;
}

export interface RuleTally {
  readonly rule: string;
  /** Messages that the rule ended or changed. */
  readonly matched: number;
  /** Messages that an exception of it let go. */
  readonly excepted: number;
  /** Messages of which the tables do not hold what it asks: they went on as if it had not matched. */
  readonly unknown: number;
  /** What it asks of these, the most frequent first. */
  readonly asked: readonly { readonly test: string; readonly messages: number }[];
  /** By exception, from 0: how many it let go. One that let go none may be needless. */
  readonly exceptions: readonly number[];
}

export interface AnswerTally {
  readonly action: FinalAction['kind'];
  /** `550 5.7.26 …`, or `250`. */
  readonly answer: string;
  readonly messages: number;
}

/** Messages with one author organization and one carrier, with which the policy does the same. */
export interface HeldGroup {
  readonly action: FinalAction['kind'];
  readonly rule: string;
  /** The organization of From. */
  readonly author: string;
  /** The domains of From, the first few. */
  readonly authorDomains: readonly string[];
  /** Who is proved to have handed them over; else the client's address. */
  readonly carrier: string;
  readonly isCarrierProved: boolean;
  /** Addresses of the clients, the first few, and whether the receiver itself saw all of them. */
  readonly clients: readonly string[];
  readonly hasMoreClients: boolean;
  readonly isClientSure: boolean;
  /** The sealer who saw all of them pass, trusted or not. */
  readonly sealer?: string;
  readonly messages: number;
  readonly recipients: number;
  /** How many of them reached somebody's inbox or junk folder. */
  readonly delivered: number;
  readonly first: string;
  readonly last: string;
  /** NetworkMessageIds of some of them, the newest first. */
  readonly examples: readonly string[];
  /** What speaks for them, of the newest: see {@link ItemEvidence}. */
  readonly passedBefore: number;
  readonly standing: 'list' | 'forwarder' | 'claimed' | 'none';
  /** What an investigation of the newest found; undefined where none was made. */
  readonly look?: Look;
  /** What one of the oldest found, where one looks innocent and the other does not: neither speaks for the whole group. */
  readonly earlier?: Look;
  /** Whether both look innocent. */
  readonly isInnocent?: boolean;
  /** Where the newest looks innocent: what its receiver can do. The sender's side stands in the look. */
  readonly mend?: OurMend;
}

/** Two policies over the same mail. */
export interface Comparison {
  readonly from: string;
  readonly to: string;
  /** Messages with which both do the same, and the others. */
  readonly same: number;
  readonly differing: number;
  /** The most messages first. */
  readonly groups: readonly DifferingGroup[];
  /** Messages of groups that found no room in the list. */
  readonly ungrouped: number;
}

/** Messages with one author organization and one carrier, with which two policies do two things. */
export interface DifferingGroup {
  /** What is done: `Reject 550 5.7.26 …`, `Deliver`, `Deliver, changed`. */
  readonly from: string;
  readonly to: string;
  /** The rules that do it; empty where none does. */
  readonly fromRule: string;
  readonly toRule: string;
  readonly author: string;
  readonly carrier: string;
  readonly messages: number;
  readonly examples: readonly string[];
}

/** All that a replay found. */
export interface Replay {
  /** One for each policy, in order. */
  readonly simulations: readonly Simulation[];
  /** Of the first two policies. */
  readonly comparison?: Comparison;
}

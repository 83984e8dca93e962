import type { Evidence } from '../evidence/index.ts';

/** What a message turned out to be. */
export type VerdictWord =
  | 'spoof'
  | 'impersonation'
  | 'misconfigured-sender'
  | 'third-party-platform'
  | 'forwarder-or-list'
  | 'temporary-failure'
  | 'legitimate';

/**
 * One message, followed to its end: why it failed, what became of it, who else got it, who clicked, what came after, what
 * it is, and what to do. Plain JSON data; texts that come from the message are hostile until a renderer escapes them.
 */
export interface Investigation {
  /** When the investigation was made, and so what `now` was. */
  readonly asOf: string;
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  /** Why authentication came out as it did: sentences, the decisive one first. */
  readonly why: readonly string[];
  /** Everything with a time, oldest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly nextSteps: readonly NextStep[];
  /** For a misconfigured sender: what to write to its postmaster. */
  readonly letter: Letter | undefined;
}

export interface Verdict {
  readonly word: VerdictWord;
  /** One sentence. */
  readonly summary: string;
  /** From 0 to 1: how far it stands before the others. */
  readonly confidence: number;
  /** All words with their points, the first being the verdict. */
  readonly ranking: readonly { readonly word: VerdictWord; readonly points: number }[];
  /** What spoke for and against the verdict, the weightiest first. */
  readonly reasons: readonly Reason[];
  readonly risk: Risk;
}

/** A signal as it counted. */
export interface Reason {
  /** The row of the table of weights, `dmarc-fail-unaligned`. */
  readonly signal: string;
  /** What was seen, one sentence with the facts of this message. */
  readonly words: string;
  /** Points for (positive) or against the verdict. */
  readonly points: number;
  /** True where the sender could have written it; such signals never excuse alone. */
  readonly isForgeable: boolean;
  /** KQL that shows it in the tables, where it stands in them. */
  readonly query?: string;
}

/** How much it matters now: a spoof that nobody got is less than an odd sender whose link was clicked. */
export interface Risk {
  readonly level: 'none' | 'low' | 'medium' | 'high' | 'critical';
  readonly points: number;
  readonly reasons: readonly string[];
}

export interface TimelineEntry {
  readonly at: string;
  readonly kind:
    | 'sent'
    | 'hop'
    | 'received'
    | 'judged'
    | 'delivered'
    | 'click'
    | 'post-delivery'
    | 'reply'
    | 'forward'
    | 'later'
    | 'campaign';
  readonly words: string;
}

/** One item of the playbook. */
export interface NextStep {
  /** The row of the playbook. */
  readonly name: string;
  readonly words: string;
  /** Ready to run. */
  readonly query?: string;
  /** Ready to paste: a block entry, purge criteria, a command. */
  readonly text?: string;
}

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** The record to publish, as it stands in a zone file. */
  readonly record?: { readonly name: string; readonly type: 'TXT' | 'CNAME'; readonly value: string };
}

/** Many messages in short: of a sender, or of a time. Plain JSON data. */
export interface Overview {
  readonly asOf: string;
  /** The address or domain that was asked for. */
  readonly sender?: string;
  /** Messages that there are in all; `messages` holds those that were looked at, the gravest first. */
  readonly count: number;
  readonly messages: readonly MessageOverview[];
  readonly verdicts: readonly { readonly word: VerdictWord; readonly messages: number }[];
  /** By address, the most frequent first. */
  readonly senders: readonly SenderOverview[];
}

export interface MessageOverview {
  readonly networkMessageId: string;
  readonly at: string;
  readonly senderFromAddress: string;
  readonly senderIp: string;
  readonly subject: string;
  readonly recipients: number;
  readonly delivered: number;
  readonly clicks: number;
  readonly word: VerdictWord;
  readonly confidence: number;
  readonly risk: Risk['level'];
  /** The decisive sentence. */
  readonly why: string;
}

export interface SenderOverview {
  readonly sender: string;
  readonly messages: number;
  readonly recipients: number;
  /** Distinct addresses of clients. */
  readonly sources: number;
  readonly first: string;
  readonly last: string;
  readonly words: readonly VerdictWord[];
}

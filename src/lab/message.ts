import type { Step } from './kernel/letter.ts';
import type { FailingLookup } from './kernel/zone.ts';
import type { Mailbox } from './organisation.ts';
import type { OutcomeName } from './outcomes.ts';

/** A file on a message. */
export interface Attachment {
  readonly name: string;
  /** What its content is made from: the same mark and size, the same file. */
  readonly mark: string;
  /** Bytes. */
  readonly size: number;
  readonly threat?: { readonly type: 'Malware' | 'Phish'; readonly name: string };
}

/** Somebody followed a link of a message. */
export interface Click {
  /** Which of the message's recipients, by place in `to`. */
  readonly recipient: number;
  /** Which of its URLs, by place in `urls`. */
  readonly url: number;
  /** Milliseconds after the delivery; shortened where the demo's `now` is nearer than that. */
  readonly after: number;
  readonly action:
    | 'ClickAllowed'
    | 'ClickBlocked'
    | 'ClickBlockedByTenantPolicy'
    | 'UrlErrorPage'
    | 'UrlScanInProgress';
  /** The warning was shown and ignored: a second row, a few seconds later, with the same ReportId. */
  readonly goesOn?: boolean;
}

/** What was done to a message after its delivery. */
export interface Afterwards {
  /** Milliseconds after the delivery; left out where that would be after the demo's `now`. */
  readonly after: number;
  readonly type: 'Phish ZAP' | 'Malware ZAP' | 'Spam ZAP' | 'Manual remediation';
}

interface LaterOn {
  /** Which of the message's recipients it happened to, by place in `to`. */
  readonly recipient: number;
  /** Milliseconds after the delivery. */
  readonly after: number;
  readonly ip: string;
  readonly country: string;
  readonly city: string;
}

/** What happened to a recipient elsewhere: in his account, in his mailbox, in Defender. */
export type FollowUp = LaterOn &
  (
    | {
        readonly kind: 'sign-in';
        /** Entra's number: 0 for success, 50126 for a wrong password. */
        readonly errorCode: number;
        /** Entra's: 0 none, 10 low, 50 medium, 100 high. */
        readonly risk: number;
      }
    | { readonly kind: 'inbox rule'; readonly forwardTo: string }
    | {
        readonly kind: 'alert';
        readonly title: string;
        readonly category: string;
        readonly severity: 'High' | 'Medium' | 'Low';
        readonly source: string;
        readonly techniques: readonly string[];
        /** Whether it is about the message and its link; else about the account and the address. */
        readonly isOfMessage: boolean;
      }
  );

/** One made-up message: what was sent, to whom, and what became of it. A row of EmailEvents for each recipient. */
export interface Message {
  /** Milliseconds since 1970 at which the service had processed it. */
  readonly at: number;
  readonly direction: 'Inbound' | 'Outbound' | 'Intra-org';
  /** The From header. */
  readonly from: Mailbox;
  /** The envelope sender; empty for the null sender of bounces. */
  readonly mailFrom: string;
  /** The server that handed the message over: IPv4 or IPv6. */
  readonly ip: string;
  readonly to: readonly Mailbox[];
  readonly subject: string;
  readonly language: 'en' | 'fr';
  /** What happened to it on the way: who signed it, who sent it on. Mail from outside is authenticated with what is left. */
  readonly journey?: readonly Step[];
  /** Look-ups that got no answer when it came. */
  readonly failing?: readonly FailingLookup[];
  readonly outcome: OutcomeName;
  readonly urls?: readonly string[];
  readonly urlLocation?: 'Body' | 'QRCode';
  readonly attachments?: readonly Attachment[];
  readonly clicks?: readonly Click[];
  readonly afterwards?: Afterwards;
  readonly followUps?: readonly FollowUp[];
  /** With angle brackets; made up where nobody answers it. */
  readonly messageId?: string;
  /** The Message-ID of the message that this one answers or passes on. */
  readonly answers?: string;
  /** 0 to 9: how much recipients complain about this bulk sender. */
  readonly bulkLevel?: number;
  readonly firstContact?: boolean;
  readonly distributionList?: string;
  readonly connector?: string;
}

/** A message under the name that its ids are made from. */
export interface NamedMessage {
  /** What wrote it and its number there: `voicemail-lure/3`. */
  readonly name: string;
  readonly message: Message;
}

import type {
  Authentication,
  Authors,
  Claims,
  Content,
  Hop,
  RawMessage,
  ReceivedVerdict,
  Transaction,
  VerdictWords,
} from '../../mail/index.ts';

/** Who said what the checks found: we, now, the receiver, then, or nobody who is believed. */
export type Verdict =
  | { readonly source: 'verified'; readonly words: VerdictWords; readonly authentication: Authentication }
  | { readonly source: 'received'; readonly words: VerdictWords; readonly received: ReceivedVerdict }
  | { readonly source: 'none'; readonly words: VerdictWords };

/** What became of a message at delivery, in Defender's words. */
export interface Delivery {
  readonly action: 'Delivered' | 'Junked' | 'Blocked';
  readonly location:
    | 'Inbox/folder'
    | 'Junk folder'
    | 'Quarantine'
    | 'On-premises/external'
    | 'Failed'
    | 'Dropped'
    | 'Deleted items';
  /** `source`: the message or its folder says so; `derived`: nothing says it, the usual is assumed. */
  readonly known: 'source' | 'derived';
  /** Kinds of threat, joined by ", ". */
  readonly threats?: string;
  /** JSON text: kind of threat to the technologies that found it. */
  readonly methods?: string;
  readonly confidence?: string;
  readonly bulkLevel?: number;
  readonly emailAction?: string;
  readonly policy?: string;
  readonly orgAction?: string;
  readonly orgPolicy?: string;
  readonly rule?: string;
  readonly connector?: string;
  readonly firstContact?: boolean;
  readonly distributionList?: string;
  readonly language?: string;
  /** Defender's number for messages that are alike. */
  readonly clusterId?: number;
  /** Where it is now, where that differs. */
  readonly latestLocation?: string;
  readonly latestAction?: string;
  /** What a gate has to tell of it; stands in AdditionalFields. */
  readonly gate?: Readonly<Record<string, unknown>>;
}

/** Somebody who got the message. */
export interface Recipient {
  readonly address: string;
  readonly objectId?: string;
}

/** What the receiver found in a file. */
export interface FileThreat {
  /** Kinds of threat, joined by ", ". */
  readonly types: string;
  /** Names of what was found, joined by ", ". */
  readonly names: string;
  /** JSON text: kind of threat to the technologies that found it. */
  readonly methods: string;
}

/** A message with all that its rows say. */
export interface JudgedMessage {
  readonly message: RawMessage;
  /** Where it was found. Hostile text. */
  readonly place: string;
  /** Names this delivery of this message: Exchange's own id where it is to be trusted, else made of {@link contentHash} and the transaction. */
  readonly networkMessageId: string;
  /** SHA-256 (hex) of what the author controls: fields that are usually signed, and the body. */
  readonly contentHash: string;
  /** Milliseconds since 1970, and how it is known. */
  readonly at: number;
  readonly atKnown: 'received' | 'date' | 'now';
  readonly direction: 'Inbound' | 'Outbound' | 'Intra-org';
  readonly recipients: readonly Recipient[];
  /** Entra object id of the sender, where it is one of ours. */
  readonly senderObjectId?: string;
  readonly authors: Authors;
  readonly claims: Claims;
  readonly hops: readonly Hop[];
  readonly transaction: Transaction;
  readonly content: Content;
  readonly verdict: Verdict;
  readonly delivery: Delivery;
  /** Where the source tells: what was found in a file, by the SHA-256 of its content. */
  readonly fileThreats?: ReadonlyMap<string, FileThreat>;
}

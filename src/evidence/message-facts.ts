import type { Stamp } from './stamp/stamp.ts';

/** One message, from all of its rows. Texts that the sender chose are hostile. */
export interface MessageFacts {
  readonly networkMessageId: string;
  readonly internetMessageId: string;
  readonly at: string;
  readonly subject: string;
  readonly senderFromAddress: string;
  readonly senderFromDomain: string;
  readonly senderDisplayName: string;
  readonly senderMailFromAddress: string;
  readonly senderMailFromDomain: string;
  readonly senderIp: string;
  readonly direction: string;
  readonly recipients: readonly RecipientFacts[];
  readonly threatTypes: string;
  readonly detectionMethods: string;
  readonly confidence: string;
  readonly words: AuthenticationWords;
  /** The checks one by one where `EmailAuthentication` has them; empty for an export that has the words alone. */
  readonly checks: readonly CheckFacts[];
  /** A receiver's stamp that a check of our own contradicts; known for a message that was given as a file alone. */
  readonly stamp?: Stamp;
  /** Undefined where no row of `EmailHeaders` stands for the message: an export without raw mail. */
  readonly headers: HeaderFacts | undefined;
  readonly urls: readonly UrlFacts[];
  readonly attachments: readonly AttachmentFacts[];
  readonly postDelivery: readonly PostDeliveryFacts[];
  /** True where the message itself was kept and can be looked at. */
  readonly isKept: boolean;
}

export interface RecipientFacts {
  readonly address: string;
  /** Entra object id, where the row has it. */
  readonly objectId?: string;
  /** When it was delivered to this recipient. */
  readonly at?: string;
  readonly deliveryAction: string;
  readonly deliveryLocation: string;
  readonly latestDeliveryAction: string;
  readonly latestDeliveryLocation: string;
  /** `source`: the receiver said so; `derived`: nothing says it, the usual is assumed. */
  readonly deliveryKnown: 'source' | 'derived';
  readonly isFirstContact: boolean | undefined;
}

/** The result words of `AuthenticationDetails`; empty where it says nothing. */
export interface AuthenticationWords {
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
  readonly compAuth: string;
  /** `oreject`, `quarantine`, … */
  readonly action: string;
  /** Microsoft's three digits. */
  readonly reason: string;
}

/** A row of `EmailAuthentication`. */
export interface CheckFacts {
  readonly method: string;
  readonly ordinal: number;
  readonly result: string;
  readonly reason: string;
  readonly reasonCode: string;
  readonly domain: string;
  readonly organizationalDomain: string;
  readonly identity: string;
  readonly selector: string;
  readonly algorithm: string;
  readonly keyBits: number | undefined;
  readonly alignment: string;
  readonly isAligned: boolean | undefined;
  readonly recordDomain: string;
  readonly record: string;
  readonly policy: string;
  readonly action: string;
  readonly clientIp: string;
  readonly helo: string;
  readonly clientKnown: string;
  readonly verdictSource: string;
  readonly receiver: string;
  readonly checkedAt: string;
  /** The JSON object of the column, read. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A row of `EmailHeaders`. */
export interface HeaderFacts {
  readonly from: string;
  readonly authorDomains: readonly string[];
  readonly sender: string;
  readonly replyTo: string;
  readonly replyToDomain: string;
  readonly returnPath: string;
  readonly inReplyTo: string;
  readonly references: readonly string[];
  readonly listId: string;
  readonly listUnsubscribe: string;
  readonly listPost: string;
  readonly precedence: string;
  readonly autoSubmitted: string;
  readonly mailer: string;
  /** Newest first. */
  readonly hops: readonly Readonly<Record<string, unknown>>[];
  readonly fieldNames: readonly string[];
  readonly problems: readonly string[];
  readonly contentHash: string;
  /** Of the body, see docs/mail-tables.md; undefined for a short one, and for mail taken in before there was the column. */
  readonly bodyShape?: number | undefined;
  readonly sourceFile: string;
}

export interface UrlFacts {
  readonly url: string;
  readonly domain: string;
  readonly location: string;
}

export interface AttachmentFacts {
  readonly fileName: string;
  readonly fileType: string;
  readonly sha256: string;
  readonly size: number | undefined;
  readonly threatTypes: string;
}

/** A row of `EmailPostDeliveryEvents`. */
export interface PostDeliveryFacts {
  readonly at: string;
  readonly recipient: string;
  readonly action: string;
  readonly actionType: string;
  readonly actionTrigger: string;
  readonly actionResult: string;
  readonly deliveryLocation: string;
}

/** One message out of a source. */
export interface FoundMessage {
  /** The file, and where it holds several, the place in it: `inbox.mbox#12`, `mails.zip/inbox/3.eml`. Hostile text. */
  readonly place: string;
  readonly bytes: Buffer;
  /** How far the source has been read once this message is in. */
  readonly position: number;
  /** Attached to a message that came before it out of the same file. */
  readonly isNested?: true;
  /** Where a gate has it from its client's own hands: then nothing is read out of Received fields. */
  readonly seen?: SeenTransaction;
}

/** What a gate saw of the SMTP transaction that brings a message. */
export interface SeenTransaction {
  /** Undefined where nobody knows it: SPF is not checked then. */
  readonly ip: string | undefined;
  readonly helo: string;
  /** By reverse DNS, confirmed. */
  readonly name?: string | undefined;
  /** Without angle brackets; empty for the null sender. */
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether the client proved that it is one of the organisation's own. */
  readonly isOwn: boolean;
}

/** A message that is not read on, and why. */
export interface SkippedMessage {
  readonly place: string;
  readonly position: number;
  readonly reason: string;
  /** What there is of it, to be kept for a look. */
  readonly bytes: Buffer;
}

export type Found = FoundMessage | SkippedMessage;

/** Bytes of one message; a larger one is set aside. */
export const MESSAGE_LIMIT = 64 << 20;

export const tooLarge = (limit: number): string => `larger than ${limit} bytes`;

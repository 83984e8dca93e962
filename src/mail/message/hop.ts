/** One Received field, taken apart (RFC 5321 section 4.4). Everything in it may be invented, except by a receiver that is trusted. */
export interface Hop {
  /** What the client called itself. */
  readonly helo?: string;
  /** The client's address, IPv4 or IPv6 without brackets. */
  readonly ip?: string;
  /** The client's name by reverse DNS, where the receiver wrote one that leads back to the address. */
  readonly reverse?: string;
  /** The host that wrote the field, lower case. */
  readonly by?: string;
  /** ESMTP, HTTPS, … */
  readonly with?: string;
  /** The recipient, without angle brackets. */
  readonly for?: string;
  /** `envelope-from`, where some receivers write it. */
  readonly envelopeFrom?: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
}

/** How a fact about the SMTP transaction is known. */
export type Known = 'given' | 'trusted' | 'assumed' | 'unknown';

/** What the receiver saw of the SMTP transaction that brought the message to the border of the organisation. */
export interface Transaction {
  readonly ip?: string;
  readonly helo?: string;
  /** Without angle brackets; empty for the null sender. With a trusted address, only as a trusted receiver wrote it. */
  readonly mailFrom?: string;
  /** From Delivered-To, X-Original-To and the `for` of trusted hops; without any, those of To and Cc in accepted domains. */
  readonly recipients: readonly string[];
  /** The address: given by the caller, read from a trusted receiver's Received, or from the topmost one with a public address. */
  readonly known: Known;
  /** Where trusted receivers say that the message began; `outside` too where they do not name the client. */
  readonly began?: 'inside' | 'outside';
  /** When the receiver took the message, milliseconds since 1970; undefined where no hop says. */
  readonly receivedAt?: number;
}

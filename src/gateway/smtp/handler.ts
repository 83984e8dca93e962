import type { MemoryHold } from '../memory.ts';
import type { Answer } from './answer.ts';
import type { Attributes } from './attributes.ts';
import type { EnvelopeCommand } from './envelope.ts';
import type { Features } from './features.ts';

/** Whom the server speaks with, or on whose behalf: what XCLIENT, XFORWARD and PROXY say is in it. */
export interface Visitor {
  /** Empty where XCLIENT or XFORWARD says that it is not known. */
  readonly ip: string;
  /** Empty where it said none. */
  readonly helo: string;
  /** By reverse DNS, as Postfix has it. */
  readonly name: string | undefined;
  /** It logged in, or its network is an own one. */
  readonly isAuthenticated: boolean;
  /** May send to any domain. Goes by the connection (and XCLIENT, PROXY), never by XFORWARD. */
  readonly isTrusted: boolean;
  /** RFC 3848, RFC 6531: `ESMTPS`, `UTF8SMTP`, … */
  readonly protocol: string;
  /** The same for a next hop that asks for it. */
  readonly attributes: Attributes;
}

/**
 * What a server does with one client's mail. Its answers are the client's. Called in the order of the protocol: MAIL, then RCPT,
 * then one message or a reset; one call at a time.
 */
export interface MailHandler {
  /** What may be advertised to this client now. Never throws. */
  features(): Promise<Features>;
  /** Opens a transaction unless the answer is negative. */
  mail(mail: EnvelopeCommand, visitor: Visitor): Promise<Answer>;
  rcpt(rcpt: EnvelopeCommand): Promise<Answer>;
  /** The client is told to send its message. */
  data(): void;
  /**
   * Ends the transaction.
   *
   * @param bytes the message, dots unstuffed
   * @param memory of the message; released once it is answered, and shared by whoever has the message for longer
   */
  message(bytes: Buffer, visitor: Visitor, memory: MemoryHold): Promise<Answer>;
  /**
   * Hears that a message was refused by the server itself, and for good; a reset follows.
   *
   * @param head the beginning of what came, its dots stuffed
   */
  refused?(head: Buffer, answer: Answer, visitor: Visitor): void;
  /** Ends the transaction without a message. */
  reset(): void;
  /** The client is gone: nothing that it was not told becomes of its mail, unless it is past stopping. */
  gone(): void;
}

import type { Decision, Reply } from '../policy/index.ts';
import type { MemoryHold } from './memory.ts';

/**
 * A message at the end of its data, as a front (the SMTP proxy, the milter) has taken it: nothing has been answered yet.
 * Everything in it but `at` and `client.ip` is the client's choice: hostile.
 */
export interface Offered {
  readonly client: Client;
  /** Without angle brackets; empty for the null sender. */
  readonly mailFrom: string;
  /** Those that were accepted, as they were given. All of one {@link Gate.recipientClass}. */
  readonly recipients: readonly string[];
  /** With CRLF line ends, dots unstuffed, without the final dot; as the client sent it. */
  readonly bytes: Buffer;
  /** When the data had come, milliseconds since 1970. */
  readonly at: number;
  /** How it came, for `Received`: `ESMTPS`, `SMTP`, … */
  readonly protocol: string;
  /** What the front, or its MTA, calls the message in its own log and trace. */
  readonly queueId?: string | undefined;
  /** Of `bytes`: the gate shares it for as long as it has them, which may be longer than anybody waits for its ruling. */
  readonly memory?: MemoryHold;
}

/** Who hands the message over: the client of the MTA, which may be told by XCLIENT, XFORWARD or PROXY. */
export interface Client {
  /** Empty where nobody knows it: no server that told of the client, and nobody else, stands in for it. */
  readonly ip: string;
  readonly helo: string;
  /** By reverse DNS, confirmed, where a front knows it. */
  readonly name: string | undefined;
  /** True where the client proved who it is (SMTP AUTH, a certificate that is asked for), or its network is an own one. */
  readonly isAuthenticated: boolean;
}

/** What the gate says to a message. */
export interface Ruling {
  readonly decision: Decision;
  /**
   * `handOn`: the next hop gets it, with the edits; its answer is the client's. `answer`: the client gets `reply`, and the
   * next hop nothing: refused or asked to come again (4xx, 5xx), or taken and discarded or kept here (250).
   */
  readonly course: 'handOn' | 'answer';
  readonly reply: Reply | undefined;
  readonly edits: Edits;
  /**
   * Writes down what became of it, durably: to be awaited before the client gets its 250. Once; not at all where the client
   * is gone before it was answered. Rejects where that cannot be written and must be: the client gets 451 then.
   *
   * @param answer what the client will be told
   */
  readonly record: (answer: Reply) => Promise<void>;
}

/** Changes of a message, in order, as both a milter and a writer of bytes can make them. */
export interface Edits {
  /** Fields to take out: the n-th (from 1, from the top) of that name, which may be in any case. */
  readonly remove: readonly { readonly name: string; readonly occurrence: number }[];
  /** Fields to put on top, the first one topmost. Values may be folded (CRLF and a blank). */
  readonly insert: readonly { readonly name: string; readonly value: string }[];
  /** Another body, where it changes. */
  readonly body: Buffer | undefined;
}

/** What both fronts ask. One for a process; safe to be asked by many at once. */
export interface Gate {
  /**
   * Judges and decides. Never throws for what a message holds; where DNS, the store or this program fail, the ruling is what
   * the setting says (go on, or 451).
   *
   * @param signal aborts when the client is gone or the gate stops
   */
  rule(offered: Offered, signal: AbortSignal): Promise<Ruling>;
  /**
   * Recipients between which the policy may tell. A front that has one of a class answers 452 to others: the client brings
   * them in a message of their own, so that one answer fits all of a message's recipients (RFC 5321 section 4.5.3.1.10).
   */
  recipientClass(address: string): string;
  /**
   * Hears of a message that a front has refused by itself (a bare LF, NUL, too large): for hunters, as far as there is room.
   *
   * @param offered its envelope, and of its bytes as much of the header as is there
   * @param answer what the client is told
   */
  refused?(offered: Offered, answer: Reply): void;
  /**
   * Lets a message go on whose body a front did not keep, because that is so set: marked as undecided, with what claims to be
   * this host's word taken out of its header.
   *
   * @param offered of its bytes the header, whole
   * @param why for the mark
   */
  unread?(offered: Offered, why: string): Ruling;
}

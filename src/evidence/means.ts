import type { Answering } from '../rules/index.ts';

/** With what evidence is looked up. */
export interface EvidenceMeans {
  /** Who answers KQL over the store: a session of this process or of a server. */
  readonly store: Answering;
  /** Datetime ticks; nothing after it is looked at. */
  readonly now: bigint;
  readonly signal: AbortSignal;
  /** Milliseconds before the message in which its sender's history is looked for; all that the store has by default. */
  readonly lookBack?: number;
  /** Milliseconds after the message in which clicks, answers and what came after are looked for; 30 days by default. */
  readonly lookAhead?: number;
  /** The message itself where it was kept; undefined where it was not. Without this the language is that of its subject. */
  readonly keptMessage?: (networkMessageId: string) => Promise<Buffer | undefined>;
}

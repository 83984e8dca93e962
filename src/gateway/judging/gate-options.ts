import type { Reputation } from '../../policy/index.ts';
import type { Stamping } from '../edits/index.ts';
import type { Journalling, Origin } from '../journal/index.ts';
import type { Acquaintances } from './acquaintances.ts';
import type { DeferredDeliveries } from './deferred-deliveries.ts';
import type { Hearings, PolicyInForce } from './hearings.ts';
import type { LoopLimits } from './loops.ts';
import type { Observer } from './observation.ts';

/** What becomes of mail while the gate cannot do its work: it goes on, or the client is asked to come again. */
export type OnTrouble = 'open' | 'closed';

/** What a gate asks of its quarantine before it promises a message a place there. */
export interface Keeping {
  /** Why a message of somebody cannot be kept now; undefined where it can. */
  shortage(origin: Origin): object | undefined;
}

/** How a gate is opened. */
export interface GateOptions {
  /** The policy to decide by, asked for each message: it may be exchanged while the gate runs. */
  readonly inForce: () => PolicyInForce;
  /** Where messages are judged. */
  readonly hearings: Hearings;
  readonly stamping: Stamping;
  readonly acceptedDomains: readonly string[];
  /** Whether DNS answers at all: asked where it did not answer about a message. */
  readonly isDnsAlive: () => Promise<boolean>;
  /** Milliseconds for all that a ruling takes. @default 30 000 */
  readonly rulingTime?: number;
  /** While DNS is dead, the journal is full, or a message cannot be judged. */
  readonly onTrouble: OnTrouble;
  /** Who has been seen. */
  readonly reputation: Reputation;
  readonly acquaintances: Acquaintances;
  /** Who was asked to come again. */
  readonly deferred: DeferredDeliveries;
  /** Where decisions are made durable. */
  readonly journal: Journalling;
  /** Where messages are kept that go into quarantine. */
  readonly keeping?: Keeping;
  /** What an administrator should know: each with what happened. */
  readonly notice: (error: Error) => void;
  /** When a message goes in a circle. @default {@link loopLimits} */
  readonly loops?: LoopLimits;
  /** Rows a minute about what the fronts refuse by themselves. @default 60 */
  readonly refusals?: number;
  /** Hears of each message, once its client is answered. */
  readonly observe?: Observer;
}

/** Milliseconds for a message: for its questions to DNS together, and for all of a ruling. */
export const gateTimes = { dns: 10_000, ruling: 30_000 } as const;

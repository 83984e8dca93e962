import type { Resolver } from '../../mail/index.ts';
import type { Policy } from '../../policy/index.ts';
import type { Offered } from '../gate.ts';
import { type Hearing, type HearingSetup, hear } from './hearing.ts';

/** A policy with the text that it was read from, by which threads read it again. */
export interface PolicyInForce {
  readonly policy: Policy;
  readonly text: string;
}

/** Where messages are heard: in this thread or in others. */
export interface Hearings extends AsyncDisposable {
  /** Resolves when messages can be heard at once: threads that start need seconds, minutes on a busy machine. */
  readonly ready?: () => Promise<void>;
  /**
   * Begins with a message: judges it.
   *
   * @param isChecked false for one that goes on unjudged
   */
  open(offered: Offered, inForce: PolicyInForce, isChecked?: boolean): Promise<Hearing>;
}

/** Hears in this thread: for tests, and for little mail. */
export const hearingsHere = (setup: HearingSetup, resolver: Resolver): Hearings => ({
  open: (offered, { policy }, isChecked = true) => hear(offered, { policy, setup, resolver, isChecked }),
  [Symbol.asyncDispose]: async () => {},
});

import type { Scene } from './scene.ts';

/** Something seen of a message that speaks for or against its sender. */
export interface Signal {
  /** The row of the table of signals, and of the table of weights. */
  readonly name: string;
  /** One sentence with the facts of this message. Hostile text stands in it. */
  readonly words: string;
  /** True where the sender could have brought it about by what he writes: such a signal never excuses alone. */
  readonly isForgeable: boolean;
  /** KQL that shows it in the tables, where it stands in them. */
  readonly query?: string;
}

/** What a signal is made of; families are left out one at a time when the weights are measured. */
export type SignalFamily = 'authentication' | 'relation' | 'history' | 'carrier' | 'content' | 'aftermath';

/**
 * Who can bring a signal about. `sender`: whoever writes the message. `client`: it rests on the address of the client, so
 * the sender can where that address is only assumed. `nobody`: what others keep or publish has to agree.
 */
export type Forgeable = 'sender' | 'client' | 'nobody';

/** A row of the table of signals. */
export interface SignalRow {
  readonly name: string;
  readonly family: SignalFamily;
  readonly forgeable: Forgeable;
  /** One sentence for the documentation: when it is there. */
  readonly about: string;
  /** What is to be said of this message; undefined where the signal is not there. */
  readonly see: (scene: Scene) => string | undefined;
  /** KQL that shows it. */
  readonly query?: (scene: Scene) => string | undefined;
}

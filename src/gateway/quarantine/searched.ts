import type { Quarantined } from './hand-over.ts';
import type { Held } from './ledger.ts';

/** A message that is here, with as much of it as can be read. */
export type Sighted = Pick<Quarantined, 'held'> & Partial<Omit<Quarantined, 'held'>>;

/** A message that is here and cannot be read, or not all of it, and why. */
export interface Unread {
  readonly id: string;
  readonly failure: Error;
}

/** What a search came to. */
export interface Searched {
  readonly found: readonly Held[];
  readonly unread: readonly Unread[];
}

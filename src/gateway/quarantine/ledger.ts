import type { Told } from '../journal/index.ts';

/** A message in quarantine. Texts of the sender are hostile. */
export interface Held extends Pick<Told, 'mailFrom' | 'recipients' | 'from' | 'subject' | 'policy' | 'client'> {
  /** NetworkMessageId. */
  readonly id: string;
  /** When it came, and until when it is kept; milliseconds since 1970. */
  readonly at: number;
  readonly until: number;
  /** The rule that sent it here. */
  readonly rule: string;
  readonly internetMessageId: string;
  /** Bytes. */
  readonly size: number;
}

/** How a message left. */
export type Leaving = 'released' | 'removed' | 'expired';

/** What the ledger of a quarantine says, a frame each. */
export type LedgerLine =
  | { readonly kind: 'held'; readonly held: Held }
  | { readonly kind: Leaving; readonly id: string; readonly at: number };

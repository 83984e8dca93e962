import type { Change, FinalAction } from './policy.ts';

/** What a policy says to one message. */
export interface Decision {
  readonly action: FinalAction;
  /** In order; only for a message that is delivered or kept. */
  readonly changes: readonly Change[];
  /** The rule whose action it is; undefined where no rule said one, and the message is delivered. */
  readonly rule: string | undefined;
  /** Every rule, in order. */
  readonly trace: readonly RuleOutcome[];
}

/** What became of one rule. */
export interface RuleOutcome {
  readonly rule: string;
  readonly outcome: /** Its actions are done, or in Audit would have been. */
    | 'matched'
    | 'audited'
    /** A condition does not hold. */
    | 'missed'
    /** An exception holds. */
    | 'excepted'
    /** What it asks is not known of this message. */
    | 'unknown'
    /** Switched off, not yet active, or expired. */
    | 'inactive'
    /** An earlier rule ended the asking. */
    | 'not reached';
  /** The condition or exception that decided, from 0. */
  readonly by?: { readonly list: 'when' | 'unless'; readonly at: number };
}

/** What is done with a message to which no rule has anything to say. */
export const deliver: FinalAction = { kind: 'Deliver' };

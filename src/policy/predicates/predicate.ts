import type { Reader } from '../../yaml/index.ts';
import type { MailItem } from '../mail-item.ts';
import type { SenderLocation } from '../policy.ts';

/** What a test knows of the rule around it. */
export interface Asking {
  readonly senderAddressLocation: SenderLocation;
}

/** Yes, no, or nobody knows. */
export type Answer = boolean | undefined;

/** A thing that a rule can ask about a message: a row of the table of predicates. `V` is its argument, as read. */
export interface Predicate<V = unknown> {
  /** Exchange's own name where it is Exchange's. */
  readonly name: string;
  /** One sentence for docs/policy-files.md. */
  readonly about: string;
  /** How the argument is written there. */
  readonly example: string;
  readonly argument: Argument<V>;
  /**
   * True where whoever writes a message can make it hold, in anybody's name: such a test is no reason to let a message
   * through.
   */
  readonly isForgeable: (value: V, asking: Asking) => boolean;
  /** How `New-TransportRule` says it; undefined where Exchange cannot ask that. */
  readonly exchange?: ExchangeForm<V>;
  /** Whether it holds. Never throws: what cannot be told is undefined. */
  readonly test: (item: MailItem, value: V, asking: Asking) => Answer;
  /** What there was to see, for a person: a phrase with the message's own values, hostile text in quotation marks. */
  readonly saw: (item: MailItem, value: V, asking: Asking) => string;
}

/** A kind of argument: how it is read, and its JSON schema for editors. */
export interface Argument<V> {
  readonly read: Reader<V>;
  readonly schema: object;
}

/** The parameters of a condition; those of its exception have `ExceptIf` before them. */
export interface ExchangeForm<V> {
  readonly parameters: readonly string[];
  /** The values, in the order of the parameters: a list stands for several values of one. */
  readonly values: (value: V) => readonly (string | readonly string[])[];
}

/** Whoever writes a message can make it hold; nobody can. */
export const byAnybody = (): boolean => true;
export const byNobody = (): boolean => false;

/** For tables of rows whose arguments differ. */
export const predicate = <V>(row: Predicate<V>): Predicate => row as unknown as Predicate;

/** One of several answers is enough: yes before unknown before no. */
export function any(answers: Iterable<Answer>): Answer {
  let found: Answer = false;
  for (const answer of answers) {
    if (answer === true) return true;
    if (answer === undefined) found = undefined;
  }
  return found;
}

/** A mailbox out of a From, To, Cc or the like. */
export interface Mailbox {
  /** The display name, decoded; empty where there is none. Hostile text. */
  readonly name: string;
  /** `local@domain` as it is written, without angle brackets; empty where none can be found. */
  readonly address: string;
  /** The part behind the last `@`: lower case, A-labels, no dot at the end; empty where there is none. */
  readonly domain: string;
}

/** Why From does not name one author plainly. */
export type AuthorProblem =
  | 'no From field'
  | 'several From fields'
  | 'several domains in From'
  | 'no address in From'
  | 'malformed From'
  | 'too many mailboxes in From'
  /** Another From field may lie where nobody looked. */
  | 'header cut off';

/** Who the message says wrote it. */
export interface Authors {
  /** Of all From fields, from the top. */
  readonly mailboxes: readonly Mailbox[];
  /** The distinct domains of them, in order: each is judged. Empty where none can be found. */
  readonly domains: readonly string[];
  readonly problems: readonly AuthorProblem[];
}

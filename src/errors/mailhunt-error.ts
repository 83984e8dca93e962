import { catalogue, type ErrorCode, type ErrorEntry, type Facts } from './catalogue.ts';

/** A place in a source text, in UTF-16 units from its start. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** What an error may carry beside its facts. */
export interface ErrorOptions {
  /** Where in the query (or other source) text it is. */
  readonly span?: Span;
  /** Microsoft's own code, where the message is theirs (`KS142`). */
  readonly foreignCode?: string;
  readonly cause?: unknown;
}

/**
 * An error of the catalogue. Everything that mailhunt throws on purpose is one of these; anything else is a defect.
 *
 * @example throw new MailhuntError('STORE0006', { table: 'Emails' })
 */
export class MailhuntError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'MailhuntError';
  readonly code: C;
  readonly facts: Facts<C>;
  readonly span: Span | undefined;
  readonly foreignCode: string | undefined;

  constructor(code: C, facts: Facts<C>, options: ErrorOptions = {}) {
    super(fill(catalogue[code].message, facts), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.facts = facts;
    this.span = options.span;
    this.foreignCode = options.foreignCode;
  }

  /** What the reader can do about it, its slots filled. */
  get advice(): string {
    const entry: ErrorEntry = catalogue[this.code];
    return fill(entry.advice, this.facts);
  }
}

const fill = (words: string, facts: Readonly<Record<string, string | number>>): string =>
  words.replace(/\{(\w+)\}/g, (slot, name: string) => String(facts[name] ?? slot));

import type { RowPredicate } from './kql/row-predicate.ts';

/**
 * A message as a policy sees it, at the gate or out of the store. What nobody knows of it is undefined, and a test of it
 * has then no answer: it is neither met nor missed. Texts that the sender chose are hostile.
 */
export interface MailItem {
  /** NetworkMessageId. */
  readonly id: string;
  /** When it came, milliseconds since 1970. */
  readonly at: number;
  readonly client: {
    readonly ip: string | undefined;
    readonly helo: string | undefined;
    /** True where the client said who it is (SMTP AUTH, a certificate, a connector). */
    readonly isAuthenticated: boolean;
  };
  /** Without angle brackets; empty for the null sender. */
  readonly mailFrom: string | undefined;
  readonly recipients: readonly string[];
  /** Every mailbox of From: lower case domains in A-labels. */
  readonly authors: readonly { readonly address: string; readonly domain: string }[];
  /** Addresses of To and Cc; undefined where an export does not hold them. */
  readonly to: readonly string[] | undefined;
  readonly cc: readonly string[] | undefined;
  readonly subject: string;
  /** Bytes. */
  readonly size: number | undefined;
  /**
   * The values of a header field, unfolded and decoded; undefined where it is not known whether there are any.
   * `Authentication-Results` are those that this receiver stamped; those of others stand under
   * `Authentication-Results-Original`.
   */
  readonly headers: (name: string) => readonly string[] | undefined;
  /** The text of the body as a reader sees it; undefined where the message was not kept. */
  readonly body: () => string | undefined;
  /** Microsoft's spam confidence level, -1 to 9; `none` where no filter has said one. */
  readonly scl: number | 'none' | undefined;
  readonly verdict: ItemVerdict;
  /** Other organizations than the author's for which SPF or DKIM passed. */
  readonly carriers: readonly string[];
  readonly evidence: ItemEvidence;
  /** The organisation's own domains, lower case. */
  readonly acceptedDomains: readonly string[];
  /** Whether a predicate holds for one of its rows in EmailEvents. */
  readonly kql: (predicate: RowPredicate) => boolean | undefined;
  /**
   * The message as it would be had the checks that ended in a temporary error passed, where that is more evidence for it:
   * the words that they ended in stay (`ARC` is `temperror`), its sealers and its composite verdict count. `decide` asks
   * it, too, and puts the message off where it gets another answer. Absent where every check could be made.
   */
  readonly ifAnswered?: MailItem | undefined;
}

/** What the checks said: lower-case words, undefined where nobody checked. */
export interface ItemVerdict {
  readonly spf: string | undefined;
  /** A word for each signature; `none` alone where there is none. */
  readonly dkim: readonly string[];
  readonly dmarc: string | undefined;
  /** What the owner of the author domain asks for; `unknown` where his record could not be asked for, `none` without one. */
  readonly policy: 'none' | 'quarantine' | 'reject' | 'unknown' | undefined;
  /** Methods that passed for the author domain. */
  readonly aligned: readonly ('spf' | 'dkim')[] | undefined;
  readonly compauth: string | undefined;
  /** Microsoft's three digits. */
  readonly reason: string | undefined;
  /** `temperror` where DNS gave no key of it. */
  readonly arc: string | undefined;
  /** The sealers of a chain that passed, the newest first. */
  readonly sealers: readonly string[];
}

/** What speaks for a message that fails. Each undefined where the store was not asked. */
export interface ItemEvidence {
  /** A sealer of the organisation's list that saw the message pass (see docs/composite-authentication.md). */
  readonly trustedSealer: string | undefined;
  /** Whether a recipient never had mail from this author. */
  readonly isFirstContact: boolean | undefined;
  /** Messages of this author domain that passed DMARC before, from anywhere. */
  readonly passedBefore: number | undefined;
  /**
   * Who handed it over: `list` or `forwarder` where the client is proved (SPF or DKIM of another organization passed) and
   * known to bring the mail of others, some of which passes; `claimed` where only the header says so; `none`.
   */
  readonly carrier: 'list' | 'forwarder' | 'claimed' | 'none' | undefined;
  /** The organization that carried it, where it is proved. */
  readonly carrierDomain: string | undefined;
}

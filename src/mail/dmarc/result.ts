/** The results of RFC 9989 (and RFC 7489 section 11.2). */
export type DmarcWord = 'none' | 'pass' | 'fail' | 'temperror' | 'permerror';
export type DmarcPolicy = 'none' | 'quarantine' | 'reject';
/** Which document is followed: the tree walk of RFC 9989, or the public suffix list of RFC 7489. */
export type DmarcMode = 'rfc9989' | 'rfc7489';

/** An identifier that passed and how it stands to the author domain. */
export interface Alignment {
  readonly method: 'spf' | 'dkim';
  readonly domain: string;
  /** `none`: it passed for somebody else. */
  readonly alignment: 'strict' | 'relaxed' | 'none';
  /** Whether the record's aspf/adkim is content with that. */
  readonly counts: boolean;
}

/** The verdict on one author domain. */
export interface DmarcDomainResult {
  readonly result: DmarcWord;
  readonly reason: string;
  /** The author domain: lower case, A-labels; empty where From holds none. */
  readonly domain: string;
  readonly organizationalDomain: string;
  /** Where the record was found, and its text. */
  readonly recordDomain?: string;
  readonly record?: string;
  /**
   * What the owner asks for this domain after sp, np, psd and t; undefined without a record, and for a temperror in which DNS did
   * not tell which of two policies it is.
   */
  readonly policy?: DmarcPolicy;
  /** What is to be done with this message: the policy where it fails, else none. */
  readonly disposition: DmarcPolicy;
  readonly alignments: readonly Alignment[];
  /** DNS questions that the discovery took. */
  readonly queries: number;
}

/** The verdict on a message: that of its worst author domain. */
export interface DmarcResult extends DmarcDomainResult {
  readonly mode: DmarcMode;
  /** Every author domain, in order; one in ordinary mail. */
  readonly domains: readonly DmarcDomainResult[];
}

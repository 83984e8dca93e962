/** The results of RFC 7208 section 2.6. */
export type SpfWord = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'temperror' | 'permerror';

/** What is asked: may this client use that name? */
export interface SpfQuery {
  /** The client's IPv4 or IPv6 address. */
  readonly ip: string;
  /** What the client called itself. */
  readonly helo: string;
  /** The envelope sender without angle brackets; empty for the null sender: then `postmaster@` the HELO name is checked. */
  readonly mailFrom: string;
  /** The receiving host, for the macro `%{r}`. */
  readonly receiver?: string;
  /** Milliseconds since 1970, for the macro `%{t}`. */
  readonly now: number;
}

export interface SpfResult {
  readonly result: SpfWord;
  /** For a person: why. Plain words with the name that it hung on. */
  readonly reason: string;
  /** Which identity was checked (RFC 7208 sections 2.3 and 2.4). */
  readonly identity: 'mailfrom' | 'helo';
  /** The domain that was checked, in A-labels, lower case; what DMARC aligns. */
  readonly domain: string;
  readonly record?: string;
  /** The mechanism that decided, as it stands in the record (`include:_spf.example.com`), or `default`. */
  readonly mechanism?: string;
  /** The text of `exp=`, only where the result is fail. Chosen by the sender's domain: hostile text. */
  readonly explanation?: string;
  /** Terms that cost a look-up, and answers that were empty (RFC 7208 section 4.6.4). */
  readonly lookups: number;
  readonly voidLookups: number;
}

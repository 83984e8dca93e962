/** The results of RFC 8601 section 2.7.1. */
export type DkimWord = 'none' | 'pass' | 'fail' | 'policy' | 'neutral' | 'temperror' | 'permerror';

/** What became of one DKIM-Signature field. */
export interface DkimResult {
  readonly result: DkimWord;
  /** For a person: `signature was verified`, `body hash did not verify`, `no key for signature`, `key query timed out` … */
  readonly reason: string;
  /** d=, lower case, A-labels; empty where it cannot be read. */
  readonly domain: string;
  /** s= */
  readonly selector: string;
  /** i=, or `@` and the domain. */
  readonly identity: string;
  /** a=, lower case: `rsa-sha256`, `ed25519-sha256`, `rsa-sha1`. */
  readonly algorithm: string;
  readonly keyBits?: number;
  /** c= as header/body. */
  readonly canonicalization: string;
  /** h=, lower case, in order. */
  readonly signedHeaders: readonly string[];
  /** l=, where given. */
  readonly bodyLength?: number;
  /** False where an l= leaves part of the body unsigned: such a signature proves nothing about what is read. */
  readonly coversBody: boolean;
  /** True for a pass that DMARC may count: the whole body, and the From field, are signed. */
  readonly mayAlign: boolean;
  /** True where the key has t=y. */
  readonly testing: boolean;
  /** t= and x=, seconds since 1970. */
  readonly signedAt?: number;
  readonly expiresAt?: number;
}

export interface DkimVerification {
  /** In the order of the fields, from the top; the first `DkimOptions.signatures` of them. */
  readonly signatures: readonly DkimResult[];
  /** Signatures beyond the limit, which were not looked at. */
  readonly ignored: number;
}

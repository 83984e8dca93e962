/**
 * What the checks said about one message, in Defender's words: one word a check, as `AuthenticationDetails` and Microsoft's
 * Authentication-Results have them. Undefined where nothing was said (Microsoft leaves compauth out of most headers).
 */
export interface VerdictWords {
  readonly spf?: string;
  readonly dkim?: string;
  readonly dmarc?: string;
  readonly action?: string;
  readonly compauth?: string;
  /** Three digits. */
  readonly reason?: string;
}

/** One `method=result` of an Authentication-Results field with its properties (RFC 8601 section 2.2). */
export interface MethodResult {
  /** Lower case: `spf`, `dkim`, `dmarc`, `arc`, `compauth`, … */
  readonly method: string;
  /** Lower case. */
  readonly result: string;
  /** The text of `reason=`, else the comment behind the result. */
  readonly reason?: string;
  /** `ptype.property` (lower case) to value; Microsoft's bare `action` and `reason` under their own names. */
  readonly properties: Readonly<Record<string, string>>;
}

/** An Authentication-Results field, read. */
export interface AuthenticationResults {
  /** Lower case; undefined in Microsoft's dialect, which has none. */
  readonly authservId?: string;
  readonly results: readonly MethodResult[];
}

import type { DkimWord } from './result.ts';

/** What can become of a signature: the word for it, the words for a person, and where it is said. */
export interface Outcome {
  readonly result: DkimWord;
  readonly reason: string;
  /** Of RFC 6376 where no other is named. */
  readonly section: string;
}

/**
 * RFC 6376 knows success, PERMFAIL and TEMPFAIL; RFC 8601 section 2.7.1 has seven words. `fail`: the signature was examined
 * and is not right. `neutral`: it has errors of form, or there is nothing to examine it with. `policy`: it might be right,
 * and is too weak to count. `temperror`: nobody knows.
 */
export const outcomes = {
  verified: { result: 'pass', reason: 'signature was verified', section: '6.1.3' },

  'bad body': { result: 'fail', reason: 'body hash did not verify', section: '6.1.3 step 3' },
  'short body': { result: 'fail', reason: 'body is shorter than the signed length', section: '3.5 l=' },
  'bad signature': { result: 'fail', reason: 'signature did not verify', section: '6.1.3 step 4' },

  syntax: { result: 'neutral', reason: 'signature syntax error', section: '6.1.1' },
  'missing tag': { result: 'neutral', reason: 'signature missing required tag', section: '6.1.1' },
  version: { result: 'neutral', reason: 'incompatible version', section: '6.1.1' },
  algorithm: { result: 'neutral', reason: 'unknown algorithm', section: '3.3.4' },
  canonicalization: { result: 'neutral', reason: 'unknown canonicalization', section: '3.4' },
  'query method': { result: 'neutral', reason: 'unsupported query method', section: '3.5 q=' },
  identity: { result: 'neutral', reason: 'domain mismatch', section: '6.1.1' },
  'no From': { result: 'neutral', reason: 'From field not signed', section: '6.1.1' },
  'wrong expiry': { result: 'neutral', reason: 'signature expires before it was made', section: '3.5 x=' },
  'header cut off': { result: 'neutral', reason: 'the header is too long to be looked at', section: '5.4.2' },
  expired: { result: 'neutral', reason: 'signature timestamp expired', section: '6.1.1' },

  'no key': { result: 'neutral', reason: 'no key for signature', section: '6.1.2 step 3' },
  'key type': { result: 'neutral', reason: 'inappropriate key algorithm', section: '6.1.2 step 8' },
  'key hash': { result: 'neutral', reason: 'inappropriate hash algorithm', section: '6.1.2 step 6' },
  'key identity': { result: 'neutral', reason: 'key does not allow a subdomain in i=', section: '3.6.1 t=' },
  'key syntax': { result: 'neutral', reason: 'key syntax error', section: '6.1.2 step 5' },
  'key version': { result: 'neutral', reason: 'incompatible key version', section: '3.6.1 v=' },
  'key service': { result: 'neutral', reason: 'key is not meant for e-mail', section: '3.6.1 s=' },
  'unknown key type': { result: 'neutral', reason: 'unknown key type', section: '3.6.1 k=' },
  'key revoked': { result: 'neutral', reason: 'key was revoked', section: '6.1.2 step 7' },
  'bad key': { result: 'neutral', reason: 'invalid public key', section: '3.6.1 p=' },

  'short key': { result: 'policy', reason: 'ignored public key size: too short', section: 'RFC 8301 3.2' },
  'long key': { result: 'policy', reason: 'ignored public key size: too long', section: 'RFC 8301 3.2' },
  'weak algorithm': { result: 'policy', reason: 'rsa-sha1 is not accepted', section: 'RFC 8301 3.1' },

  'key timeout': { result: 'temperror', reason: 'key query timed out', section: '6.1.2 step 2' },
  'key query': { result: 'temperror', reason: 'key query failed', section: '6.1.2 step 2' },
} as const satisfies Record<string, Outcome>;

export type OutcomeName = keyof typeof outcomes;

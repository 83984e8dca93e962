import type { DkimWord } from '../dkim/result.ts';

/** The words for DKIM that verifying writes into `AuthenticationDetails`. */
export type DetailsDkimWord = 'pass' | 'temperror' | 'fail' | 'none';

/**
 * What one signature counts as. One that says nothing usable failed, as Microsoft says `fail (no key for signature)` and
 * `fail (signature syntax error)`. `none` is left for what was never there, or can no longer be judged: a message that is
 * looked at long after it came, whose key has gone from DNS.
 */
const countsAs: Readonly<Record<DkimWord, DetailsDkimWord>> = {
  pass: 'pass',
  temperror: 'temperror',
  fail: 'fail',
  policy: 'fail',
  neutral: 'fail',
  permerror: 'fail',
  none: 'none',
};

/** Lower speaks before higher. `timeout`, `test` and `ignore` are Microsoft's; what is not here comes with the failures. */
const ranks: ReadonlyMap<string, number> = new Map([
  ['pass', 0],
  ['temperror', 1],
  ['timeout', 1],
  ['none', 3],
]);
const FAILED = 2;

/**
 * Of several signatures the one that speaks for the message: an aligned pass, else any pass, then `temperror`, failures,
 * `none`; of equals the aligned one, then the topmost. Undefined where there is none.
 *
 * @param aligned whether a signing domain is aligned with the author's (RFC 9989 section 4.4)
 */
export function speakingSignature<T extends { readonly result: string; readonly domain: string }>(
  signatures: readonly T[],
  aligned: (domain: string) => boolean,
): T | undefined {
  let best: { readonly signature: T; readonly rank: number } | undefined;
  for (const signature of signatures) {
    const rank = (ranks.get(signature.result) ?? FAILED) * 2 + (aligned(signature.domain) ? 0 : 1);
    if (best === undefined || rank < best.rank) best = { signature, rank };
  }
  return best?.signature;
}

/**
 * The one DKIM word of a message with any number of signatures. No signature is `none`.
 *
 * @example dkimWord([{ result: 'permerror', domain: 'example.com' }, { result: 'temperror', domain: 'example.net' }], () => false) // 'temperror'
 */
export function dkimWord(
  signatures: readonly { readonly result: DkimWord; readonly domain: string }[],
  aligned: (domain: string) => boolean,
): DetailsDkimWord {
  const signature = speakingSignature(signatures, aligned);
  return signature === undefined ? 'none' : countsAs[signature.result];
}

import { type Authentication, awaitedSealer } from '../../mail/index.ts';

/** Registered by RFC 7372 section 3.3: several authentication checks failed. */
const REJECTED = '550 5.7.26';
/** RFC 3463 section 3.8, other security status: what is missing may be there at the next attempt. */
const TRY_LATER = '451 4.7.0';
export const ACCEPTED = '250';

/**
 * What a gate that honours `p=reject` answers to a message at the end of its data (RFC 7489 sections 6.6.2, 6.6.3 and
 * 10.3): it refuses what fails under a policy of reject, unless a trusted sealer vouches for it; it asks to try again
 * where DNS gave no answer and the owner may want it refused, or might have let a trusted sealer vouch for it; everything
 * else it accepts, what is to be quarantined too.
 *
 * @param trustedSealers domains of sealers, exactly as their d= says
 * @example gateAnswer(await authenticate(message, options), ['lists.example']) // '550 5.7.26'
 */
export function gateAnswer(
  { dmarc, composite, arc, authors }: Pick<Authentication, 'dmarc' | 'composite' | 'arc' | 'authors'>,
  trustedSealers: readonly string[],
): string {
  if (composite.compauth === 'pass') return ACCEPTED;
  const [author, ...more] = authors.domains;
  const isAwaited =
    author !== undefined && more.length === 0 && awaitedSealer(arc, author, trustedSealers) !== undefined;
  if (dmarc.result === 'fail' && dmarc.disposition !== 'none' && isAwaited) return TRY_LATER;
  if (dmarc.result === 'fail' && dmarc.disposition === 'reject') return REJECTED;
  const mayWantReject = dmarc.policy === undefined || dmarc.policy === 'reject';
  return dmarc.result === 'temperror' && mayWantReject ? TRY_LATER : ACCEPTED;
}

import type { Resolver } from '../../mail/index.ts';
import { internetOf } from '../kernel/internet.ts';
import { type PostedLetter, post } from '../kernel/post.ts';
import type { Case, Claim } from './scenario.ts';

/** Which letters: the same seed and time give the same bytes. */
export interface Sending {
  readonly seed: number;
  /** When the last letter arrives, milliseconds since 1970. */
  readonly now: number;
}

/** A case as its receiver meets it. */
export interface Sent {
  /** In the order in which they arrive, a minute apart. */
  readonly letters: readonly PostedLetter[];
  readonly resolver: Resolver;
  readonly claim: Claim;
  readonly acceptedDomains: readonly string[];
  readonly trustedSealers: readonly string[];
}

const MINUTE = 60_000;

/**
 * Sends the letters of a scenario, or of its neighbour.
 *
 * @example
 * const { letters, resolver } = await send(scenario, { seed: 1, now });
 * for (const { bytes, transaction } of letters)
 *   (await authenticate(readMessage(bytes), { resolver, now, transaction })).dmarc.result; // scenario.claim.dmarc
 */
export async function send(sent: Case, { seed, now }: Sending): Promise<Sent> {
  const { name, domains, letters, claim, acceptedDomains = ['receiver.example'], trustedSealers = [] } = sent;
  const internet = internetOf(domains, { seed });
  const posted: PostedLetter[] = [];
  for (const [i, letter] of letters.entries()) {
    const at = now - (letters.length - 1 - i) * MINUTE;
    posted.push(await post(letter, { internet, name: `${name}/${i}`, at }));
  }
  return { letters: posted, resolver: internet.resolver, claim, acceptedDomains, trustedSealers };
}

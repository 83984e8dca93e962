import { domainToASCII } from 'node:url';
import { type Answer, answer, type Path, type Visitor } from '../smtp/index.ts';

/** For whom mail is taken from anybody. */
export interface AcceptedDomains {
  /** Nobody has said which. */
  readonly isEmpty: boolean;
  has(domain: string): boolean;
}

/**
 * Domains as they are configured: in ASCII or not, in any case; none stands for those below it.
 *
 * @example acceptedDomains(['example.com']).has('example.com') // true
 */
export function acceptedDomains(names: readonly string[]): AcceptedDomains {
  const known = new Set(names.map(domainToASCII));
  return { isEmpty: known.size === 0, has: (domain) => known.has(domain) };
}

/**
 * No open relay: whom mail may not go to from this client gets the answer.
 *
 * @returns undefined where it may
 */
export function relayRefusal(
  { local, domain }: Path,
  { isTrusted }: Visitor,
  accepted: AcceptedDomains,
): Answer | undefined {
  const isPostmaster = domain === '' && local.toLowerCase() === 'postmaster';
  const may = isTrusted || isPostmaster || accepted.has(domain);
  if (may) return undefined;
  // A gate that was not told its domains has forgotten them: mail for them must not be refused for good.
  return accepted.isEmpty
    ? answer(454, '4.7.1', 'No accepted domains are set')
    : answer(550, '5.7.1', 'Relay access denied');
}

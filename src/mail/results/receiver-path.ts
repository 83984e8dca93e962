import { isSameOrBelow } from '../message/domain-name.ts';
import type { Hop } from '../message/hop.ts';
import { ipAddressOf, isPublicAddress } from '../message/ip-address.ts';
import { trustedHosts } from '../message/trusted-hosts.ts';

/** The hops around a stamp, as the Received fields tell it. */
export interface ReceiverPath {
  /** Those above the stamp, from the top. */
  readonly above: readonly Hop[];
  /** The first one below it. */
  readonly below?: Hop | undefined;
}

const microsoft = trustedHosts(['microsoft']);

/**
 * Whether a stamp that stands here was written by Microsoft 365. It stamps above the hop that brought the message in, and
 * hands it on inside: so every hop above leads from one of its servers to another, by addresses inside, and the hop below
 * was taken by such a server. A mailbox in which a message was put together (`mapi`) is where the message begins, and what
 * is below that is its sender's.
 */
export const isStampedByMicrosoft = ({ above, below }: ReceiverPath): boolean =>
  above.length > 0 &&
  above.every((hop) => microsoft.wrote(hop) && microsoft.cameFromInside(hop) && !/^mapi/i.test(hop.with ?? '')) &&
  below !== undefined &&
  microsoft.wrote(below);

/**
 * Whether a stamp with this authserv-id was written by the receiver that last handled the message: every hop above was
 * taken by the receiver's own hosts, only the one right above the stamp came from outside, and a hop around it names a host
 * of the receiver. Else it may be what a sender wrote, for other receivers need not remove the stamps of this one. That this
 * one did so, and stamps what comes in, is what trusting it means (RFC 8601 section 5).
 *
 * Own hosts are the authserv-id and its neighbours (`imap.example.com` of `mx.example.com`), what lies below it, and what
 * lies below a trusted name that the authserv-id is below. Hosts without a public name say nothing.
 *
 * @param authservId lower case
 * @param trusted lower case
 */
export function isStampedByOwnHost(
  { above, below }: ReceiverPath,
  authservId: string,
  trusted: readonly string[],
): boolean {
  const own = trustedHosts([
    authservId,
    neighbourhood(authservId),
    ...trusted.filter((name) => isSameOrBelow(authservId, name) || ipAddressOf(name.replace(/\/.*/, '')) !== undefined),
  ]);
  return (
    above.every((hop) => own.wrote(hop) || hasNoPublicName(hop.by)) &&
    above.slice(0, -1).every((hop) => own.cameFromInside(hop) || isLocalStep(hop)) &&
    [...above, below].some((hop) => hop !== undefined && own.wrote(hop))
  );
}

/** `co.uk`, `com.br`: domains in which anybody has names. One that is taken for such costs a verdict and proves none. */
const PUBLIC_SUFFIX = /^[^.]*$|^[^.]{1,4}\.[^.]{2}$/;

/** The domain that a host is in, where that can be one organisation's; else the host. */
function neighbourhood(host: string): string {
  const parent = host.slice(host.indexOf('.') + 1);
  return PUBLIC_SUFFIX.test(parent) ? host : parent;
}

/** A step in which no client is named, or one within a machine. */
const isLocalStep = ({ ip, helo, with: protocol = '' }: Hop): boolean =>
  ip === undefined && (helo === undefined || /^(?:lmtp|local)/i.test(protocol));

/** `localhost`, `10.1.2.3`, `store.internal`: what means something only inside. */
function hasNoPublicName(host: string | undefined): boolean {
  if (host === undefined) return true;
  if (ipAddressOf(host) !== undefined) return !isPublicAddress(host);
  return !host.includes('.') || /\.(?:internal|local|localdomain|lan|home\.arpa)$/.test(host);
}

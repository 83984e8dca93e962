import { isSameOrBelow } from './domain-name.ts';
import type { Hop } from './hop.ts';
import { addressSet, isPublicAddress } from './ip-address.ts';

/** What `microsoft` stands for: the names under which the hosts of Microsoft 365 and Outlook.com write Received fields. */
export const microsoftHosts = ['outlook.com', 'office365.com', 'prod.exchangelabs.com'];

/**
 * Where those hosts speak to each other. Only Exchange Online has the 2603 blocks (Azure's machines have others). From the
 * 2a01 blocks it also sends to the outside, so a hop counts as inside only where its writer is no border host.
 */
const microsoftInside = addressSet([
  ...['1006', '1016', '1026', '1036', '1046', '1056', '1096', '10a6', '10b6', '10c6', '10d6', '10e6'].map(
    (block) => `2603:${block}::/32`,
  ),
  '2a01:111:f400::/48',
  '2a01:111:f403::/48',
]);
/** The hosts that take mail from outside, other tenants among them. */
const microsoftBorder = 'mail.protection.outlook.com';

/** Whom the caller trusts to write Received and Authentication-Results fields. */
export interface TrustedHosts {
  /** Whether a host that wrote a field is one of them. */
  wrote(hop: Hop): boolean;
  /** Whether the client of such a hop is inside too, so that the field below was written inside. */
  cameFromInside(hop: Hop): boolean;
}

/**
 * Reads what a caller trusts: host names (each with all below it), addresses and CIDR blocks of relays, and `microsoft`.
 *
 * A client is inside by its address, or by its name in reverse DNS. Never by the name in HELO: whoever sends from outside
 * may call itself `mx.example.com`, and would have the forged fields below believed.
 *
 * @example trustedHosts(['mx.example.com', '192.0.2.0/28', 'microsoft'])
 */
export function trustedHosts(trusted: readonly string[]): TrustedHosts {
  const entries = trusted.map((entry) => entry.toLowerCase().replace(/\.$/, ''));
  const microsoft = entries.includes('microsoft');
  const names = [...entries.filter((entry) => entry !== 'microsoft'), ...(microsoft ? microsoftHosts : [])];
  const relays = addressSet(entries);
  const isNamed = (host: string | undefined): boolean =>
    host !== undefined && names.some((name) => isSameOrBelow(host, name));
  const isMicrosoft = (host: string | undefined): boolean =>
    microsoft && host !== undefined && microsoftHosts.some((name) => isSameOrBelow(host, name));
  const isExchange = ({ ip, by }: Hop): boolean =>
    ip !== undefined && microsoftInside.has(ip) && !isSameOrBelow(by ?? '', microsoftBorder);
  return {
    wrote: ({ by }) => isNamed(by) || (by !== undefined && relays.has(by)),
    cameFromInside: (hop) =>
      hop.ip !== undefined &&
      (!isPublicAddress(hop.ip) ||
        relays.has(hop.ip) ||
        (isMicrosoft(hop.by) ? isExchange(hop) : isNamed(hop.reverse))),
  };
}

import { isSameOrBelow } from '../message/domain-name.ts';
import { addressSet } from '../message/ip-address.ts';
import type { Mailbox } from '../message/mailbox.ts';

/**
 * Who may, or may not, send in somebody's name: the pair of Microsoft's Tenant Allow/Block List
 * (https://learn.microsoft.com/defender-office-365/tenant-allow-block-list-email-spoof-configure, "Domain pair syntax").
 */
export interface SpoofEntry {
  /** Whose name: an address, a domain with all below it, or `*`. */
  readonly sender: string;
  /** From where: the domain of a verified PTR or DKIM signature with all below it, an address or CIDR block, or `*`. */
  readonly infrastructure: string;
  /** Milliseconds since 1970 from which it counts no more; an entry without it never ends. */
  readonly expires?: number;
}

/** Where a message comes from, so far as it is proved. */
export interface Infrastructure {
  readonly ip: string | undefined;
  /** Domains of DKIM signatures that pass, and names of the client that resolve back to it. */
  readonly domains: readonly string[];
}

/** The first entry that counts now and fits. @param now milliseconds since 1970 */
export const entryFor = (
  entries: readonly SpoofEntry[],
  authors: readonly Mailbox[],
  from: Infrastructure,
  now: number,
): SpoofEntry | undefined =>
  entries.find(
    (entry) =>
      (entry.expires === undefined || now < entry.expires) &&
      authors.some((author) => isSender(entry.sender, author)) &&
      isInfrastructure(entry.infrastructure, from),
  );

const ANY = '*';

function isSender(sender: string, { address, domain }: Mailbox): boolean {
  const wanted = sender.toLowerCase();
  if (wanted === ANY) return true;
  return wanted.includes('@') ? address.toLowerCase() === wanted : domain !== '' && isSameOrBelow(domain, wanted);
}

function isInfrastructure(infrastructure: string, { ip, domains }: Infrastructure): boolean {
  const wanted = infrastructure.toLowerCase();
  if (wanted === ANY) return true;
  if (ip !== undefined && addressSet([wanted]).has(ip)) return true;
  return domains.some((domain) => isSameOrBelow(domain, wanted));
}

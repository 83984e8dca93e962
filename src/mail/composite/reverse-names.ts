import type { Resolver } from '../dns/resolver.ts';
import { addressOf, clientAddress, inNetwork, reverseName } from '../spf/address.ts';

/** Names of a client that are looked at; whoever owns an address can give it thousands. */
const NAMES = 5;

/**
 * The names of a client by reverse DNS that lead back to its address. The owner of an address writes into PTR what he
 * likes, so a name that does not lead back proves nothing. DNS that fails gives none.
 *
 * @param ip IPv4 or IPv6 without brackets
 * @example await reverseNames('192.0.2.1', resolver) // ['mail.example.com']
 */
export async function reverseNames(ip: string, resolver: Resolver): Promise<readonly string[]> {
  const address = clientAddress(ip);
  if (address === undefined) return [];
  const pointers = await resolver.query(reverseName(address), 'PTR');
  if (pointers.status !== 'found') return [];
  const names: string[] = [];
  for (const name of pointers.records.slice(0, NAMES)) {
    if (await leadsTo(name, address, resolver, FULL)) names.push(name);
  }
  return names;
}

type Bits = Readonly<Record<4 | 16, number>>;
const FULL: Bits = { 4: 32, 16: 128 };
/** What counts as one subnet: Microsoft's /24, and the /64 that one IPv6 link has. */
const SUBNET: Bits = { 4: 24, 16: 64 };

/** Whether one of a name's addresses lies in the client's subnet. */
export async function isInSubnetOf(name: string, ip: string, resolver: Resolver): Promise<boolean> {
  const address = clientAddress(ip);
  return address !== undefined && leadsTo(name, address, resolver, SUBNET);
}

async function leadsTo(name: string, address: Uint8Array, resolver: Resolver, bits: Bits): Promise<boolean> {
  const isV4 = address.length === 4;
  const answer = await resolver.query(name, isV4 ? 'A' : 'AAAA');
  if (answer.status !== 'found') return false;
  return answer.records.some((text) => {
    const other = addressOf(text);
    return other !== undefined && other.length === address.length && inNetwork(address, other, bits[isV4 ? 4 : 16]);
  });
}

/** Whether a domain's own mail exchanger is one of these hosts. */
export async function isExchangerOf(domain: string, hosts: readonly string[], resolver: Resolver): Promise<boolean> {
  const answer = await resolver.query(domain, 'MX');
  return answer.status === 'found' && answer.records.some(({ exchange }) => hosts.includes(exchange));
}

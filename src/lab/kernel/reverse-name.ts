import { isIPv6 } from 'node:net';

/**
 * The name under which DNS holds the host of an address (RFC 1035 section 3.5, RFC 3596 section 2.5).
 *
 * @param ip IPv4, or IPv6 without a dotted part
 * @example reverseName('192.0.2.10') // '10.2.0.192.in-addr.arpa'
 */
export function reverseName(ip: string): string {
  if (!isIPv6(ip)) return `${ip.split('.').toReversed().join('.')}.in-addr.arpa`;
  return `${[...nibbles(ip)].toReversed().join('.')}.ip6.arpa`;
}

function nibbles(ip: string): string {
  const [head = '', tail = ''] = ip.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')).join('');
}

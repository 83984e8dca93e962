import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Address blocks that no client on the public Internet has (RFC 6890 and its registry, RFC 6598, RFC 3879). The blocks for
 * documentation (RFC 5737, 3849) are missing on purpose: in examples they stand for public ones.
 */
const notPublic: readonly (readonly [block: string, what: string])[] = [
  ['0.0.0.0/8', 'this network'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared, behind carrier-grade NAT'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'protocol assignments'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'benchmarks'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'reserved, and broadcast'],
  ['::/127', 'unspecified and loopback'],
  ['64:ff9b:1::/48', 'translation inside a site'],
  ['100::/64', 'discard'],
  ['2001:2::/48', 'benchmarks'],
  ['2002:a00::/24', '6to4 of 10.0.0.0/8'],
  ['2002:7f00::/24', '6to4 of 127.0.0.0/8'],
  ['2002:a9fe::/32', '6to4 of 169.254.0.0/16'],
  ['2002:ac10::/28', '6to4 of 172.16.0.0/12'],
  ['2002:c0a8::/32', '6to4 of 192.168.0.0/16'],
  ['fc00::/7', 'unique local'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'site-local'],
  ['ff00::/8', 'multicast'],
];

/** A set of addresses. */
export interface AddressSet {
  has(ip: string): boolean;
}

/**
 * A set from addresses and CIDR blocks; entries that are neither are passed over.
 *
 * @example addressSet(['192.0.2.0/24', '2001:db8::1']).has('192.0.2.7') // true
 */
export function addressSet(blocks: readonly string[]): AddressSet {
  const list = new BlockList();
  for (const block of blocks) {
    const [ip = '', bits] = block.split('/');
    const family = familyOf(ip);
    if (family === undefined) continue;
    const most = family === 'ipv4' ? 32 : 128;
    if (bits === undefined) list.addAddress(ip, family);
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= most) list.addSubnet(ip, Number(bits), family);
  }
  return {
    has: (ip) => {
      const family = familyOf(ip);
      return family !== undefined && list.check(ip, family);
    },
  };
}

const familyOf = (ip: string): 'ipv4' | 'ipv6' | undefined => (isIPv4(ip) ? 'ipv4' : isIPv6(ip) ? 'ipv6' : undefined);

const inside = addressSet(notPublic.map(([block]) => block));

/**
 * Whether an address may be that of a client on the public Internet. False for what is no address.
 *
 * @example isPublicAddress('10.1.2.3') // false
 */
export const isPublicAddress = (ip: string): boolean => familyOf(ip) !== undefined && !inside.has(ip);

/** IPv4 in IPv6 (RFC 4291 section 2.5.5.2), as a URL parser prints it. */
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * An address in one form: without brackets, the `IPv6:` of address literals (RFC 5321 section 4.1.3) and the zone; IPv6
 * compressed and lower case; an IPv4 address mapped into IPv6 as IPv4. Undefined where it is none.
 *
 * @example ipAddressOf('[IPv6:::ffff:192.0.2.1]') // '192.0.2.1'
 */
export function ipAddressOf(text: string): string | undefined {
  if (text.length > 80) return undefined;
  const bare = text
    .replace(/^\[(.*)\]$/s, '$1')
    .replace(/^IPv6:/i, '')
    .replace(/%[\w.-]*$/, '');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return undefined;
  const compressed = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = MAPPED.exec(compressed);
  if (mapped === null) return compressed;
  const value = Number.parseInt(mapped[1]!, 16) * 65536 + Number.parseInt(mapped[2]!, 16);
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
}

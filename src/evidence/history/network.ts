/**
 * The network of an address: /24 for IPv4, /48 for IPv6, as CIDR text. Undefined for what is no address.
 *
 * @example networkOf('192.0.2.77') // '192.0.2.0/24'
 * @example networkOf('2001:db8:365::2b') // '2001:db8:365::/48'
 */
export function networkOf(ip: string): string | undefined {
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip);
  return four !== null ? `${four[1]}.0/24` : network6Of(ip, 48);
}

/**
 * What one host has to itself: the address of IPv4, and of IPv6 its /64, from which it takes what addresses it likes
 * (RFC 4291 section 2.5.1). CIDR text; undefined for what is no address.
 *
 * @example hostNetworkOf('192.0.2.77') // '192.0.2.77/32'
 * @example hostNetworkOf('2001:db8:365::2b') // '2001:db8:365:0::/64'
 */
export const hostNetworkOf = (ip: string): string | undefined =>
  /^(?:\d{1,3}\.){3}\d{1,3}$/.test(ip) ? `${ip}/32` : network6Of(ip, 64);

function network6Of(ip: string, bits: 48 | 64): string | undefined {
  const groups = groupsOf(ip)?.slice(0, bits / 16);
  return groups === undefined || groups.includes('NaN') ? undefined : `${groups.join(':')}::/${bits}`;
}

/** The first four groups of an IPv6 address, without leading zeros; `NaN` for what is none. */
function groupsOf(ip: string): readonly string[] | undefined {
  if (ip.length > 45 || !/^[0-9a-f:.]{2,45}$/i.test(ip) || !ip.includes(':')) return undefined;
  const [head = '', tail, ...more] = ip.split('::');
  if (more.length > 0) return undefined;
  const before = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const length = before.length + behind.length + (behind.at(-1)?.includes('.') === true ? 1 : 0);
  const filled = tail === undefined ? before : [...before, ...Array(Math.max(0, 8 - length)).fill('0'), ...behind];
  const groups = filled.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return groups.length === 4 ? groups : undefined;
}

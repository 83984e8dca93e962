/**
 * The network of an address: /24 for IPv4, /48 for IPv6, as CIDR text. Undefined for what is no address.
 *
 * @example networkOf('192.0.2.77') // '192.0.2.0/24'
 * @example networkOf('2001:db8:365::2b') // '2001:db8:365::/48'
 */
export function networkOf(ip: string): string | undefined {
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip);
  if (four !== null) return `${four[1]}.0/24`;
  const groups = firstGroups(ip);
  return groups === undefined ? undefined : `${groups.join(':')}::/48`;
}

/** The first three groups of an IPv6 address, without leading zeros. */
function firstGroups(ip: string): readonly string[] | undefined {
  if (ip.length > 45 || !/^[0-9a-f:.]{2,45}$/i.test(ip) || !ip.includes(':')) return undefined;
  const [head = '', tail, ...more] = ip.split('::');
  if (more.length > 0) return undefined;
  const before = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  const length = before.length + behind.length + (behind.at(-1)?.includes('.') === true ? 1 : 0);
  const filled = tail === undefined ? before : [...before, ...Array(Math.max(0, 8 - length)).fill('0'), ...behind];
  const groups = filled.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
  return groups.length === 3 && !groups.includes('NaN') ? groups : undefined;
}

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const V4 = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`);
const PREFIX = /^(?:0|[1-9][0-9]{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;
/** Where an IPv4 address stands among those of IPv6: ::ffff:0:0/96. */
const MAPPED = 0xffffn << 32n;
const MAPPED_BITS = 96n;

/** An address of either kind as 128 bits, with how many of them count. */
export interface IpAddress {
  readonly bits: bigint;
  readonly prefix: bigint;
  /** Written as IPv4. */
  readonly isV4: boolean;
}

/** The 32 bits of an IPv4 address, or undefined. */
export const parseIpv4Bits = (text: string): bigint | undefined =>
  V4.test(text) ? text.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) : undefined;

/** The four numbers of 32 bits. */
export const formatIpv4Bits = (bits: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');

/** The address without the bits below its prefix. */
export const masked = (bits: bigint, prefix: bigint, width: bigint): bigint =>
  (bits >> (width - prefix)) << (width - prefix);

/** The 128 bits of an IPv6 address without a dotted part, or undefined. */
function parseGroups(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => GROUP.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** `::192.0.2.1`, `::ffff:192.0.2.1` and the bare dotted form are one address; others keep the groups before the dots. */
function parseBits(text: string): { bits: bigint; dotted: boolean } | undefined {
  const dots = text.includes('.');
  if (!dots) {
    const bits = parseGroups(text);
    return bits === undefined ? undefined : { bits, dotted: false };
  }
  const cut = text.lastIndexOf(':') + 1;
  const low = parseIpv4Bits(text.slice(cut));
  if (low === undefined) return undefined;
  if (cut === 0) return { bits: MAPPED + low, dotted: true };
  const high = parseGroups(`${text.slice(0, cut)}0:0`);
  if (high === undefined) return undefined;
  const dotted = high === 0n || high === MAPPED;
  return { bits: (high === 0n ? MAPPED : high) + low, dotted };
}

/**
 * An address of IPv6 or IPv4, with or without a prefix (`fe80::1/64`), or undefined. The prefix of a dotted form counts
 * among its 32 bits.
 */
export function parseIp(text: string): IpAddress | undefined {
  const [address = '', prefix, ...more] = text.trim().split('/');
  const found = more.length > 0 ? undefined : parseBits(address);
  if (found === undefined) return undefined;
  const { bits, dotted } = found;
  const isV4 = !address.includes(':');
  if (prefix === undefined) return { bits, prefix: 128n, isV4 };
  if (!PREFIX.test(prefix) || BigInt(prefix) > (dotted ? 32n : 128n)) return undefined;
  return { bits, prefix: BigInt(prefix) + (dotted ? MAPPED_BITS : 0n), isV4 };
}

/** All eight groups of four digits. */
export const formatIp = (bits: bigint): string => bits.toString(16).padStart(32, '0').match(/.{4}/g)!.join(':');

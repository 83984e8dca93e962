import { isIPv4, isIPv6 } from 'node:net';

/** An IP address as its bytes: 4 of them, or 16. */
export type Address = Uint8Array;

/**
 * Reads an IP address; an IPv4-mapped IPv6 address is the IPv4 address (RFC 7208 section 5), a zone index is dropped.
 *
 * @returns undefined where the text is none
 * @example clientAddress('::ffff:192.0.2.1') // the bytes 192, 0, 2, 1
 */
export function clientAddress(text: string): Address | undefined {
  const zone = text.indexOf('%');
  const bytes = addressOf(zone > 0 ? text.slice(0, zone) : text);
  return bytes !== undefined && isMapped(bytes) ? bytes.subarray(12) : bytes;
}

/** The bytes of an address exactly as it is written: a mapped one stays IPv6, leading zeros make it none. */
export function addressOf(text: string): Address | undefined {
  if (isIPv4(text)) return new Uint8Array(text.split('.').map(Number));
  if (text.includes('%') || !isIPv6(text)) return undefined;
  const [head = '', tail] = text.split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const bytes = new Uint8Array(16);
  bytes.set(left, 0);
  bytes.set(right, 16 - right.length);
  return bytes;
}

/** The bytes of some groups of an IPv6 address; the last may be an IPv4 address. */
function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function isMapped(bytes: Address): boolean {
  return bytes.length === 16 && bytes[10] === 0xff && bytes[11] === 0xff && bytes.subarray(0, 10).every((b) => b === 0);
}

/** Whether both are of one family and agree in the first `prefix` bits. */
export function inNetwork(address: Address, network: Address, prefix: number): boolean {
  if (address.length !== network.length) return false;
  const whole = prefix >> 3;
  for (let i = 0; i < whole; i++) if (address[i] !== network[i]) return false;
  const rest = prefix & 7;
  return rest === 0 || ((address[whole]! ^ network[whole]!) & (0xff00 >> rest) & 0xff) === 0;
}

/**
 * What the macro `%{i}` says: an IPv4 address as ever, an IPv6 address as 32 nibbles (RFC 7208 section 7.3). Their case is
 * free: the standard's example is in lower case, which every name that we ask for is; its predecessor's and the test
 * suite's explanation are in upper case, and so is this.
 */
export function dotted(address: Address): string {
  if (address.length === 4) return address.join('.');
  return nibbles(address).join('.').toUpperCase();
}

/** The name at which the PTR records of an address stand (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export function reverseName(address: Address): string {
  if (address.length === 4) return `${[...address].reverse().join('.')}.in-addr.arpa`;
  return `${nibbles(address).reverse().join('.')}.ip6.arpa`;
}

function nibbles(address: Address): string[] {
  return [...Buffer.from(address).toString('hex')];
}

/** The address for a person: IPv6 as RFC 5952 has it. */
export function readable(address: Address): string {
  if (address.length === 4) return address.join('.');
  const text = Buffer.from(address)
    .toString('hex')
    .replace(/.{4}(?=.)/g, '$&:');
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

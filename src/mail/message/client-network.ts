import { addressOf } from '../spf/address.ts';
import { ipAddressOf } from './ip-address.ts';

/** Bytes of an IPv6 address that are its network: whoever has one address of a /64 has all of them (RFC 6177). */
const NETWORK = 8;

/**
 * Whom an address stands for where visitors are counted: an IPv4 address for itself, also where it is written as IPv6; an
 * IPv6 address for its /64. What is no address stays as it is.
 *
 * @example networkOf('2001:db8:0:1:aaaa::7') // '20010db800000001/64'
 */
export function networkOf(address: string): string {
  const plain = ipAddressOf(address) ?? address;
  const bytes = addressOf(plain);
  return bytes?.length === 16 ? `${Buffer.from(bytes.subarray(0, NETWORK)).toString('hex')}/64` : plain;
}

import { isIPv4, isIPv6 } from 'node:net';
import { ipAddressOf } from '../../mail/index.ts';

/** What a load balancer says before the first byte of its client's. */
export type ProxyHeader =
  /** `ip` is undefined where the balancer itself is the client (a health check). */
  | { readonly kind: 'header'; readonly ip: string | undefined; readonly port: number; readonly length: number }
  | { readonly kind: 'none' };

const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
/** Octets of a line of version 1, CRLF included. */
const LINE = 107;
/** Octets behind the 16 of version 2: addresses, and more than any balancer says beside them. */
const REST = 4_096;

const none: ProxyHeader = { kind: 'none' };

/**
 * Reads a header of the PROXY protocol, version 1 or 2, from the start of a connection.
 *
 * @returns undefined while more bytes must come to tell
 * @see https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader | undefined {
  const begins = (start: Buffer): boolean => start.subarray(0, bytes.length).equals(bytes.subarray(0, start.length));
  if (begins(SIGNATURE)) return bytes.length < 16 ? undefined : binaryHeader(bytes);
  return begins(Buffer.from('PROXY ')) ? textHeader(bytes) : none;
}

function textHeader(bytes: Buffer): ProxyHeader | undefined {
  const end = bytes.subarray(0, LINE).indexOf('\r\n');
  if (end < 0) return bytes.length >= LINE ? none : undefined;
  const [, family = '', from, to, port, toPort, ...more] = bytes.toString('latin1', 0, end).split(' ');
  const length = end + 2;
  if (family === 'UNKNOWN') return { kind: 'header', ip: undefined, port: 0, length };
  const isAddress = families[family];
  const isRight = [from, to].every((ip = '') => isAddress?.(ip)) && [port, toPort].every((p = '') => isPort(p));
  return isRight && more.length === 0 ? header(from!, Number(port), length) : none;
}

const families: Readonly<Record<string, (text: string) => boolean>> = { TCP4: isIPv4, TCP6: isIPv6 };
const isPort = (text: string): boolean => /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) < 65_536;

function binaryHeader(bytes: Buffer): ProxyHeader | undefined {
  const [version, command] = [bytes[12]! >> 4, bytes[12]! & 15];
  const [family, rest] = [bytes[13]!, bytes.readUInt16BE(14)];
  const length = 16 + rest;
  if (version !== 2 || command > 1 || rest > REST) return none;
  if (bytes.length < length) return undefined;
  if (command === 0) return { kind: 'header', ip: undefined, port: 0, length };
  if (family === 0x11 && rest >= 12) return header(bytes.subarray(16, 20).join('.'), bytes.readUInt16BE(24), length);
  if (family === 0x21 && rest >= 36) return header(ipv6Of(bytes.subarray(16, 32)), bytes.readUInt16BE(48), length);
  return none;
}

const ipv6Of = (octets: Buffer): string => octets.toString('hex').replace(/(.{4})(?=.)/g, '$1:');

const header = (ip: string, port: number, length: number): ProxyHeader => ({
  kind: 'header',
  ip: ipAddressOf(ip) ?? ip,
  port,
  length,
});

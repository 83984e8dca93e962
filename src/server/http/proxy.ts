import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { MailhuntError } from '../../errors/index.ts';
import { isLoopback } from './guard.ts';

/** The proxy that stands before the server and encrypts. */
export interface FrontProxy {
  /** What people's browsers call the server: `https://hunt.example.com`. */
  readonly origin: string;
  /** Where the proxy connects from; this machine where absent. */
  readonly address?: string;
}

/** An address without the prefix that IPv4 has on an IPv6 socket. */
const plain = (address = ''): string => address.replace(/^::ffff:/, '');

/**
 * True for a program on this machine: the other end of the connection is its loopback, or the address that was called, and
 * no proxy passed the request on.
 */
export const isThisMachine = (request: IncomingMessage): boolean =>
  request.headers['x-forwarded-for'] === undefined && isOwnAddress(request);

const isOwnAddress = ({ socket }: IncomingMessage): boolean =>
  isLoopback(socket.remoteAddress ?? '') ||
  (socket.remoteAddress !== undefined && socket.remoteAddress === socket.localAddress);

/**
 * The address of whoever asks: the other end of the connection, or what the proxy that was named wrote last into
 * `X-Forwarded-For`. What stands before that, anybody may have written. Throws HTTP0007 for a connection that comes past
 * the proxy, and where the proxy does not say who asks.
 */
export function addressOf(request: IncomingMessage, proxy: FrontProxy | undefined): string {
  const peer = plain(request.socket.remoteAddress);
  if (proxy === undefined || isDirect(request, proxy)) return peer;
  const isProxy = proxy.address === undefined ? isOwnAddress(request) : peer === plain(proxy.address);
  if (!isProxy) throw new MailhuntError('HTTP0007', { text: 'it does not come through the proxy' });
  const forwarded = lastForwarded(request);
  if (isIP(forwarded) > 0) return plain(forwarded);
  throw new MailhuntError('HTTP0007', { text: 'the proxy does not say in X-Forwarded-For who asks' });
}

/** A command on this machine, which calls the server by its own address. */
const isDirect = (request: IncomingMessage, { origin }: FrontProxy): boolean =>
  isThisMachine(request) && request.headers.host !== URL.parse(origin)?.host;

/** Some proxies write the port behind the address. */
const lastForwarded = ({ headers }: IncomingMessage): string =>
  String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
    .replace(/^([\d.]{7,15}):\d{1,5}$/, '$1')
    .replace(/^\[([\da-f:.]{2,45})\](?::\d{1,5})?$/i, '$1') ?? '';

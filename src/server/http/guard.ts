import type { IncomingMessage } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';
import { pathOf } from './body.ts';

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const loopbackAddress = /^(::ffff:)?127\.|^::1$/;
/** Addresses that programs ask; all others are pages, which links may lead to. */
const programPath = /^\/(api|v1|v2|v1\.0|beta|workspaces|metrics)(\/|$)/;

/** How the server is reached. */
export interface Reach {
  /** The address that it listens on. */
  readonly host: string;
  /** True where it speaks HTTPS itself. */
  readonly tls: boolean;
  /** What browsers call it, where a proxy stands before it. */
  readonly publicOrigin?: string | undefined;
}

/** True for an address that only this machine can reach. */
export const isLoopback = (host: string): boolean => host === 'localhost' || loopbackAddress.test(host);

/**
 * Refuses what a browser may send here on behalf of another site (HTTP0007): where nobody has to sign in, a page that
 * could talk to the server could read the mail.
 *
 * - Bound to a loopback address, the `Host` must be a loopback name, or the public one. A site that rebinds its own name
 *   to 127.0.0.1 sends its own name.
 * - An `Origin` must be this server's own; there is no CORS.
 * - `Sec-Fetch-Site`, which browsers send where they leave `Origin` out (an `<img>`), must not name another site.
 *   A link to a page may.
 */
export function guard(request: IncomingMessage, { host: boundTo, tls, publicOrigin }: Reach): void {
  const { host = '', origin } = request.headers;
  const isPublic = publicOrigin !== undefined && host.toLowerCase() === URL.parse(publicOrigin)?.host;
  if (isLoopback(boundTo) && !isPublic && !loopbackHost.test(host)) refuse('its Host header names another machine');
  const own = isPublic ? publicOrigin : `${tls ? 'https' : 'http'}://${host}`;
  if (origin !== undefined && origin !== own) refuse('it comes from a page of another site');
  const site = request.headers['sec-fetch-site'];
  const foreign = site === 'cross-site' || site === 'same-site';
  if (foreign && !isLink(request)) refuse('it comes from a page of another site');
}

/** True for the whole page of a tab; what another site builds in or fetches is none. */
function isLink(request: IncomingMessage): boolean {
  const { 'sec-fetch-dest': destination = 'document', 'sec-fetch-mode': mode = 'navigate' } = request.headers;
  const isWhole = destination === 'document' && mode === 'navigate';
  return request.method === 'GET' && isWhole && !programPath.test(pathOf(request));
}

/** Refuses a body whose media type is not the one given (HTTP0013): a form on a page cannot send JSON unasked. */
export function requireType(request: IncomingMessage, type: string): void {
  const sent = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (sent === type) return;
  throw new MailhuntError('HTTP0013', { wanted: type });
}

function refuse(text: string): never {
  throw new MailhuntError('HTTP0007', { text });
}

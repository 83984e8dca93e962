import type { IncomingMessage } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';
import { pathOf } from './body.ts';

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const loopbackAddress = /^(::ffff:)?127\.|^::1$/;

/** True for an address that only this machine can reach. */
export const isLoopback = (host: string): boolean => host === 'localhost' || loopbackAddress.test(host);

/**
 * Refuses what a browser may send here on behalf of another site (HTTP0007): the server has no accounts, so that a page
 * that could talk to it could read the mail.
 *
 * - Bound to a loopback address, the `Host` must be a loopback name. A site that rebinds its own name to 127.0.0.1
 *   sends its own name.
 * - An `Origin` must be this server's own; there is no CORS.
 * - `Sec-Fetch-Site`, which browsers send where they leave `Origin` out (an `<img>`), must not name another site.
 *   A link to the start page may.
 */
export function guard(request: IncomingMessage, boundTo: string): void {
  const { host = '', origin } = request.headers;
  if (isLoopback(boundTo) && !loopbackHost.test(host)) refuse('its Host header names another machine');
  if (origin !== undefined && origin !== `http://${host}`) refuse('it comes from a page of another site');
  const site = request.headers['sec-fetch-site'];
  const foreign = site === 'cross-site' || site === 'same-site';
  if (foreign && pathOf(request) !== '/') refuse('it comes from a page of another site');
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

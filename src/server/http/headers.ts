import type { IncomingMessage, ServerResponse } from 'node:http';

/** What stands in every answer; a page's own policy takes the place of the one here. */
const always: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  // For whatever a browser may be brought to show of an answer that is no page.
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const YEAR = 365 * 24 * 60 * 60;
/** Names that other servers on this machine have, too: they are not to be made HTTPS for a year. */
const sharedName = /^(localhost|[\d.]+|\[.*\])(:\d+)?$/i;

/** Sets the headers that protect whoever shows an answer; `secure` where browsers come by HTTPS. */
export function setSafeHeaders(request: IncomingMessage, response: ServerResponse, secure: boolean): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  if (secure && !sharedName.test(request.headers.host ?? 'localhost'))
    response.setHeader('Strict-Transport-Security', `max-age=${YEAR}`);
}

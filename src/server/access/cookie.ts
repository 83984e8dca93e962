import type { IncomingMessage } from 'node:http';

/** How a session's secret travels. */
export interface CookieJar {
  /** True where browsers reach the server by HTTPS. */
  readonly secure: boolean;
  /** Cookies know no ports: two servers of one machine must not take each other's. */
  readonly port: () => number;
}

/** `__Host-`: browsers take it by HTTPS only, for this host only. */
const nameOf = ({ secure, port }: CookieJar): string => (secure ? '__Host-mailhunt' : `mailhunt-${port()}`);

/** The header that gives a session's secret to the browser. */
export const cookieOf = (jar: CookieJar, secret: string, seconds: number): string =>
  `${nameOf(jar)}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${jar.secure ? '; Secure' : ''}`;

/** The secret that a request's cookie holds; undefined where there is none. */
export function secretIn(request: IncomingMessage, jar: CookieJar): string | undefined {
  const wanted = `${nameOf(jar)}=`;
  const found = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  return found.find((part) => part.startsWith(wanted))?.slice(wanted.length) || undefined;
}

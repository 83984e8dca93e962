import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { MailhuntError } from '../errors/index.ts';
import type { ServerSettings } from './settings.ts';

/** A private key and its certificate, PEM. */
export interface TlsPair {
  readonly key: string;
  readonly cert: string;
}

/** Addresses that stand for all of a machine's: a client calls one that there is. */
const anyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** An HTTP server, or an HTTPS one where there is a certificate, with the limits of the settings. */
export function httpServer(
  { headersTimeout, requestTimeout, connections }: ServerSettings,
  tls: TlsPair | undefined,
  answer: RequestListener,
): HttpServer {
  const connectionsCheckingInterval = Math.min(headersTimeout, 5_000);
  const limits = { headersTimeout, requestTimeout, connectionsCheckingInterval, keepAliveTimeout: 5_000 };
  const http = tls
    ? createTlsServer({ ...limits, ...tls, minVersion: 'TLSv1.2', handshakeTimeout: headersTimeout }, answer)
    : createServer(limits, answer);
  http.maxConnections = connections;
  return http;
}

/** Begins to listen. Throws HTTP0001 where the port is taken, HTTP0014 where the system refuses it. */
export function listen(http: HttpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const { code, message: text } = error;
      const cause = { cause: error };
      if (code === 'EADDRINUSE') reject(new MailhuntError('HTTP0001', { host, port }, cause));
      else reject(new MailhuntError('HTTP0014', { host, port, text }, cause));
    });
    http.listen(port, host, resolve);
  });
}

/** Where a program on this machine reaches the server: `http://127.0.0.1:8719`. */
export function addressOf(http: HttpServer, scheme: 'http' | 'https'): string {
  const { address, port } = http.address() as AddressInfo;
  const host = anyAddress[address] ?? address;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Stops in good order: no new connections; what runs has the grace to end; then it is ended by `closing`, and its clients
 * are told; last, the connections that are left are cut.
 */
export async function drain(
  http: HttpServer,
  closing: AbortController,
  { grace, farewell }: Pick<ServerSettings, 'grace' | 'farewell'>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  const end = setTimeout(() => closing.abort(), grace);
  const cut = setTimeout(() => http.closeAllConnections(), grace + farewell);
  await closed;
  clearTimeout(end);
  clearTimeout(cut);
  closing.abort();
}

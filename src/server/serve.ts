import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MailhuntError } from '../errors/index.ts';
import type { Store } from '../store/index.ts';
import type { Lender } from '../surroundings/index.ts';
import { Admission } from './http/admission.ts';
import { pathOf } from './http/body.ts';
import { failureOf } from './http/failure.ts';
import { guard } from './http/guard.ts';
import { type Route, type Site, sendJson, type Visit } from './http/route.ts';
import { kustoError, statusOf } from './kusto/errors.ts';
import { exchangeOf, headerSafe, KustoFailure, kustoRoutes } from './kusto/routes.ts';
import type { Log } from './log.ts';
import { ownRoutes } from './own/routes.ts';
import { toWire } from './own/wire.ts';
import { pageRoutes } from './page.ts';
import { type Run, sessionOn } from './session.ts';
import { defaultSettings, type ServerSettings } from './settings.ts';

/** What a server is started with. */
export interface ServeOptions {
  readonly store: Store;
  /** `127.0.0.1` unless the whole network is to be let in. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly settings?: Partial<ServerSettings>;
  /** What other commands must show to use the store through this server: the store's own. */
  readonly token?: string;
  readonly version?: string;
  /** What stands around queries. */
  readonly lender?: Lender;
  /** How queries are run; for tests. */
  readonly run?: Run;
}

/** A server that answers. */
export interface Server {
  /** For example `http://127.0.0.1:8719`. */
  readonly address: string;
  readonly token: string;
  /** Stops taking requests, ends the queries that run, and resolves when every connection is closed. The store stays. */
  close(): Promise<void>;
}

const routes: readonly Route[] = [...pageRoutes, ...kustoRoutes, ...ownRoutes];

/** An answer that ends while its reader does not read is dropped after this many milliseconds. */
const LINGER = 30_000;

/**
 * Serves a store over HTTP: the Kusto protocol, mailhunt's own addresses, a start page. Throws HTTP0001 where the port is
 * taken, HTTP0014 where the system refuses it.
 *
 * @example await serve({ store, host: '127.0.0.1', port: 8719, now: Date.now, log: console.error })
 */
export async function serve(options: ServeOptions): Promise<Server> {
  const { store, host, port, now, log, version = '0.0.0', token = randomBytes(32).toString('base64url') } = options;
  const settings = { ...defaultSettings, ...options.settings };
  const closing = new AbortController();
  const site: Site = {
    store,
    session: sessionOn(store, now, options.lender, options.run),
    functions: options.lender?.functions,
    settings,
    admission: new Admission(settings),
    now,
    log,
    version,
    startedAt: now(),
    token,
    address: () => addressOf(http),
    closing: closing.signal,
  };
  const { headersTimeout, requestTimeout } = settings;
  const connectionsCheckingInterval = Math.min(headersTimeout, 5_000);
  const http = createServer(
    { headersTimeout, requestTimeout, connectionsCheckingInterval, keepAliveTimeout: 5_000 },
    (request, response) => {
      visit(site, host, request, response).catch((error: Error) => {
        log(`a request could not even be refused: ${error.stack}`);
        response.destroy();
      });
    },
  );
  http.maxConnections = settings.connections;
  await listen(http, host, port);
  return { address: addressOf(http), token, close: () => close(http, closing, settings.grace) };
}

function listen(http: HttpServer, host: string, port: number): Promise<void> {
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

function addressOf(http: HttpServer): string {
  const { address, family, port } = http.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function close(http: HttpServer, closing: AbortController, grace: number): Promise<void> {
  closing.abort();
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  const timer = setTimeout(() => http.closeAllConnections(), grace);
  await closed;
  clearTimeout(timer);
}

/** One request, from the guard to the answer. What goes wrong becomes the answer, or ends the connection. */
async function visit(site: Site, host: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const activityId = randomUUID();
  const base = { site, request, response, activityId };
  response.setHeader('x-ms-activity-id', activityId);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  response.on('error', () => response.destroy());
  try {
    const id = request.headers['x-ms-client-request-id'];
    if (id) response.setHeader('x-ms-client-request-id', headerSafe(String(id)));
    guard(request, host);
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (!url) throw new MailhuntError('HTTP0003', { method: request.method ?? 'GET', path: 'that' });
    const route = routeOf(request, response, url.pathname);
    await route.answer({ ...base, url });
  } catch (error) {
    fail(base, error);
  }
  if (!response.writableFinished) setTimeout(() => response.writableFinished || response.destroy(), LINGER).unref();
}

/** The route of a request. Throws HTTP0003, and sets `Allow` where only the method is wrong. */
function routeOf(request: IncomingMessage, response: ServerResponse, path: string): Route {
  const method = request.method ?? 'GET';
  const here = routes.filter((route) => route.path === path);
  const route = here.find((candidate) => candidate.method === method);
  if (route) return route;
  if (here.length > 0) response.setHeader('Allow', here.map((candidate) => candidate.method).join(', '));
  throw new MailhuntError('HTTP0003', { method, path: path.slice(0, 200) });
}

function fail(visit: Omit<Visit, 'url'>, thrown: unknown): void {
  const { response, request } = visit;
  if (response.headersSent || response.destroyed) {
    if (!(thrown instanceof KustoFailure)) failureOf(thrown, visit);
    response.destroy();
    return;
  }
  const failure = thrown instanceof KustoFailure ? thrown : undefined;
  const error = failure?.error ?? failureOf(thrown, visit);
  const status = response.hasHeader('Allow') ? 405 : statusOf(error);
  if (status === 429) response.setHeader('Retry-After', '1');
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  // The body of a refused request has not been read: the connection cannot serve another one.
  if (!request.complete) response.setHeader('Connection', 'close');
  const own = pathOf(request).startsWith('/api/');
  sendJson(response, status, {
    ...kustoError(error, failure?.exchange ?? exchangeOf(visit)),
    ...(own && { wire: toWire(error) }),
  });
}

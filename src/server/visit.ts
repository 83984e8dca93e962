import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MailhuntError, toWire } from '../errors/index.ts';
import { networkOf } from '../mail/index.ts';
import { callerOf, requireCsrf, requireRight } from './access/principal-of.ts';
import type { Principal } from './access/right.ts';
import { siteFor } from './access/site-for.ts';
import { pathOf } from './http/body.ts';
import { checkedBody } from './http/checked-body.ts';
import { checkParameters } from './http/checked-parameters.ts';
import { failureOf } from './http/failure.ts';
import { guard, isLoopback } from './http/guard.ts';
import { setSafeHeaders } from './http/headers.ts';
import { addressOf } from './http/proxy.ts';
import { sendRefusal } from './http/refusal.ts';
import type { Site, Visit } from './http/route.ts';
import { routeOf } from './http/router.ts';
import { Trace } from './http/trace.ts';
import { kustoError, statusOf } from './kusto/errors.ts';
import { exchangeOf, headerSafe, KustoFailure } from './kusto/routes.ts';
import { looksForPage } from './page/page-routes.ts';
import { notFound, sendPlainPage } from './page/plain-page.ts';

/** An answer that ends while its reader does not read is dropped after this many milliseconds. */
const LINGER = 30_000;
/** How many more requests an address may send than one user: several people may sit behind it. */
const SHARED = 5;

/** One request, from the guard to the answer. What goes wrong becomes the answer, or ends the connection. */
export async function visit(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const activityId = randomUUID();
  const trace = new Trace(site, request, response, activityId);
  const base = { site, request, response, activityId };
  response.setHeader('x-ms-activity-id', activityId);
  setSafeHeaders(request, response, site.gate.jar.secure);
  if (site.draining()) response.setHeader('Connection', 'close');
  response.on('error', () => response.destroy());
  try {
    const id = request.headers['x-ms-client-request-id'];
    if (id) response.setHeader('x-ms-client-request-id', headerSafe(String(id)));
    guard(request, site.reach);
    trace.from = addressOf(request, site.proxy);
    limitAddress(site, trace.from);
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (!url) throw new MailhuntError('HTTP0003', { method: request.method ?? 'GET', path: 'that' });
    const { route, params } = routeOf(site.routes, request, response, url.pathname);
    trace.found(route, params);
    const caller = callerOf(request, site.gate);
    const { principal } = caller;
    trace.principal = principal;
    limitPrincipal(site, principal, trace.from);
    requireRight(request, principal, route.needs);
    requireCsrf(request, caller);
    if (route.operation) checkParameters(url, params, route.operation);
    const body = await checkedBody(request, route.operation);
    const note: Visit['note'] = (facts) => trace.note(facts);
    await route.answer({
      ...base,
      site: siteFor(site, { request, principal, note }),
      url,
      params,
      principal,
      csrf: caller.csrf ?? '',
      from: trace.from,
      note,
      body,
    });
  } catch (error) {
    fail(base, error);
  }
  if (!response.writableFinished) setTimeout(() => response.writableFinished || response.destroy(), LINGER).unref();
}

function limitAddress({ rates, settings, clock }: Site, from: string): void {
  const { rate, localRate } = settings;
  const shared = { perSecond: rate.perSecond * SHARED, burst: rate.burst * SHARED };
  rates.take(`from ${networkOf(from)}`, isLoopback(from) ? localRate : shared, clock());
}

/** mailhunt's own commands have no limit; who has not signed in has that of one user. */
function limitPrincipal({ rates, settings, clock }: Site, { kind, name }: Principal, from: string): void {
  if (kind === 'owner' || kind === 'local' || isLoopback(from)) return;
  rates.take(kind === 'nobody' ? `nobody ${networkOf(from)}` : `name ${name}`, settings.rate, clock());
}

function fail(visit: Pick<Visit, 'site' | 'request' | 'response' | 'activityId'>, thrown: unknown): void {
  const { response, request } = visit;
  if (response.headersSent || response.destroyed) {
    if (!(thrown instanceof KustoFailure)) failureOf(thrown, visit);
    response.destroy();
    return;
  }
  const failure = thrown instanceof KustoFailure ? thrown : undefined;
  const error = failure?.error ?? failureOf(thrown, visit);
  const status = response.hasHeader('Allow') ? 405 : statusOf(error);
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  // The body of a refused request has not been read: the connection cannot serve another one.
  if (!request.complete) response.setHeader('Connection', 'close');
  const own = pathOf(request).startsWith('/api/');
  if (status === 404 && !own && looksForPage(request)) {
    sendPlainPage(response, notFound);
    return;
  }
  const body = { ...kustoError(error, failure?.exchange ?? exchangeOf(visit)), ...(own && { wire: toWire(error) }) };
  sendRefusal(response, error, { status, body });
}

import type { MailhuntError } from '../../errors/index.ts';
import type { Answer } from '../../kql/index.ts';
import { answerQuery, type Writing } from '../http/answer-query.ts';
import { objectOf, readBody } from '../http/body.ts';
import { failureOf } from '../http/failure.ts';
import { requireType } from '../http/guard.ts';
import { type Route, type Site, sendJson, type Visit } from '../http/route.ts';
import type { QueryOptions } from '../session.ts';
import { authMetadata } from './auth-metadata.ts';
import { isCommand } from './command-text.ts';
import { requireDatabase } from './commands/databases.ts';
import { runCommand } from './commands/run.ts';
import type { Exchange } from './exchange.ts';
import { Limits } from './limits.ts';
import { type Options, readSetOptions } from './options.ts';
import { type KustoRequest, readRequest } from './request.ts';
import { writeV1 } from './v1.ts';
import { writeV2 } from './v2.ts';

const MAX_ID = 256;

/** Which form an answer has; commands are answered by the first protocol's single tables unless asked of the second. */
type Protocol = 'v1' | 'v2';

/** The addresses of the Kusto protocol. */
export const kustoRoutes: readonly Route[] = [
  { method: 'POST', path: '/v2/rest/query', needs: 'query', answer: (visit) => fromBody(visit, 'v2') },
  { method: 'GET', path: '/v2/rest/query', needs: 'query', answer: (visit) => fromAddress(visit, 'v2') },
  { method: 'POST', path: '/v1/rest/query', needs: 'query', answer: (visit) => fromBody(visit, 'v1') },
  { method: 'GET', path: '/v1/rest/query', needs: 'query', answer: (visit) => fromAddress(visit, 'v1') },
  { method: 'POST', path: '/v1/rest/mgmt', needs: 'query', answer: (visit) => fromBody(visit, 'v1') },
  {
    method: 'GET',
    path: '/v1/rest/auth/metadata',
    needs: 'anyone',
    answer: async ({ response }) => sendJson(response, 200, authMetadata),
  },
];

/** What the answer and its errors tell about a visit before its text is known. */
export function exchangeOf({ site, request, activityId }: Pick<Visit, 'site' | 'request' | 'activityId'>): Exchange {
  const id = String(request.headers['x-ms-client-request-id'] ?? '').slice(0, MAX_ID);
  return {
    clientRequestId: id || `unspecified;${activityId}`,
    activityId,
    database: site.store.catalog().database,
    text: '',
    now: site.now,
    started: site.now(),
  };
}

async function fromBody(visit: Visit, protocol: Protocol): Promise<void> {
  requireType(visit.request, 'application/json');
  const body = await readBody(visit.request, visit.site.settings.queryBytes);
  return answer(visit, protocol, objectOf(body, visit.url.pathname));
}

const fromAddress = (visit: Visit, protocol: Protocol): Promise<void> =>
  answer(visit, protocol, Object.fromEntries(visit.url.searchParams));

async function answer(visit: Visit, protocol: Protocol, members: Readonly<Record<string, unknown>>): Promise<void> {
  const { site, response, request } = visit;
  const asked = readRequest(members, visit.url.pathname);
  const known = exchangeOf(visit);
  const clientRequestId = request.headers['x-ms-client-request-id'] ? known.clientRequestId : asked.clientRequestId;
  const exchange = { ...known, text: asked.csl, clientRequestId: clientRequestId ?? known.clientRequestId };
  response.setHeader('x-ms-client-request-id', headerSafe(exchange.clientRequestId));
  const write = async (writing: Writing): Promise<void> => {
    const options = { ...asked.options, ...readSetOptions(writing.answer.options ?? {}, visit.url.pathname) };
    const reply = { ...writing, exchange, options, limits: new Limits(options, site.settings) };
    await (protocol === 'v2' ? writeV2(reply) : writeV1(reply, isCommand(asked.csl) ? 'command' : 'query'));
  };
  try {
    requireDatabase(asked.db, exchange.database);
    const timeout = timeoutOf(asked.options, site);
    await answerQuery(visit, { timeout, run: (signal) => run(asked, site, signal) }, write);
  } catch (error) {
    throw new KustoFailure(failureOf(error, visit), exchange);
  }
}

/** An error with the exchange that it belongs to: its answer quotes the query and its place. */
export class KustoFailure extends Error {
  readonly error: MailhuntError;
  readonly exchange: Exchange;

  constructor(error: MailhuntError, exchange: Exchange) {
    super(error.message, { cause: error });
    this.error = error;
    this.exchange = exchange;
  }
}

function run({ csl, options, parameters }: KustoRequest, site: Site, signal: AbortSignal): Promise<Answer> {
  const query = (text: string) =>
    site.session.query(text, {
      parameters,
      signal,
      ...(options.query_now !== undefined && { now: options.query_now }),
      ...scopeOf(options),
    });
  if (!isCommand(csl)) return query(csl);
  const view = {
    catalog: site.store.catalog(),
    functions: site.functions,
    summary: () => site.store.summary(),
    version: site.version,
    startedAt: site.startedAt,
    address: site.address(),
  };
  return runCommand(csl, view, query);
}

/** The time that the request's options ask for; `Timestamp` where they name no column. */
function scopeOf({
  query_datetimescope_column: column = 'Timestamp',
  query_datetimescope_from: from,
  query_datetimescope_to: to,
}: Options): Pick<QueryOptions, 'scope'> {
  if (from === undefined && to === undefined) return {};
  return { scope: { column, ...(from !== undefined && { from }), ...(to !== undefined && { to }) } };
}

function timeoutOf({ servertimeout, norequesttimeout }: Options, { settings }: Site): number {
  if (norequesttimeout) return settings.maxTimeout;
  return Math.min(servertimeout ?? settings.timeout, settings.maxTimeout);
}

/** What a header may hold: a client's name for its request is not to split ours. */
export const headerSafe = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_ID);

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Store } from '../../store/index.ts';
import type { FunctionFiles } from '../../surroundings/index.ts';
import type { Log } from '../log.ts';
import type { Session } from '../session.ts';
import type { ServerSettings } from '../settings.ts';
import type { Admission } from './admission.ts';

/** What every route has at hand. */
export interface Site {
  readonly store: Store;
  readonly session: Session;
  readonly settings: ServerSettings;
  readonly admission: Admission;
  readonly now: () => number;
  readonly log: Log;
  readonly version: string;
  readonly startedAt: number;
  /** The stored functions, where the server may change them. */
  readonly functions: FunctionFiles | undefined;
  /** Proves that a caller may read the store's folder. */
  readonly token: string;
  /** Where the server answers; known once it listens. */
  readonly address: () => string;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}

/** One request on its way through a route. */
export interface Visit {
  readonly site: Site;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Names the visit in the log and, where the protocol has a place for it, in the answer. */
  readonly activityId: string;
}

/** An address of the server: a row of a table of routes. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly answer: (visit: Visit) => Promise<void>;
}

/** True where the client takes gzip. */
export const takesGzip = (request: IncomingMessage): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(request.headers['accept-encoding'] ?? ''));

/** Answers with one JSON value. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length });
  response.end(body);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CheckedText, Surroundings } from '../../kql/index.ts';
import type { Store } from '../../store/index.ts';
import type { FunctionFiles } from '../../surroundings/index.ts';
import type { Log } from '../../telemetry/index.ts';
import type { Gate } from '../access/principal-of.ts';
import type { Principal, Right } from '../access/right.ts';
import type { SignIn } from '../access/sign-in.ts';
import type { QueryOptions, Session } from '../session.ts';
import type { ServerSettings } from '../settings.ts';
import type { Judging, MessageReader, OpenedMessages, RecentInvestigations, RuleLibrary } from '../workbench/index.ts';
import type { Admission } from './admission.ts';
import type { AuditFacts, AuditLog } from './audit.ts';
import type { Reach } from './guard.ts';
import type { Metrics } from './metrics.ts';
import type { Operation } from './operation.ts';
import type { FrontProxy } from './proxy.ts';
import type { RateLimit } from './rate-limit.ts';

/** What every route has at hand. */
export interface Site {
  readonly store: Store;
  readonly session: Session;
  /** Checks a query text that is being written. */
  readonly check: (text: string, options: QueryOptions) => Promise<CheckedText>;
  /** Lays a query text out. */
  readonly format: (text: string, options: QueryOptions) => Promise<string>;
  /** What stands around the queries now; undefined where nothing does. */
  readonly surroundings: () => Promise<Surroundings | undefined>;
  readonly settings: ServerSettings;
  readonly admission: Admission;
  readonly now: () => number;
  readonly log: Log;
  readonly version: string;
  readonly startedAt: number;
  readonly rules: RuleLibrary;
  /** By what messages that are opened from files are judged. */
  readonly judging?: Judging;
  /** Takes messages apart. */
  readonly reader: MessageReader;
  /** Messages that were opened from files. */
  readonly opened: OpenedMessages;
  readonly investigations: RecentInvestigations;
  /** The stored functions, where the server may change them. Within a visit only those with the right `edit` may. */
  readonly functions: Functions | undefined;
  /** Proves that a caller may read the store's folder. */
  readonly token: string;
  /** The folder of the built workbench (`dist/web`). */
  readonly web: string;
  /** The folder of the mail gate that works with this store; whether one runs there is another matter. */
  readonly gateFolder: string;
  /** Where the server answers; known once it listens. */
  readonly address: () => string;
  /** Aborted when queries that still run have to end, because the server closes. */
  readonly closing: AbortSignal;
  /** True from the moment when the server takes no new connections. */
  readonly draining: () => boolean;
  /** Every route of the server. */
  readonly routes: readonly Route[];
  /** How browsers reach the server. */
  readonly reach: Reach;
  readonly proxy: FrontProxy | undefined;
  /** Who may come in: accounts, sessions, secrets. */
  readonly gate: Gate;
  readonly signIn: SignIn;
  readonly rates: RateLimit;
  readonly audit: AuditLog;
  /** False after a line of the audit log could not be written. */
  readonly auditWorks: () => boolean;
  readonly metrics: Metrics;
  /** The time by which sessions and tokens end, milliseconds since 1970; {@link now} may have been set by hand. */
  readonly clock: () => number;
  /** True where each request is a line of the log. */
  readonly logRequests: boolean;
}

/** The stored functions as routes use them. */
export type Functions = Pick<FunctionFiles, 'now' | 'write' | 'remove'>;

/** One request on its way through a route. */
export interface Visit {
  readonly site: Site;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The parts of the path that the route names: `/messages/:id` gives `id`, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The JSON of the body, checked against the operation's schema; undefined where the route reads the body itself. */
  readonly body: unknown;
  readonly principal: Principal;
  /** What a browser has to send as `X-CSRF-Token`; empty where nothing is asked of it. */
  readonly csrf: string;
  /** The address of whoever asks. */
  readonly from: string;
  /** Adds facts to the visit's line in the audit log, and makes that there is one. Ids, never what people wrote. */
  readonly note: (facts: AuditFacts) => void;
  /** Names the visit in the log and, where the protocol has a place for it, in the answer. */
  readonly activityId: string;
}

/** An address of the server: a row of a table of routes. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Parts that begin with a colon stand for any text without a slash: `/api/v1/messages/:id`; `/*` at the end for all below. */
  readonly path: string;
  readonly needs: Right;
  /**
   * Whether the audit log has a line for each visit. By default it has where the route needs `bodies`, `edit`, `respond` or
   * `admin`, and wherever a query runs, a message is read or {@link Visit.note} is called.
   */
  readonly audit?: boolean;
  /** What it takes and gives; every address below `/api/v1` has one. */
  readonly operation?: Operation;
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

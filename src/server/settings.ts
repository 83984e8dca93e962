import { type ScryptCosts, scryptCosts } from './access/password.ts';
import type { Rate } from './http/rate-limit.ts';

/** What the server allows; every member has a default. */
export interface ServerSettings {
  /** Queries at work at once, compiling, running or being sent; the rest wait. How many run is the engine's matter. */
  readonly running: number;
  /** Queries that may wait; more are refused with 429. */
  readonly waiting: number;
  /** Largest body of a query, in bytes. */
  readonly queryBytes: number;
  /** Largest batch that another command may append, in bytes. */
  readonly appendBytes: number;
  /** Default time of a query, in milliseconds; Kusto's is 4 minutes. */
  readonly timeout: number;
  /** What `servertimeout` may ask for at most, in milliseconds; Kusto's is 1 hour. */
  readonly maxTimeout: number;
  /** Rows of a result before it is cut off; Kusto's limit. */
  readonly rows: number;
  /** Size of a result before it is cut off, in characters of JSON text; Kusto's limit is 64 MB. */
  readonly size: number;
  /** Time for which a client may stop reading its answer, in milliseconds. */
  readonly stall: number;
  /** Open connections. */
  readonly connections: number;
  /** Time to send all headers, in milliseconds. */
  readonly headersTimeout: number;
  /** Time to send a whole request, in milliseconds. */
  readonly requestTimeout: number;
  /** Time that `close` gives to queries that run, in milliseconds. */
  readonly grace: number;
  /** Time after that in which their clients are told that they were ended, in milliseconds. */
  readonly farewell: number;
  /** Requests of one user or token; an address may send five times as many. */
  readonly rate: Rate;
  /** Requests from this machine. */
  readonly localRate: Rate;
  /** How much work a password's hash is, for names that nobody has. */
  readonly scrypt: ScryptCosts;
}

export const defaultSettings: ServerSettings = {
  running: 64,
  waiting: 400,
  queryBytes: 4 * 1024 * 1024,
  appendBytes: 256 * 1024 * 1024,
  timeout: 4 * 60_000,
  maxTimeout: 60 * 60_000,
  rows: 500_000,
  size: 64 * 1024 * 1024,
  stall: 60_000,
  connections: 256,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  grace: 8_000,
  farewell: 2_000,
  rate: { perSecond: 50, burst: 500 },
  localRate: { perSecond: 2_000, burst: 10_000 },
  scrypt: scryptCosts,
};

import type { Server as HttpServer } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { MailhuntError } from '../errors/index.ts';
import type { Store } from '../store/index.ts';
import type { Lender } from '../surroundings/index.ts';
import type { Log } from '../telemetry/index.ts';
import type { Accounts } from './access/accounts.ts';
import { isLoopback } from './http/guard.ts';
import type { FrontProxy } from './http/proxy.ts';
import { addressOf, drain, httpServer, listen, type TlsPair } from './listening.ts';
import type { Check, Format, Run } from './session.ts';
import type { ServerSettings } from './settings.ts';
import { siteOf } from './site.ts';
import { visit } from './visit.ts';
import type { Judging } from './workbench/index.ts';

/** What a server is started with. */
export interface ServeOptions {
  readonly store: Store;
  /** `127.0.0.1` unless the network is to be let in, which needs accounts, and {@link tls} or {@link proxy}. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The clock that `now()` in queries reads, milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly settings?: Partial<ServerSettings>;
  /** What other commands must show to use the store through this server: the store's own. */
  readonly token?: string;
  readonly version?: string;
  /** The folder of the built workbench; that of this package by default. */
  readonly web?: string;
  /** The folder of the mail gate; `gate` in the store's by default. */
  readonly gateFolder?: string;
  /** By what messages that are opened from files are judged; without it only stamps are read. */
  readonly judging?: Judging;
  /** What stands around queries. */
  readonly lender?: Lender;
  /** How queries are run; for tests. */
  readonly run?: Run;
  /** How texts that are being written are checked. */
  readonly check?: Check;
  /** How texts are laid out. */
  readonly format?: Format;
  /** With a certificate the server speaks HTTPS. */
  readonly tls?: TlsPair;
  /** The proxy that stands before it. */
  readonly proxy?: FrontProxy;
  /** True where each request is to be a line of the log. */
  readonly logRequests?: boolean;
  /** The time by which sessions and tokens end, milliseconds since 1970; that of the machine by default. */
  readonly clock?: () => number;
}

/** A server that answers. */
export interface Server {
  /** Where this machine reaches it, for example `http://127.0.0.1:8719`. */
  readonly address: string;
  readonly token: string;
  /** Shows another certificate from the next connection on; for a server that speaks HTTPS. */
  renew(tls: TlsPair): void;
  /**
   * Stops taking requests, lets queries end for as long as the settings say, ends the others, and resolves when every
   * connection is closed. The store stays.
   */
  close(): Promise<void>;
}

/**
 * Serves a store over HTTP: the Kusto protocol and others, mailhunt's own addresses, the workbench. Throws HTTP0001 where
 * the port is taken, HTTP0014 where the system refuses it, ACCESS0001 and ACCESS0002 where the network would come in
 * unasked or unencrypted.
 *
 * @example await serve({ store, host: '127.0.0.1', port: 8719, now: Date.now, log: console.error })
 */
export async function serve(options: ServeOptions): Promise<Server> {
  const { host, port, tls } = options;
  const closing = new AbortController();
  let draining = false;
  const scheme = tls ? 'https' : 'http';
  const site = siteOf(options, {
    closing: closing.signal,
    draining: () => draining,
    address: () => addressOf(http, scheme),
    port: () => (http.address() as AddressInfo).port,
  });
  const http: HttpServer = httpServer(site.settings, tls, (request, response) => {
    visit(site, request, response).catch((error: Error) => {
      site.log(`a request could not even be refused: ${error.stack}`, { level: 'error', event: 'defect' });
      response.destroy();
    });
  });
  try {
    requireSafety(options, site.gate.accounts);
    await listen(http, host, port);
  } catch (error) {
    site.metrics[Symbol.dispose]();
    throw error;
  }
  const close = async (): Promise<void> => {
    draining = true;
    await drain(http, closing, site.settings);
    await Promise.all([site.rules.close(), site.reader.close()]);
    await site.audit.flush();
    site.metrics[Symbol.dispose]();
  };
  const renew = (pair: TlsPair): void => (http as TlsServer).setSecureContext(pair);
  return { address: site.address(), token: site.token, renew, close };
}

/** Refuses to let the network in where nobody would have to sign in, or everybody could listen. */
function requireSafety({ host, tls, proxy }: ServeOptions, accounts: Accounts): void {
  const here = isLoopback(host);
  if ((!here || proxy) && !accounts.required) throw new MailhuntError('ACCESS0001', { host: proxy?.origin ?? host });
  if (!here && !tls && !proxy) throw new MailhuntError('ACCESS0002', { host });
}

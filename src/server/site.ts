import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { checkText, format } from '../kql/index.ts';
import { Accounts } from './access/accounts.ts';
import type { Gate } from './access/principal-of.ts';
import { Sessions } from './access/sessions.ts';
import { SignIn } from './access/sign-in.ts';
import { Admission } from './http/admission.ts';
import { AuditLog } from './http/audit.ts';
import { Metrics } from './http/metrics.ts';
import { RateLimit } from './http/rate-limit.ts';
import type { Site } from './http/route.ts';
import { builtWeb } from './page/built-web.ts';
import { routes } from './routes.ts';
import type { ServeOptions } from './serve.ts';
import { contextOn, sessionOn } from './session.ts';
import { defaultSettings } from './settings.ts';
import {
  MessageReader,
  noJudging,
  OpenedMessages,
  RecentInvestigations,
  RuleLibrary,
  resolverOf,
} from './workbench/index.ts';

/** What is known only once the server listens, and when it stops. */
export interface Life extends Pick<Site, 'closing' | 'draining' | 'address'> {
  readonly port: () => number;
}

/** All that routes have at hand, made of what a server is started with. */
export function siteOf(options: ServeOptions, { port, ...life }: Life): Site {
  const { store, host, now, log, lender, proxy, tls, check = checkText, clock = Date.now } = options;
  const { format: laidOut = async (text: string) => format(text) } = options;
  const { version = '0.0.0', token = randomBytes(32).toString('base64url'), logRequests = false } = options;
  const settings = { ...defaultSettings, ...options.settings };
  const secure = tls !== undefined || proxy?.origin.startsWith('https:') === true;
  const gate: Gate = {
    accounts: new Accounts(store.path),
    sessions: new Sessions(),
    jar: { secure, port },
    ownerToken: token,
    openCsrf: randomBytes(32).toString('base64url'),
    clock,
  };
  const context = contextOn(store, now, lender);
  const admission = new Admission(settings);
  const metrics = new Metrics(
    {
      queriesRunning: () => admission.running,
      queriesWaiting: () => admission.waiting,
      sessions: () => gate.sessions.size,
      rows: () => store.summary(),
    },
    clock,
  );
  let auditWorks = true;
  const auditFailed = (error: Error): void => {
    auditWorks = false;
    metrics.auditFailure();
    log(`the audit log cannot be written: ${error.message}`, { level: 'error', event: 'audit' });
  };
  return {
    ...life,
    store,
    session: sessionOn(store, now, lender, options.run),
    check: async (text, asked) => check(text, await context(asked)),
    format: async (text, asked) => laidOut(text, await context(asked)),
    surroundings: async () => lender?.now(),
    rules: new RuleLibrary(store.path, now),
    ...(options.judging && { judging: options.judging }),
    reader: new MessageReader(resolverOf(options.judging ?? noJudging)),
    opened: new OpenedMessages(),
    investigations: new RecentInvestigations(store, now),
    functions: lender?.functions,
    settings,
    admission,
    now,
    log,
    version,
    startedAt: now(),
    token,
    web: options.web ?? builtWeb(),
    gateFolder: options.gateFolder ?? join(store.path, 'gate'),
    routes,
    reach: { host, tls: tls !== undefined, publicOrigin: proxy?.origin },
    proxy,
    gate,
    signIn: new SignIn(gate, settings.scrypt),
    rates: new RateLimit(),
    audit: new AuditLog(store.path, auditFailed),
    auditWorks: () => auditWorks,
    metrics,
    clock,
    logRequests,
  };
}

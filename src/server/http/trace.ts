import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal, Right } from '../access/right.ts';
import type { AuditFacts } from './audit.ts';
import type { Route, Site } from './route.ts';

/** Rights that leave a line in the audit log whenever they are used. */
const watchedRights: ReadonlySet<Right> = new Set<Right>(['bodies', 'edit', 'respond', 'admin', 'upkeep']);

/** What is known of one request: when its answer has ended, the metrics, the log and the audit log learn it. */
export class Trace {
  /** The address of whoever asks; empty until it is known. */
  from = '';
  principal: Principal | undefined;
  readonly #site: Site;
  readonly #request: IncomingMessage;
  readonly #activity: string;
  readonly #began = performance.now();
  #route: Route | undefined;
  #facts: AuditFacts = {};
  #noted = false;

  constructor(site: Site, request: IncomingMessage, response: ServerResponse, activity: string) {
    this.#site = site;
    this.#request = request;
    this.#activity = activity;
    response.once('close', () => this.#ended(response.headersSent ? response.statusCode : 0));
  }

  /** The request has an address that there is. */
  found(route: Route, params: AuditFacts): void {
    this.#route = route;
    // What follows a `*` is no id.
    const { rest: _, ...ids } = params;
    this.#facts = { ...ids, ...this.#facts };
  }

  note(facts: AuditFacts): void {
    this.#noted = true;
    this.#facts = { ...this.#facts, ...facts };
  }

  #ended(status: number): void {
    const { method = '' } = this.#request;
    const route = this.#route?.path ?? 'none';
    const ms = performance.now() - this.#began;
    // A method that nothing has is whatever somebody wrote: it is no label.
    this.#site.metrics.request(this.#route ? method : 'none', route, status, ms / 1000);
    const { name: who = 'nobody' } = this.principal ?? {};
    if (this.#site.logRequests)
      this.#site.log(`${method} ${route} ${status}`, {
        event: 'request',
        level: status >= 500 ? 'error' : 'info',
        method,
        route,
        status,
        ms: Math.round(ms),
        who,
        from: this.from,
        activity: this.#activity,
      });
    if (this.#route && this.#isAudited(this.#route)) this.#audit(this.#route, who, status);
  }

  /** Strangers leave lines only where they sign in: they are not to fill the log, and so to empty it. */
  #isAudited({ audit, needs }: Route): boolean {
    if (audit !== undefined) return audit;
    const isKnown = this.principal !== undefined && this.principal.kind !== 'nobody';
    return isKnown && (this.#noted || watchedRights.has(needs));
  }

  #audit({ path, needs }: Route, who: string, status: number): void {
    this.#site.audit.note({
      time: new Date(this.#site.clock()).toISOString(),
      who,
      from: this.from,
      what: `${this.#request.method} ${path}`,
      right: needs,
      status,
      facts: this.#facts,
      activity: this.#activity,
    });
  }
}

import { type Route, sendJson, type Visit } from '../http/route.ts';

/** Whether the server lives, and whether it can be asked. */
export const healthRoutes: readonly Route[] = [
  { method: 'GET', path: '/api/health', needs: 'anyone', audit: false, answer: alive },
  { method: 'GET', path: '/api/health/ready', needs: 'anyone', audit: false, answer: ready },
];

/** Who has not signed in learns nothing more than that. */
async function alive({ site, principal, response }: Visit): Promise<void> {
  const known = principal.rights.has('query');
  sendJson(response, 200, {
    status: 'ok',
    ...(known && { version: site.version, database: site.store.catalog().database }),
  });
}

const PATIENCE = 5_000;

/** 200 where the engine answers and audit lines are written, else 503: a balancer sends people elsewhere. */
async function ready({ site, response }: Visit): Promise<void> {
  const checks = { accepting: !site.draining(), engine: await engineAnswers(site), audit: site.auditWorks() };
  const isReady = Object.values(checks).every(Boolean);
  sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', checks });
}

/** Asked past the compiler, which may have a long text before it. */
async function engineAnswers({ store }: Visit['site']): Promise<boolean> {
  try {
    for await (const _ of store.engine.texts("SELECT 'ready'", AbortSignal.timeout(PATIENCE), true));
    return true;
  } catch {
    // What is wrong with it the log of its own failures says.
    return false;
  }
}

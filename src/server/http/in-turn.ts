import { failureOf } from './failure.ts';
import type { Visit } from './route.ts';
import { startWork } from './work.ts';

/**
 * Does something that queries the store: in its turn, and within so many milliseconds, the waiting included. Throws HTTP0006
 * where too many wait, HTTP0009 when the time is over, KQL0008 when the client is gone, and what the work throws.
 *
 * @example await inTurn(visit, 30_000, (signal) => abortable(visit.site.session.query(text, { signal }), signal))
 */
export async function inTurn<T>(visit: Visit, timeout: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { site, response } = visit;
  using clock = startWork(response, timeout, site.closing);
  const { signal } = clock;
  let leave = () => {};
  try {
    leave = await site.admission.enter(signal);
    return await work(signal);
  } catch (error) {
    throw failureOf(error, visit, signal);
  } finally {
    leave();
  }
}

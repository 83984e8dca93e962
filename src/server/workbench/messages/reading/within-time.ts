import { MailhuntError } from '../../../../errors/index.ts';
import type { Visit } from '../../../http/route.ts';
import { startWork } from '../../../http/work.ts';

/** Milliseconds for which a message may be worked on, the waiting for others included. */
const TIME = 60_000;

/**
 * Takes a message apart on behalf of a visit. Throws MSG0006 when that takes too long, KQL0008 when the client is gone,
 * and what the work throws.
 *
 * @example await withinTime(visit, (signal) => visit.site.reader.show('files', { bytes }, signal))
 */
export async function withinTime<T>({ site, response }: Visit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const tooLate = (seconds: number) => new MailhuntError('MSG0006', { seconds });
  using clock = startWork(response, TIME, site.closing, tooLate);
  return await work(clock.signal);
}

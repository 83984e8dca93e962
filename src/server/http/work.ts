import type { ServerResponse } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';

/** The life of one query: how long it may take, and who may end it before that. */
export interface Work extends Disposable {
  /** Aborted with HTTP0009 or its like when the time is over, with KQL0008 when the client is gone or the server closes. */
  readonly signal: AbortSignal;
}

/**
 * Starts the clock of a query, or of something else that takes time. Dispose of it when the answer is written.
 *
 * @param tooLate what is said when the time is over
 */
export function startWork(
  response: ServerResponse,
  timeout: number,
  closing: AbortSignal,
  tooLate = (seconds: number): MailhuntError => new MailhuntError('HTTP0009', { seconds }),
): Work {
  const controller = new AbortController();
  const late = () => controller.abort(tooLate(timeout / 1000));
  const gone = () => controller.abort(new MailhuntError('KQL0008', { text: 'the client is gone' }));
  const closed = () => controller.abort(new MailhuntError('KQL0008', { text: 'the server is stopping' }));
  const timer = setTimeout(late, timeout);
  response.once('close', gone);
  closing.addEventListener('abort', closed, { once: true });
  if (closing.aborted) closed();
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      response.off('close', gone);
      closing.removeEventListener('abort', closed);
    },
  };
}

import { MailhuntError } from '../errors/index.ts';

/**
 * Does work that runs queries, and ends it when it takes too long: one query that blows up stops no other.
 *
 * @param signal ends it earlier, with its own reason
 * @throws MailhuntError RULE0023
 * @example await withinSeconds(30, call.signal, (signal) => read(compiled, engine, signal))
 */
export async function withinSeconds<T>(
  seconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new MailhuntError('RULE0023', { seconds })), seconds * 1000);
  try {
    return await work(signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]));
  } finally {
    clearTimeout(timer);
  }
}

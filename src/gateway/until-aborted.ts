/**
 * Waits for a promise, but no longer than until a signal. What the promise says later is nobody's concern.
 *
 * @throws the reason of the signal
 * @example const ruling = await untilAborted(gate.rule(offered, gone), gone);
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

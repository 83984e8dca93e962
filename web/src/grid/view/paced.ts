/** Work that takes long, in slices: between two of them the page answers. */
export interface Pace {
  /** Called every so many steps; resolves at once within a slice. Throws where the work was given up. */
  readonly rest: () => Promise<void> | undefined;
}

/** Milliseconds that a slice may take: well within one frame. */
const SLICE = 10;

/** Steps between two looks at the clock. */
export const STRIDE = 2_048;

/**
 * A pace for one piece of work.
 *
 * @param signal gives the work up
 * @throws DOMException AbortError from `rest`
 */
export function paceOf(signal: AbortSignal, now: () => number = () => performance.now()): Pace {
  let until = now() + SLICE;
  return {
    rest: () => {
      signal.throwIfAborted();
      if (now() < until) return undefined;
      return nextTask().then(() => {
        signal.throwIfAborted();
        until = now() + SLICE;
      });
    },
  };
}

/** Lets the page paint and answer first. A message is quicker than a timer, which browsers hold back. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

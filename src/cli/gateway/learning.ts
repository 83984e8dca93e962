import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../server/index.ts';

/** Milliseconds before a store that was away is asked again. */
const PAUSE = 5_000;

/** What learning needs. */
export interface Learning {
  readonly open: () => Promise<Pick<Session, 'query'> & AsyncDisposable>;
  /** Reads the store; what it has told when it fails has been learned, so it is not begun again. */
  readonly seed: (store: Pick<Session, 'query'>) => Promise<void>;
  readonly say: (line: string) => void;
  /** Is told after each time, whatever came of it: from the first on, who waits for the store has his turn. */
  readonly tried: () => void;
  readonly signal: AbortSignal;
  /** Milliseconds. @default 5,000 */
  readonly pause?: number;
}

/**
 * Who has been seen comes out of the store; the gate works meanwhile, and without it. A store that is away, as where the gate
 * starts before it, is asked again until it answers; nothing is thrown.
 */
export async function learn({ open, seed, say, tried, signal, pause = PAUSE }: Learning): Promise<void> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    let isThere = false;
    try {
      await using store = await open();
      await store.query('print 1', { signal });
      isThere = true;
      await seed(store);
      say('Who has been seen is known from the store.');
    } catch (error) {
      const yet = isThere ? '' : ' yet';
      if (!signal.aborted && (isFirst || isThere))
        say(`Who has been seen is not known${yet}: ${(error as Error).message}`);
    } finally {
      tried();
    }
    if (isThere) return;
    await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
  }
}

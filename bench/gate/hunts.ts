import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../ask.ts';

/** A client that hunts. */
export interface Hunter extends AsyncDisposable {
  /** Hunts that were answered. */
  readonly answered: number;
}

const folder = join(import.meta.dirname, '..', 'hunts');

/** Asks the hunts of `bench/hunts` one after the other, over and over, until it is disposed of. */
export function startHunting(address: string): Hunter {
  const hunts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const stop = new AbortController();
  let answered = 0;
  const hunting = (async () => {
    for (let turn = 0; !stop.signal.aborted; turn++) {
      await ask(address, hunts[turn % hunts.length]!);
      answered++;
    }
  })();
  // Whoever stops it meets the error.
  hunting.catch(() => {});
  return {
    get answered() {
      return answered;
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await hunting;
    },
  };
}

import { MailhuntError } from '../../errors/index.ts';

/** Lets a number of queries run at once and some more wait, in order; the rest is refused (HTTP0006). */
export class Admission {
  readonly #limits: { readonly running: number; readonly waiting: number };
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(limits: { readonly running: number; readonly waiting: number }) {
    this.#limits = limits;
  }

  /** How many are at work now. */
  get running(): number {
    return this.#running;
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Waits for a place and returns the way to give it back, to be called once. Rejects with the signal's reason when it is
   * aborted while waiting.
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running < this.#limits.running) this.#running++;
    else await this.#wait(signal);
    return () => this.#leave();
  }

  /** The place of one that leaves goes to the first that waits, so `#running` stays as it is. */
  #leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#running--;
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#queue.length >= this.#limits.waiting)
      throw new MailhuntError('HTTP0006', { running: this.#running, waiting: this.#queue.length });
    return new Promise((resolve, reject) => {
      const admitted = () => {
        signal.removeEventListener('abort', gone);
        resolve();
      };
      const gone = () => {
        this.#queue.splice(this.#queue.indexOf(admitted), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', gone, { once: true });
      this.#queue.push(admitted);
    });
  }
}

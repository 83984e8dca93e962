/** So many may be in at once; the rest wait their turn, in order. */
export class Places {
  readonly #count: number;
  readonly #queue: (() => void)[] = [];
  #taken = 0;

  constructor(count: number) {
    this.#count = count;
  }

  /** Waits for a place and returns the way to give it back, to be called once. Rejects with `left(signal)` on abort. */
  async enter(signal: AbortSignal | undefined, left: (signal: AbortSignal) => Error): Promise<() => void> {
    if (this.#taken < this.#count) this.#taken++;
    else await this.#wait(signal, left);
    return () => this.#leave();
  }

  /** Hands the place to who waits longest. */
  #leave(): void {
    const turn = this.#queue.shift();
    if (turn) turn();
    else this.#taken--;
  }

  #wait(signal: AbortSignal | undefined, left: (signal: AbortSignal) => Error): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(turn), 1);
        reject(left(signal!));
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(turn);
    });
  }
}

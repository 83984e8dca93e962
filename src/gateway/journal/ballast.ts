import { randomFillSync } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';

/** Bytes: thousands of decisions. */
const SIZE = 32 << 20;
const PIECE = 1 << 20;

/**
 * Room on a disk that is taken in good times, as a file, and given back when the disk is full: what was promised before
 * anybody knew can be written then all the same.
 *
 * @example const ballast = new Ballast(join(folder, 'ballast')); await ballast.take();
 */
export class Ballast {
  readonly bytes: number;
  readonly #path: string;
  #isTaken = false;
  /** Taking and dropping happen one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(path: string, bytes = SIZE) {
    this.#path = path;
    this.bytes = bytes;
  }

  /** Whether the room is known to be taken. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Takes the room, unless it is taken. Rejects where the disk has not so much; then none is. */
  take(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#isTaken) return;
      // An earlier run has left it: a kill leaves it behind.
      const size = await stat(this.#path).then(
        (found) => found.size,
        () => 0,
      );
      if (size !== this.bytes) await this.#write();
      this.#isTaken = true;
    });
  }

  /** Gives the room back. */
  drop(): Promise<void> {
    return this.#inTurn(async () => {
      this.#isTaken = false;
      await rm(this.#path, { force: true });
    });
  }

  async #write(): Promise<void> {
    // Zeros would take no room where a file system compresses or leaves holes.
    const piece = randomFillSync(Buffer.alloc(PIECE));
    const file = await open(this.#path, 'w', 0o600);
    try {
      for (let left = this.bytes; left > 0; left -= PIECE) await file.appendFile(piece.subarray(0, left));
      await file.datasync();
    } catch (error) {
      await rm(this.#path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

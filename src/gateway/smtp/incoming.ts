import type { Socket } from 'node:net';

/** What ended a wait for bytes. */
export type Arrival = 'bytes' | 'end' | 'late';

/** Bytes that may lie here unread before the other side is made to wait. */
const ENOUGH = 256 * 1024;

/** The bytes that the other side of a connection sends, for a reader that asks for them. Reads no further than it must. */
export class Incoming {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #length = 0;
  #ended = false;
  #wake: ((arrival: Arrival) => void) | undefined;
  readonly #onData = (chunk: Buffer) => this.#push(chunk);
  readonly #onEnd = () => this.#end();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onEnd).on('error', this.#onEnd);
  }

  /** Bytes that have come and are not yet taken. */
  get length(): number {
    return this.#length;
  }

  /** True when nothing more will come, though something may still lie here. */
  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Everything that has come. */
  take(): Buffer {
    const [first = Buffer.alloc(0)] = this.#chunks;
    const bytes = this.#chunks.length > 1 ? Buffer.concat(this.#chunks, this.#length) : first;
    this.#chunks = [];
    this.#length = 0;
    return bytes;
  }

  /** Lays back what was taken too much. */
  unread(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#chunks.unshift(bytes);
    this.#length += bytes.length;
  }

  /** Waits for more than there is now, at most so many milliseconds. */
  more(timeout: number): Promise<Arrival> {
    if (this.#ended) return Promise.resolve('end');
    this.#socket.resume();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.('late'), Math.max(0, timeout));
      this.#wake = (arrival) => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve(arrival);
      };
    });
  }

  /** Ends a wait, as if nothing would come. */
  interrupt(): void {
    this.#wake?.('late');
  }

  /** Lets go of the socket, which somebody else reads now (TLS). */
  release(): void {
    this.#socket.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onEnd).off('error', this.#onEnd);
    this.#socket.pause();
    this.#end();
  }

  #push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#wake === undefined && this.#length > ENOUGH) this.#socket.pause();
    this.#wake?.('bytes');
  }

  #end(): void {
    this.#ended = true;
    this.#wake?.('end');
  }
}

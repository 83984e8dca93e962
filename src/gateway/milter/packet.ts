import { MilterFault } from './fault.ts';

/** One packet of the protocol: a length of four bytes, which counts the letter, then the letter, then the data. */
export interface Packet {
  readonly letter: string;
  readonly data: Buffer;
}

const LENGTH_BYTES = 4;

/**
 * A packet as it is sent.
 *
 * @example packet('c') // the bytes 0, 0, 0, 1, 'c'
 */
export function packet(letter: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const data = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const bytes = Buffer.allocUnsafe(LENGTH_BYTES + 1 + data.length);
  bytes.writeUInt32BE(1 + data.length);
  bytes.write(letter, LENGTH_BYTES, 'latin1');
  data.copy(bytes, LENGTH_BYTES + 1);
  return bytes;
}

/** A number of the protocol, in network byte order. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/**
 * Finds the packets in what a socket gives, however it is cut. A packet that came in one piece is not copied.
 *
 * @example for (const one of reader.read(chunk)) session.take(one);
 */
export class PacketReader {
  readonly #limit: number;
  readonly #length = Buffer.alloc(LENGTH_BYTES);
  #lengthRead = 0;
  /** Of the packet whose length is read. */
  #size = 0;
  /** The packet that came in part. */
  #held: Buffer | undefined;
  #heldRead = 0;

  /** @param limit bytes of a packet, its letter included; a longer one is a {@link MilterFault} before it is read */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** True where the last packet is not whole yet. */
  get isAmid(): boolean {
    return this.#lengthRead > 0;
  }

  *read(chunk: Buffer): Generator<Packet> {
    for (let at = 0; at < chunk.length; ) {
      if (this.#lengthRead < LENGTH_BYTES) {
        this.#length[this.#lengthRead++] = chunk[at++]!;
        if (this.#lengthRead === LENGTH_BYTES) this.#size = this.#allowed(this.#length.readUInt32BE());
        continue;
      }
      const piece = chunk.subarray(at, at + this.#size - this.#heldRead);
      at += piece.length;
      const whole = this.#add(piece);
      if (whole === undefined) return;
      this.#lengthRead = 0;
      yield { letter: whole.toString('latin1', 0, 1), data: whole.subarray(1) };
    }
  }

  #allowed(size: number): number {
    if (size === 0) throw new MilterFault('a packet of no bytes');
    if (size > this.#limit) throw new MilterFault(`a packet of ${size} bytes; at most ${this.#limit} are read`);
    return size;
  }

  #add(piece: Buffer): Buffer | undefined {
    if (piece.length === this.#size) return piece;
    this.#held ??= Buffer.allocUnsafe(this.#size);
    piece.copy(this.#held, this.#heldRead);
    this.#heldRead += piece.length;
    if (this.#heldRead < this.#size) return undefined;
    const whole = this.#held;
    this.#held = undefined;
    this.#heldRead = 0;
    return whole;
  }
}

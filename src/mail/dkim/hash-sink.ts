import { createHash, type Hash, hash } from 'node:crypto';

export type HashAlgorithm = 'sha256' | 'sha1';

export interface BodyHash {
  /** base64. Of the first `length` bytes where a length was asked for. */
  readonly hash: string;
  /** Length of the whole canonical body in bytes. */
  readonly bytes: number;
}

const LF = 10;
const CR = 13;
const SPACE = 32;

const SCRATCH_BYTES = 1 << 16;
/** Shorter pieces are copied byte by byte: a call of `copy` takes as long as they do. */
const SHORT = 24;
// One for all: a body is hashed in one go, without a pause in which another could begin.
const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);

/** Gathers small pieces, so that the hash sees few large ones, and counts. */
export class HashSink {
  readonly #algorithm: HashAlgorithm;
  #hash: Hash | undefined;
  /** Bytes that are still to be hashed: what is behind an `l=` is only counted. */
  #left: number;
  #used = 0;
  #bytes = 0;

  constructor(algorithm: HashAlgorithm, length: number) {
    this.#algorithm = algorithm;
    this.#left = length;
  }

  write(source: Buffer, from: number, to: number): void {
    const size = Math.min(to - from, this.#left);
    this.#bytes += to - from;
    this.#left -= size;
    if (size > SCRATCH_BYTES - this.#used) this.#flush();
    if (size > SCRATCH_BYTES) this.#update(source.subarray(from, from + size));
    else if (size < SHORT) for (let at = 0; at < size; at++) scratch[this.#used++] = source[from + at] as number;
    else this.#used += source.copy(scratch, this.#used, from, from + size);
  }

  writeBlank(): void {
    this.#writeByte(SPACE);
  }

  writeLineEnd(): void {
    this.#writeByte(CR);
    this.#writeByte(LF);
  }

  #writeByte(byte: number): void {
    this.#bytes++;
    if (this.#left <= 0) return;
    this.#left--;
    if (this.#used === SCRATCH_BYTES) this.#flush();
    scratch[this.#used++] = byte;
  }

  /** The hash of all that was written; to be called once. */
  finish(): BodyHash {
    if (this.#hash === undefined) {
      return { hash: hash(this.#algorithm, scratch.subarray(0, this.#used), 'base64'), bytes: this.#bytes };
    }
    this.#flush();
    return { hash: this.#hash.digest('base64'), bytes: this.#bytes };
  }

  #flush(): void {
    if (this.#used > 0) this.#update(scratch.subarray(0, this.#used));
    this.#used = 0;
  }

  #update(piece: Buffer): void {
    this.#hash ??= createHash(this.#algorithm);
    this.#hash.update(piece);
  }
}

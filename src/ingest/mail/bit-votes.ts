/** Bits of the result: as many as a JSON number keeps, so that every client reads it as it is. */
const BITS = 52;
const HALF = BITS / 2;

const BYTE = 256;
const BYTES = Math.ceil(HALF / 8);

/**
 * Counts, over many numbers of 52 bits, how often each bit is set. Whole bytes are counted, and taken apart into bits only
 * at the end: 8 steps for a number instead of 52.
 */
export class BitVotes {
  /** How often each byte had each value. */
  readonly #counts = new Uint32Array(2 * BYTES * BYTE);
  #numbers = 0;

  /** @param low the lower 26 bits count @param high likewise, for the upper half of the number */
  add(low: number, high: number): void {
    const counts = this.#counts;
    counts[low & 0xff]!++;
    counts[BYTE + ((low >>> 8) & 0xff)]!++;
    counts[2 * BYTE + ((low >>> 16) & 0xff)]!++;
    counts[3 * BYTE + (low >>> 24)]!++;
    counts[4 * BYTE + (high & 0xff)]!++;
    counts[5 * BYTE + ((high >>> 8) & 0xff)]!++;
    counts[6 * BYTE + ((high >>> 16) & 0xff)]!++;
    counts[7 * BYTE + (high >>> 24)]!++;
    this.#numbers++;
  }

  /** The number whose bits are those that more than half of the numbers have. */
  majority(): number {
    let number = 0;
    for (let bit = 0; bit < BITS; bit++) if (2 * this.#set(bit) > this.#numbers) number += 2 ** bit;
    return number;
  }

  #set(bit: number): number {
    const [half, inHalf] = bit < HALF ? [0, bit] : [BYTES, bit - HALF];
    const start = (half + (inHalf >> 3)) * BYTE;
    const mask = 1 << (inHalf & 7);
    let set = 0;
    for (let value = 0; value < BYTE; value++) if ((value & mask) !== 0) set += this.#counts[start + value]!;
    return set;
  }
}

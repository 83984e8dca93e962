/** Bits of a filter for each key when it is made, at least; keys put in later make it fewer. */
const BITS_A_KEY = 32;
/** With fewer than these for each key, too many that are new look known. */
const TOO_FEW = 20;
/** Bits that a key sets. */
const PROBES = 5;
const SMALLEST = 2 ** 21;
/** 32 MB, good for eight million keys and some more. */
const LARGEST = 2 ** 28;
const HALF = 2 ** 32;

/**
 * Which keys a table may hold, as a Bloom filter of their marks: what it does not have is in no row of the table; what it
 * has may be. A mark is a whole number of 53 bits, as good as random.
 *
 * @example const keys = KnownKeys.for(1000, 2 ** 20)!; keys.add(77); keys.mayHave(77) // true
 */
export class KnownKeys {
  readonly #words: Uint32Array;
  readonly #mask: number;
  #count = 0;

  private constructor(bits: number) {
    this.#words = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  /**
   * With room for so many keys, and some more; undefined where they would take too much memory.
   *
   * @param left bytes that it may take
   */
  static for(count: number, left: number): KnownKeys | undefined {
    const bits = Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(Math.max(1, count) * BITS_A_KEY)));
    return bits > LARGEST || bits / 8 > left ? undefined : new KnownKeys(bits);
  }

  /** Bytes of memory. */
  get size(): number {
    return this.#words.byteLength;
  }

  /** Whether so many keys have been put in that it is of little use. */
  get isFull(): boolean {
    return this.#count * TOO_FEW > this.#mask;
  }

  add(mark: number): void {
    this.#count++;
    const step = stepOf(mark);
    for (let probe = 0, at = mark >>> 0; probe < PROBES; probe++, at = (at + step) >>> 0) {
      const bit = at & this.#mask;
      this.#words[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  mayHave(mark: number): boolean {
    const step = stepOf(mark);
    for (let probe = 0, at = mark >>> 0; probe < PROBES; probe++, at = (at + step) >>> 0) {
      const bit = at & this.#mask;
      if ((this.#words[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

/** Odd, so that all probes of a key differ. */
const stepOf = (mark: number): number => 2 * Math.trunc(mark / HALF) + 1;

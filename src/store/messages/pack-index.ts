import { readFile, rename, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { keyOf } from './record.ts';

const MAGIC = Buffer.from('MHIDX1\n\0');
/** Magic 8, size of the pack 8, newest record 8, salt 4, count 4. */
const HEAD = 32;
const KEY = 8;
const PLACE = 4;

/** A record of a pack. */
export interface Entry {
  readonly id: string;
  readonly offset: number;
}

/** What an index must agree with. */
interface Described {
  readonly packBytes: number;
  readonly salt: number;
}

/**
 * Where the messages of a pack that is full are: keys of 8 bytes in order, then the offsets of their records in the same
 * order. It is made of the pack, and made anew where it is missing or damaged, so nothing depends on when it is written.
 * 12 bytes a message: five million take 60 MB of memory.
 */
export class PackIndex {
  readonly #bytes: Buffer;
  readonly count: number;
  /** When the last message was kept, milliseconds since 1970. */
  readonly newest: number;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.count = bytes.readUInt32LE(28);
    this.newest = Number(bytes.readBigUInt64LE(16));
  }

  static of(found: readonly Entry[], { packBytes, salt, newest }: Described & { readonly newest: number }): PackIndex {
    const entries = found
      .map(({ id, offset }) => ({ key: keyOf(id), offset }))
      .sort((a, b) => a.key.compare(b.key) || a.offset - b.offset);
    const bytes = Buffer.alloc(HEAD + entries.length * (KEY + PLACE) + 4);
    MAGIC.copy(bytes);
    bytes.writeBigUInt64LE(BigInt(packBytes), 8);
    bytes.writeBigUInt64LE(BigInt(newest), 16);
    bytes.writeUInt32LE(salt, 24);
    bytes.writeUInt32LE(entries.length, 28);
    for (const [at, { key, offset }] of entries.entries()) {
      key.copy(bytes, HEAD + at * KEY);
      bytes.writeUInt32LE(offset, HEAD + entries.length * KEY + at * PLACE);
    }
    bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
    return new PackIndex(bytes);
  }

  /** Reads an index; undefined where it is missing, damaged, or of another pack. */
  static async read(path: string, { packBytes, salt }: Described): Promise<PackIndex | undefined> {
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined || bytes.length < HEAD + 4 || !bytes.subarray(0, 8).equals(MAGIC)) return undefined;
    if (crc32(bytes.subarray(0, -4)) !== bytes.readUInt32LE(bytes.length - 4)) return undefined;
    if (bytes.length !== HEAD + bytes.readUInt32LE(28) * (KEY + PLACE) + 4) return undefined;
    const isOfThis = Number(bytes.readBigUInt64LE(8)) === packBytes && bytes.readUInt32LE(24) === salt;
    return isOfThis ? new PackIndex(bytes) : undefined;
  }

  async write(path: string): Promise<void> {
    await writeFile(`${path}.draft`, this.#bytes, { mode: 0o600 });
    await rename(`${path}.draft`, path);
  }

  /** Offsets of the records whose id may be the one with this key, newest first. */
  find(key: Buffer): readonly number[] {
    const offsets: number[] = [];
    for (let at = this.#first(key); at < this.count && this.#compare(at, key) === 0; at++)
      offsets.unshift(this.#bytes.readUInt32LE(HEAD + this.count * KEY + at * PLACE));
    return offsets;
  }

  /** The place of the first key that is not before the given one. */
  #first(key: Buffer): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(at: number, key: Buffer): number {
    const start = HEAD + at * KEY;
    return this.#bytes.compare(key, 0, KEY, start, start + KEY);
  }
}

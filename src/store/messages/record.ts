import { hash } from 'node:crypto';
// As a whole: Node before 22.15 has no zstd, and naming what a module lacks fails before any line runs.
import * as zlib from 'node:zlib';
import { KEPT_LIMIT } from './message-box.ts';

/**
 * How a message stands in a pack. A pack begins with {@link PACK_HEAD} bytes, "MHPACK1\n", its salt and their CRC-32;
 * behind them record after record: a head of {@link HEAD} bytes, the id, the compressed bytes. Numbers are little-endian.
 */
export const PACK_HEAD = 16;
const PACK_MAGIC = Buffer.from('MHPACK1\n');

const MAGIC = 0x314d484d; // "MHM1"
/** Magic 4, CRC-32 of what follows and the id 4, length of the id 2, codec 1, nothing 1, length 4, length packed 4, CRC-32 of the packed bytes 4, kept at 8. */
export const HEAD = 32;

/** What a record says before its bytes. */
export interface RecordHead {
  readonly id: string;
  /** Bytes from its start to the start of the next. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

interface Codec {
  readonly pack: (bytes: Uint8Array) => Buffer;
  readonly unpack: (bytes: Uint8Array, length: number) => Buffer;
}

/** By number, as records name them. */
const codecs: Readonly<Record<number, Codec>> = {
  // Encrypted or compressed already.
  0: { pack: (bytes) => Buffer.from(bytes), unpack: (bytes) => Buffer.from(bytes) },
  1: {
    pack: (bytes) => zlib.deflateRawSync(bytes, { level: 1 }),
    unpack: (bytes, length) => zlib.inflateRawSync(bytes, { maxOutputLength: Math.max(1, length) }),
  },
  // Node.js has it since 22.15.
  ...(typeof zlib.zstdCompressSync === 'function' && {
    2: {
      pack: (bytes: Uint8Array) =>
        zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } }),
      unpack: (bytes: Uint8Array, length: number) =>
        zlib.zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
    },
  }),
};

const best = Math.max(...Object.keys(codecs).map(Number));

/** The first bytes of a pack. A message cannot hold what looks like a record of it without knowing its salt. */
export function packHead(salt: number): Buffer {
  const head = Buffer.alloc(PACK_HEAD);
  PACK_MAGIC.copy(head);
  head.writeUInt32LE(salt, 8);
  head.writeUInt32LE(zlib.crc32(head.subarray(0, 12)), 12);
  return head;
}

/** The salt of a pack, undefined where its first bytes are none. */
export function saltOf(pack: Buffer): number | undefined {
  if (pack.length < PACK_HEAD || !pack.subarray(0, 8).equals(PACK_MAGIC)) return undefined;
  return zlib.crc32(pack.subarray(0, 12)) === pack.readUInt32LE(12) ? pack.readUInt32LE(8) : undefined;
}

/** A message compressed, to be put behind a head. */
export interface Packed {
  readonly id: Buffer;
  readonly codec: number;
  readonly length: number;
  readonly bytes: Buffer;
}

/** Compresses a message. */
export function packed(id: string, bytes: Uint8Array): Packed {
  const small = codecs[best]!.pack(bytes);
  const isSmaller = small.length < bytes.length;
  return {
    id: Buffer.from(id),
    codec: isSmaller ? best : 0,
    length: bytes.length,
    bytes: isSmaller ? small : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  };
}

/** The bytes of a record, as parts to be written one after the other. */
export function encodeRecord(
  { id, codec, length, bytes }: Packed,
  { salt, keptAt }: { readonly salt: number; readonly keptAt: number },
): readonly Buffer[] {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(MAGIC, 0);
  head.writeUInt16LE(id.length, 8);
  head.writeUInt8(codec, 10);
  head.writeUInt32LE(length, 12);
  head.writeUInt32LE(bytes.length, 16);
  head.writeUInt32LE(zlib.crc32(bytes), 20);
  head.writeBigUInt64LE(BigInt(keptAt), 24);
  head.writeUInt32LE(zlib.crc32(id, zlib.crc32(head.subarray(8), salt)), 4);
  return [head, id, bytes];
}

/**
 * Reads what stands before a record's bytes; undefined where no whole head of this pack stands there.
 *
 * @param pack bytes of the pack, in which the head and the id stand at `offset`
 */
export function readHead(pack: Buffer, offset: number, salt: number): RecordHead | undefined {
  if (offset + HEAD > pack.length || pack.readUInt32LE(offset) !== MAGIC) return undefined;
  const idEnd = offset + HEAD + pack.readUInt16LE(offset + 8);
  if (idEnd > pack.length) return undefined;
  if (zlib.crc32(pack.subarray(offset + 8, idEnd), salt) !== pack.readUInt32LE(offset + 4)) return undefined;
  return {
    id: pack.toString('utf8', offset + HEAD, idEnd),
    size: idEnd - offset + pack.readUInt32LE(offset + 16),
    keptAt: Number(pack.readBigUInt64LE(offset + 24)),
  };
}

/** Where the next whole head begins after an offset, -1 where there is none. */
export function nextHead(pack: Buffer, offset: number, salt: number): number {
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(MAGIC);
  for (let at = pack.indexOf(magic, offset); at >= 0; at = pack.indexOf(magic, at + 1))
    if (readHead(pack, at, salt) !== undefined) return at;
  return -1;
}

/** What is wrong with the bytes of a record whose head was read; undefined where nothing is. */
export function damageOf(pack: Buffer, offset: number, { size }: RecordHead): string | undefined {
  if (offset + size > pack.length) return 'it ends within a message';
  const bytes = pack.subarray(offset + HEAD + pack.readUInt16LE(offset + 8), offset + size);
  return zlib.crc32(bytes) === pack.readUInt32LE(offset + 20) ? undefined : 'the checksum does not match';
}

/** The message of a record; a text says why it cannot be read. */
export function readRecord(pack: Buffer, offset: number, head: RecordHead): Buffer | string {
  const damage = damageOf(pack, offset, head);
  if (damage !== undefined) return damage;
  const codec = codecs[pack[offset + 10]!];
  if (codec === undefined) return 'it was compressed in a way that this Node.js does not know (22.15 does)';
  const length = pack.readUInt32LE(offset + 12);
  if (length > KEPT_LIMIT) return `it says that it is ${length} bytes long`;
  const start = offset + HEAD + pack.readUInt16LE(offset + 8);
  try {
    const bytes = codec.unpack(pack.subarray(start, offset + head.size), length);
    return bytes.length === length ? bytes : 'it is not as long as it says';
  } catch (error) {
    return `it cannot be unpacked: ${(error as Error).message}`;
  }
}

/** By what an index finds an id: 64 bits of its SHA-256. Two ids may share it; the record says which it is. */
export const keyOf = (id: string): Buffer => hash('sha256', id.toWellFormed(), 'buffer').subarray(0, 8);

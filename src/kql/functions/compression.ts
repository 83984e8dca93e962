import { crc32, deflateRawSync, gunzipSync, inflateSync } from 'node:zlib';
import { bytesOfBase64, textOfBytes } from './base64-bytes.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

/** Bytes that a compressed text may become: a few kilobytes can say gigabytes of zeros. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What a stored block holds at most. */
const BLOCK = 65_535;

/** Deflate's block of plain bytes: last or not, length, length inverted, bytes. */
function stored(bytes: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += BLOCK) {
    const part = bytes.subarray(at, at + BLOCK);
    const head = Buffer.from([at + BLOCK >= bytes.length ? 1 : 0, 0, 0, 0, 0]);
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(part.length ^ 0xffff, 3);
    blocks.push(head, part);
  }
  return Buffer.concat(blocks);
}

/** What does not become smaller is stored as it is, as in the reference's examples. */
function deflated(bytes: Buffer): Buffer {
  const small = deflateRawSync(bytes);
  return small.length < bytes.length ? small : stored(bytes);
}

const BASE = 65_521;

/** The Adler-32 sum that ends a zlib stream (RFC 1950). */
function adler32(bytes: Buffer): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % BASE;
    high = (high + low) % BASE;
  }
  return high * 0x10000 + low;
}

function zlibOf(bytes: Buffer): Buffer {
  const end = Buffer.alloc(4);
  end.writeUInt32BE(adler32(bytes));
  return Buffer.concat([Buffer.from([0x78, 0x01]), deflated(bytes), end]);
}

/** Magic number, deflate, no flags, no time, no hint, unknown system (RFC 1952). */
const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

function gzipOf(bytes: Buffer): Buffer {
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(bytes));
  end.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([GZIP_HEAD, deflated(bytes), end]);
}

const plain = (bytes: Buffer): Buffer => inflateSync(bytes, { maxOutputLength: MAX_BYTES });

/** The first four bytes are fixed: optional fields of the head are not read. */
function gunzipped(bytes: Buffer): Buffer | undefined {
  if (!bytes.subarray(0, 4).equals(GZIP_HEAD.subarray(0, 4))) return undefined;
  return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
}

const compressor = (name: string, page: string, compress: (bytes: Buffer) => Buffer): ScalarFunction => ({
  ...textFunction(name, (text = '') => compress(Buffer.from(text)).toString('base64'), page),
  nullable: false,
});

/** '' of what is no base64, no such stream, or no text in UTF-8. */
const decompressor = (
  name: string,
  page: string,
  decompress: (bytes: Buffer) => Buffer | undefined,
): ScalarFunction => ({
  ...textFunction(
    name,
    (text = '') => {
      const bytes = bytesOfBase64(text);
      if (bytes === undefined) return '';
      const result = attempted(name, () => decompress(bytes));
      return result === undefined ? '' : (textOfBytes(result) ?? '');
    },
    page,
  ),
  nullable: false,
});

function attempted(name: string, decompress: () => Buffer | undefined): Buffer | undefined {
  try {
    return decompress();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return undefined;
    return refuseToEvaluate(name, `the text is longer than ${MAX_BYTES} bytes`);
  }
}

/** Texts compressed by zlib and gzip, as base64. */
export const compressionFunctions: readonly ScalarFunction[] = [
  compressor('zlib_compress_to_base64_string', 'zlib-base64-compress-function', zlibOf),
  decompressor('zlib_decompress_from_base64_string', 'zlib-base64-decompress-function', plain),
  compressor('gzip_compress_to_base64_string', 'gzip-base64-compress', gzipOf),
  decompressor('gzip_decompress_from_base64_string', 'gzip-base64-decompress', gunzipped),
];

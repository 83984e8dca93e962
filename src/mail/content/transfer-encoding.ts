import type { Defects } from './limits.ts';

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const EQUALS = 61;

const identity = (bytes: Buffer): Buffer => bytes;

const DECODERS: ReadonlyMap<string, (bytes: Buffer, defects: Defects) => Buffer> = new Map([
  ['', identity],
  ['7bit', identity],
  ['8bit', identity],
  ['binary', identity],
  ['base64', fromBase64],
  ['quoted-printable', fromQuotedPrintable],
]);

/**
 * Undoes a Content-Transfer-Encoding (RFC 2045 section 6). An unknown one leaves the bytes as they are and is named.
 *
 * @param encoding lower case; empty where there is none
 */
export function decodedBytes(bytes: Buffer, encoding: string, defects: Defects): Buffer {
  const decode = DECODERS.get(encoding);
  if (decode === undefined) defects.add('unknown transfer encoding');
  return decode === undefined ? bytes : decode(bytes, defects);
}

/**
 * base64 as lenient as mail readers are (RFC 2045 section 6.8): characters outside the alphabet are passed over, padding
 * may be missing. What follows padding is decoded as well, since some readers show it, and named in `defects`.
 */
export function fromBase64(bytes: Buffer, defects: Defects): Buffer {
  const padding = bytes.indexOf(EQUALS);
  const text = bytes.toString('latin1');
  if (padding < 0 || !/[A-Za-z0-9+/]/.test(text.slice(padding))) return Buffer.from(text, 'base64');
  defects.add('data after the end of base64');
  // Decoding stops at the first padding, so each stretch is decoded for itself.
  return Buffer.concat(text.split(/=+/).map((stretch) => Buffer.from(stretch, 'base64')));
}

/**
 * quoted-printable (RFC 2045 section 6.7). Blanks at the end of a line were added on the way and go; a `=` that begins
 * neither two hexadecimal digits nor a soft line break stands for itself, as mail readers show it.
 */
export function fromQuotedPrintable(bytes: Buffer): Buffer {
  if (bytes.length > SCRATCH_BYTES) return unquotedInto(Buffer.allocUnsafe(bytes.length), bytes);
  return Buffer.from(unquotedInto(scratch, bytes));
}

const SCRATCH_BYTES = 1 << 16;
// One for all, since nothing pauses in between: to write into memory that is new takes as long as to decode.
const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);

/** Decodes into memory that has room for the encoded bytes; returns the part of it that was written. */
function unquotedInto(out: Buffer, bytes: Buffer): Buffer {
  const end = bytes.length;
  let at = 0;
  let length = 0;
  /** Up to here `out` was encoded, so that blanks in it are meant. */
  let meant = 0;
  for (;;) {
    let byte = 0;
    // A loop of its own for what stands for itself: nearly everything does.
    for (; at < end; at++) {
      byte = bytes[at]!;
      if (byte === EQUALS || byte === LF) break;
      out[length++] = byte;
    }
    if (at >= end) return out.subarray(0, length);
    if (byte === EQUALS) {
      const value = hexAt(bytes, at + 1);
      const next = value >= 0 ? at + 3 : softBreak(bytes, at + 1);
      if (value >= 0) out[length++] = value;
      else if (next === 0) out[length++] = EQUALS;
      meant = length;
      at = next > 0 ? next : at + 1;
    } else {
      const crlf = length > meant && out[length - 1] === CR;
      if (crlf) length--;
      while (length > meant && isBlank(out[length - 1]!)) length--;
      if (crlf) out[length++] = CR;
      out[length++] = LF;
      at++;
    }
  }
}

const isBlank = (byte: number): boolean => byte === SPACE || byte === TAB;

/** The place after a soft line break whose `=` stands before `at`, or 0. */
function softBreak(bytes: Buffer, at: number): number {
  let end = at;
  // A line has 76 characters by the RFC, so padding is short; the bound keeps "= = = …" linear.
  while (end - at < 100 && isBlank(bytes[end]!)) end++;
  if (end >= bytes.length) return bytes.length;
  if (bytes[end] === LF) return end + 1;
  return bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : 0;
}

const HEX = new Int8Array(256).fill(-1);
for (const [digit, character] of [...'0123456789abcdef'].entries()) {
  HEX[character.charCodeAt(0)] = digit;
  HEX[character.toUpperCase().charCodeAt(0)] = digit;
}

/** The byte that two hexadecimal digits name, or -1. */
export function hexAt(bytes: Buffer, at: number): number {
  if (at + 1 >= bytes.length) return -1;
  const high = HEX[bytes[at]!]!;
  const low = HEX[bytes[at + 1]!]!;
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

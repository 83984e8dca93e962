import { crc32 } from 'node:zlib';
import type { Batch } from './store.ts';

/** What a journal frame says about its rows. */
export interface FrameHeader {
  readonly table: string;
  readonly columns: readonly string[];
  /** How many rows follow, one a line. */
  readonly count: number;
  /** When the batch was appended, in datetime ticks (as text: JSON numbers end at 2^53). */
  readonly at: string;
  readonly source?: { readonly id: string; readonly position: number };
}

/** One batch in the journal; other journals than the store's have headers of their own. */
export interface Frame<H = FrameHeader> {
  readonly sequence: number;
  readonly header: H;
  /** The rows as UTF-8, each the text of a JSON array, ended by line breaks. */
  readonly rows: Buffer;
}

const MAGIC = 0x314a484d; // "MHJ1"
/** Magic 4, payload length 4, sequence 8, CRC-32 of length, sequence and payload 4; little-endian. */
const HEAD = 20;

/** Every escape of a JSON text, the two halves of a surrogate pair as one. */
const ESCAPES = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[dD][89a-fA-F][\da-fA-F]{2}|.)/gs;

/** Half a surrogate pair is legal to `JSON.stringify` and an error to everybody else. */
const wellFormed = (text: string): string =>
  text.replace(ESCAPES, (found) => (found.length === 6 && /^\\u[dD]/.test(found) ? '\\ufffd' : found));

/** The rows, one a line: a raw line break in JSON text can only be white space between its parts. */
const asLines = (rows: readonly string[]): string => {
  const single = rows.some((row) => row.includes('\n')) ? rows.map((row) => row.replaceAll('\n', ' ')) : rows;
  const text = single.join('\n');
  return /\\u[dD]/.test(text) ? wellFormed(text) : text;
};

/** A batch as the header and rows of a frame; `at` in datetime ticks. */
export function draftOf(batch: Batch, at: bigint): Omit<Frame, 'sequence'> {
  const { table, columns, source } = batch;
  const header = { table, columns, count: batch.rows.length, at: String(at), ...(source && { source }) };
  return { header, rows: Buffer.from(asLines(batch.rows)) };
}

/** The bytes of a frame, as parts to be written one after the other. */
export function encodeFrame(frame: Frame<unknown>): readonly Buffer[] {
  const header = Buffer.from(`${JSON.stringify(frame.header)}\n`);
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(MAGIC, 0);
  head.writeUInt32LE(header.length + frame.rows.length, 4);
  head.writeBigUInt64LE(BigInt(frame.sequence), 8);
  head.writeUInt32LE(crc32(frame.rows, crc32(header, crc32(head.subarray(4, 16)))), 16);
  return [head, header, frame.rows];
}

/** What stands at a place of a journal file. */
export type Decoded<H = FrameHeader> =
  | { readonly kind: 'frame'; readonly frame: Frame<H>; readonly end: number }
  | { readonly kind: 'end' }
  /** The file ends before the frame does: its writer was killed, nobody was told that it is safe. */
  | { readonly kind: 'torn' }
  | { readonly kind: 'damaged'; readonly text: string };

/** Reads the frame that begins at an offset of a segment's bytes. */
export function decodeFrame<H = FrameHeader>(bytes: Buffer, offset: number): Decoded<H> {
  if (offset === bytes.length) return { kind: 'end' };
  if (onlyZeros(bytes, offset)) return { kind: 'torn' };
  const left = bytes.length - offset;
  if (left < 4) return { kind: 'torn' };
  if (bytes.readUInt32LE(offset) !== MAGIC) return { kind: 'damaged', text: 'no frame begins here' };
  if (left < HEAD) return { kind: 'torn' };
  const length = bytes.readUInt32LE(offset + 4);
  const body = offset + HEAD;
  const end = body + length;
  if (end > bytes.length) {
    return nextFrame(bytes, offset + 4) ? { kind: 'damaged', text: 'a frame runs into the next' } : { kind: 'torn' };
  }
  const payload = bytes.subarray(body, end);
  if (crc32(payload, crc32(bytes.subarray(offset + 4, offset + 16))) !== bytes.readUInt32LE(offset + 16)) {
    return { kind: 'damaged', text: 'the checksum does not match' };
  }
  const line = payload.indexOf(10);
  const header: H = JSON.parse(payload.toString('utf8', 0, line));
  const sequence = Number(bytes.readBigUInt64LE(offset + 8));
  return { kind: 'frame', frame: { sequence, header, rows: payload.subarray(line + 1) }, end };
}

const onlyZeros = (bytes: Buffer, from: number): boolean => {
  for (let at = from; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
};

/** Whether a whole frame begins somewhere after an offset: then what stands before it is no torn end. */
const nextFrame = (bytes: Buffer, from: number): boolean => {
  const magic = Buffer.alloc(4);
  magic.writeUInt32LE(MAGIC);
  for (let at = bytes.indexOf(magic, from); at >= 0; at = bytes.indexOf(magic, at + 1)) {
    if (at + HEAD <= bytes.length && at + HEAD + bytes.readUInt32LE(at + 4) <= bytes.length) {
      if (decodeFrame(bytes, at).kind === 'frame') return true;
    }
  }
  return false;
};

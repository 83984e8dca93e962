import type { Pace } from '../view/paced.ts';

/** A file within an archive, as pieces of text. */
export interface ZipEntry {
  readonly name: string;
  readonly pieces: readonly string[];
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/**
 * A ZIP archive of deflated files, by the browser's own compressor.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function zip(entries: readonly ZipEntry[], type: string, pace: Pace): Promise<Blob> {
  const files: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { name, pieces } of entries) {
    const { data, crc, size } = await deflated(pieces, pace);
    const bytes = new TextEncoder().encode(name);
    const facts = factsOf(crc, data.size, size, bytes.length);
    const head = joined(signature(0x04034b50), facts, bytes);
    directory.push(joined(signature(0x02014b50), Uint8Array.of(20, 0), facts, placeOf(offset), bytes));
    files.push(head, data);
    offset += head.length + data.size;
  }
  const length = directory.reduce((sum, record) => sum + record.length, 0);
  return new Blob([...files, ...directory, endOf(entries.length, length, offset)], { type });
}

async function deflated(
  pieces: readonly string[],
  pace: Pace,
): Promise<{ readonly data: Blob; readonly crc: number; readonly size: number }> {
  const encoder = new TextEncoder();
  let crc = 0xffffffff;
  let size = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async start(controller) {
      for (const piece of pieces) {
        const bytes = encoder.encode(piece);
        for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
        size += bytes.length;
        controller.enqueue(bytes);
        await pace.rest();
      }
      controller.close();
    },
  });
  const data = await new Response(source.pipeThrough(new CompressionStream('deflate-raw'))).blob();
  return { data, crc: ~crc >>> 0, size };
}

/** Version 2.0, names in UTF-8, deflated, 1980-01-01; check sum and sizes; lengths of the name and of nothing more. */
function factsOf(crc: number, packed: number, size: number, name: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(26));
  [20, 0x0800, 8, 0, 0x21].forEach((value, i) => {
    view.setUint16(i * 2, value, true);
  });
  [crc, packed, size].forEach((value, i) => {
    view.setUint32(10 + i * 4, value, true);
  });
  view.setUint16(22, name, true);
  return new Uint8Array(view.buffer);
}

/** No comment, first disk, no attributes, and where the file begins. */
function placeOf(offset: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(14));
  view.setUint32(10, offset, true);
  return new Uint8Array(view.buffer);
}

function endOf(count: number, length: number, offset: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(22));
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, length, true);
  view.setUint32(16, offset, true);
  return new Uint8Array(view.buffer);
}

function signature(value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return new Uint8Array(view.buffer);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

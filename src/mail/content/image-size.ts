/** The size of a picture in pixels, by its header alone. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * How large a PNG, JPEG, GIF or BMP says it is, without decoding it; undefined where it is none of these or does not say.
 * That is what keeps a picture of a few bytes and 50,000 x 50,000 pixels away from the decoder.
 *
 * Sources: PNG (ISO 15948) 11.2.2, JPEG (ITU T.81) B.2.2, GIF89a section 18, BITMAPINFOHEADER.
 *
 * @example imageSizeOf(png) // { width: 640, height: 480 }
 */
export function imageSizeOf(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 26) return undefined;
  const start = bytes.toString('latin1', 0, 8);
  if (start === '\x89PNG\r\n\x1a\n') return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (start.startsWith('GIF8')) return sizeOfGif(bytes);
  if (start.startsWith('BM')) return sizeOfBmp(bytes);
  return start.startsWith('\xff\xd8') ? sizeOfJpeg(bytes) : undefined;
}

function sizeOfGif(bytes: Buffer): ImageSize {
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

function sizeOfBmp(bytes: Buffer): ImageSize {
  if (bytes.readUInt32LE(14) === 12) return { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20) };
  return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) };
}

/** Markers that begin a frame: all of C0 to CF but DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function sizeOfJpeg(bytes: Buffer): ImageSize | undefined {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at++;
    else if (isFrame(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

import { readFileSync } from 'node:fs';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** Pixels a module. */
const SCALE = 4;

/** Left to itself the package fetches its WebAssembly from a content network. */
let ready: Promise<unknown> | undefined;
function prepare(): Promise<unknown> {
  // Not imported: a start-up snapshot puts something that resolves nothing in that module's place.
  const { createRequire } = process.getBuiltinModule('node:module');
  const path = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const wasmBinary = new Uint8Array(readFileSync(path)).buffer;
  return prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/**
 * A QR code (ISO 18004) as a picture. The same text gives the same bytes.
 *
 * @returns a PNG
 * @example await qrCodeOf('https://example.com/') // 29 modules a side, 4 pixels each
 */
export async function qrCodeOf(text: string): Promise<Buffer> {
  ready ??= prepare();
  await ready;
  const { image, error } = await writeBarcode(text, { format: 'QRCode', scale: SCALE });
  if (image === null) throw new Error(`no QR code can be drawn of this text: ${error}`);
  return Buffer.from(await image.arrayBuffer());
}

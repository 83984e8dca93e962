/**
 * Reads QR codes in a thread of its own: a picture of nothing but finder patterns keeps the decoder busy for minutes, and
 * a thread can be ended. Asked with the bytes of a picture, it answers with the texts found or what is wrong with it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** What the worker says of one picture. */
export type QrAnswer = { readonly texts: readonly string[] } | { readonly problem: string };

/** Symbols of one picture that are read. */
const SYMBOLS = 8;

// Left to itself the package fetches its WebAssembly from a content network.
const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const ready = prepareZXingModule({
  overrides: { wasmBinary: new Uint8Array(readFileSync(path)).buffer },
  fireImmediately: true,
});

async function textsIn(picture: Uint8Array<ArrayBuffer>): Promise<QrAnswer> {
  await ready;
  const found = await readBarcodes(picture, {
    formats: ['QRCode', 'MicroQRCode', 'rMQRCode'],
    tryHarder: true,
    maxNumberOfSymbols: SYMBOLS,
  });
  const failure = found.find(({ isValid, error }) => !isValid && error !== '');
  if (failure !== undefined) return { problem: failure.error };
  return { texts: found.filter(({ isValid }) => isValid).map(({ text }) => text) };
}

parentPort?.on('message', async (picture: Uint8Array<ArrayBuffer>) => {
  const answer = await textsIn(picture).catch((error: unknown): QrAnswer => ({ problem: String(error) }));
  parentPort?.postMessage(answer);
});

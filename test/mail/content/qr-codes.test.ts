import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { create } from 'qrcode';
import { type Content, contentOf } from '../../../src/mail/content/content.ts';
import { imageSizeOf } from '../../../src/mail/content/image-size.ts';
import { type ContentLimits, contentLimits } from '../../../src/mail/content/limits.ts';
import { withQrCodes } from '../../../src/mail/content/qr-codes.ts';
import { inTime, isWithin } from '../../in-time.ts';
import { base64, message, multipart } from './mail.ts';

/** A QR code, drawn in black and white: rows of pixels, one byte each, 0 is black. */
function drawn(text: string, scale = 4): { size: number; pixels: Uint8Array } {
  const { modules } = create(text, {});
  const size = (modules.size + 8) * scale;
  const pixels = new Uint8Array(size * size).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4];
      const inside = row >= 0 && column >= 0 && row < modules.size && column < modules.size;
      if (inside && modules.get(row, column)) pixels[y * size + x] = 0;
    }
  }
  return { size, pixels };
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** A grey PNG of any size; rows that `data` does not have are missing. */
function png(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngOf(text: string): Buffer {
  const { size, pixels } = drawn(text);
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(y * size, (y + 1) * size)]),
  );
  return png(size, size, Buffer.concat(rows));
}

function bmp(size: number, isBlack: (x: number, y: number) => boolean): Buffer {
  const bytes = Buffer.alloc(54 + size * size * 4, 255);
  bytes.fill(0, 0, 54);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(size, 18);
  bytes.writeInt32LE(-size, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(32, 28);
  for (let at = 0; at < size * size; at++) {
    if (isBlack(at % size, Math.floor(at / size))) bytes.writeUInt32LE(0xff000000, 54 + at * 4);
  }
  return bytes;
}

function bmpOf(text: string): Buffer {
  const { size, pixels } = drawn(text);
  return bmp(size, (x, y) => pixels[y * size + x] === 0);
}

/** Nothing but the corner marks of QR codes, which a decoder tries to combine. */
function corners(size: number): Buffer {
  const isRing = (at: number): boolean => at === 0 || at === 6;
  const isCore = (at: number): boolean => at >= 2 && at <= 4;
  return bmp(size, (x, y) => {
    const [column, row] = [x % 8, y % 8];
    return column < 7 && row < 7 && (isRing(column) || isRing(row) || (isCore(column) && isCore(row)));
  });
}

const picture = (bytes: Buffer, type = 'image/png'): string[] => [
  `Content-Type: ${type}`,
  'Content-Disposition: attachment; filename=a.png',
  'Content-Transfer-Encoding: base64',
  '',
  base64(bytes),
];

const attached = (...pictures: Buffer[]): Content =>
  contentOf(message(...multipart('mixed', 'm', ...pictures.map((one) => picture(one)))));

async function read(content: Content, limits: Partial<ContentLimits> = {}, clock?: () => number) {
  const found = await withQrCodes(content, {
    limits: { ...contentLimits, ...limits },
    ...(clock === undefined ? {} : { clock }),
  });
  return { urls: found.urls.map(({ location, url }) => `${location} ${url}`), defects: found.defects };
}

const found = { urls: ['QRCode https://qr.example/a'], defects: [] };

/** Prints what would be fetched, by a program or its threads, and refuses it. */
const watch = [
  'import { writeSync } from "node:fs";',
  'globalThis.fetch = async (url) => { writeSync(1, "fetch " + url); throw new Error("refused"); };',
];

/** What a program prints with the fetches that it attempts. */
function printedBy(...lines: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-'));
  const path = join(folder, 'program.mjs');
  writeFileSync(path, lines.join('\n'));
  const preload = `--import=data:text/javascript,${encodeURIComponent(watch.join('\n'))}`;
  const { stdout } = spawnSync(process.execPath, [preload, path], { encoding: 'utf8', timeout: 20_000 });
  rmSync(folder, { recursive: true });
  return stdout;
}

test('QR codes: nothing is fetched, though the decoder would by itself', () => {
  const picture = `const picture = Buffer.from("${pngOf('https://qr.example/a').toString('base64')}", "base64");`;
  const reader = new URL('../../../src/mail/content/qr-reader.ts', import.meta.url).href;
  const ours = printedBy(
    `import { readQrCodes } from "${reader}";`,
    picture,
    'console.log(JSON.stringify(await readQrCodes(picture, 10_000)));',
  );
  assert.equal(ours, '{"texts":["https://qr.example/a"]}\n');
  const alone = printedBy(
    `import { readBarcodes } from "${import.meta.resolve('zxing-wasm/reader')}";`,
    picture,
    'await readBarcodes(new Uint8Array(picture)).catch(() => {});',
  );
  assert.match(alone, /^fetch https:/);
});

const places: readonly (readonly [name: string, lines: string[]])[] = [
  ['PNG attached', multipart('mixed', 'm', picture(pngOf('https://qr.example/a')))],
  [
    'a PNG that says it is something else',
    multipart('mixed', 'm', picture(pngOf('https://qr.example/a'), 'application/pdf')),
  ],
  ['BMP', multipart('mixed', 'm', picture(bmpOf('https://qr.example/a'), 'image/bmp'))],
  [
    'of the body',
    multipart(
      'related',
      'm',
      ['Content-Type: text/html', '', '<img src="cid:a@b">'],
      ['Content-ID: <a@b>', ...picture(pngOf('https://qr.example/a'))],
    ),
  ],
  [
    'in a data: URL',
    [
      'Content-Type: text/html',
      '',
      `<img src="data:image/png;base64,${pngOf('https://qr.example/a').toString('base64')}">`,
    ],
  ],
  [
    'in a message inside',
    multipart('mixed', 'o', [
      'Content-Type: message/rfc822',
      '',
      ...multipart('mixed', 'm', picture(pngOf('https://qr.example/a'))),
    ]),
  ],
  ['in text', multipart('mixed', 'm', picture(pngOf('scan: https://qr.example/a now')))],
];

for (const [name, lines] of places) {
  test(`QR codes: ${name}`, async () => assert.deepEqual(await read(contentOf(message(...lines))), found));
}

test('QR codes: a GIF without a code', async () => {
  const gif = Buffer.from(
    `GIF89a\x40\0\x40\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x40\0\x40\0\0\x02\x02\x44\x01\0;`,
    'latin1',
  );
  assert.deepEqual((await read(attached(gif))).urls, []);
});

test('QR codes: a picture that keeps the decoder busy is given up, the next message is read', async () => {
  const start = performance.now();
  assert.deepEqual(await read(attached(corners(1200)), { imageTime: 300 }), {
    urls: [],
    defects: ['image time used up'],
  });
  const took = performance.now() - start;
  assert.ok(isWithin(took, 1500));
  assert.deepEqual(await read(attached(pngOf('https://qr.example/a'))), found);
});

test('QR codes: a rewritten link begins a chain of its own', async () => {
  const outer = (host: string): string => `https://www.google.com/url?q=https://${host}/`;
  const lines = multipart(
    'mixed',
    'm',
    ['Content-Type: text/plain', '', outer('a.example')],
    picture(pngOf(outer('b.example'))),
  );
  const { urls } = await withQrCodes(contentOf(message(...lines)));
  assert.deepEqual(
    urls.map(({ location, chain }) => [location, chain?.id, chain?.position]),
    [
      ['Body', 1, 0],
      ['Body', 1, 1],
      ['QRCode', 2, 0],
      ['QRCode', 2, 1],
    ],
  );
});

test('QR codes: what is no link is no URL', async () => {
  assert.deepEqual(await read(attached(pngOf('WIFI:S:net;P:secret;;'))), { urls: [], defects: [] });
  assert.deepEqual(await read(attached(pngOf('mailto:a@example.com'))), { urls: [], defects: [] });
});

test('QR codes: a message without pictures comes back as it is', async () => {
  const content = contentOf(message('Subject: x', '', 'y'));
  assert.equal(await withQrCodes(content), content);
});

test('QR codes: a picture of 50,000 x 50,000 pixels never reaches the decoder', async () => {
  const before = process.memoryUsage().rss;
  assert.deepEqual(await inTime(500, () => read(attached(png(50_000, 50_000, Buffer.alloc(1000))))), {
    urls: [],
    defects: ['image too large'],
  });
  assert.ok(process.memoryUsage().rss - before < 100e6);
});

test('QR codes: limits are named, and what was found stays', async () => {
  const good = pngOf('https://qr.example/a');
  assert.deepEqual(await read(attached(good, good), { imageBytes: 10 }), { urls: [], defects: ['image too large'] });
  const eleven = attached(...Array.from({ length: 11 }, () => good));
  assert.deepEqual(await read(eleven), { ...found, defects: ['too many images'] });
  let time = 0;
  const slow = (): number => (time += 1000);
  assert.deepEqual(await read(attached(good, good, good), {}, slow), { ...found, defects: ['image time used up'] });
});

test('QR codes: a broken picture is named, the next is read', async () => {
  const good = pngOf('https://qr.example/a');
  const broken = Buffer.concat([good.subarray(0, 60), Buffer.alloc(200, 0xff)]);
  assert.deepEqual(await read(attached(broken, good)), { ...found, defects: ['image cannot be read'] });
});

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const sizes: readonly (readonly [name: string, bytes: Buffer, size: readonly [number, number] | undefined])[] = [
  ['PNG', png(640, 480, Buffer.alloc(1)), [640, 480]],
  ['GIF', latin1(`GIF89a\x80\x02\xe0\x01${'\0'.repeat(20)}`), [640, 480]],
  [
    'JPEG behind other segments',
    latin1(`\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x11\x08\x01\xe0\x02\x80${'\0'.repeat(20)}`),
    [640, 480],
  ],
  [
    'JPEG whose tables look like frames',
    latin1(`\xff\xd8\xff\xc4\0\x04ab\xff\xc0\0\x11\x08\x01\xe0\x02\x80${'\0'.repeat(20)}`),
    [640, 480],
  ],
  ['JPEG that never says', latin1(`\xff\xd8${'\xff'.repeat(40)}`), undefined],
  ['JPEG with a segment of no length', latin1(`\xff\xd8\xff\xe0\0\0${'\0'.repeat(40)}`), undefined],
  ['BMP upside down', bmpOf('x').fill(0, 26), [116, 116]],
  ['too short', latin1('\x89PNG\r\n\x1a\n'), undefined],
  ['no picture', latin1('x'.repeat(100)), undefined],
];

for (const [name, bytes, size] of sizes) {
  test(`picture size: ${name}`, () => {
    const found = imageSizeOf(bytes);
    assert.deepEqual(found && [found.width, found.height], size);
  });
}

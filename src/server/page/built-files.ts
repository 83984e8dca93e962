import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How bytes are sent. */
export type Encoding = 'br' | 'gzip' | 'identity';

/** A file of the workbench, ready to be sent. */
export interface Packed {
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  readonly type: string;
  /** Differs where the bytes do. */
  readonly etag: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};

/** These are packed already, or smaller than their packing. */
const unpackable = new Set(['.png', '.woff2']);
const WORTH_PACKING = 1_024;

const packings: Readonly<Record<Exclude<Encoding, 'identity'>, (bytes: Buffer) => Promise<Buffer>>> = {
  // Quality 5 packs 5 MB of script in 0.1 s; 11, the default, takes ten.
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
};

/**
 * The files of a built workbench. Only what is there when the folder is read is ever sent, by its name: no path of a
 * request is opened. A new build is noticed by its `index.html`. Each packing is made once, when it is first asked for.
 */
export class BuiltFiles {
  readonly #folder: string;
  #build = '';
  #paths: ReadonlyMap<string, string> = new Map();
  #packed = new Map<string, Promise<Packed>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * A file by its name in the folder (`assets/index-1a2b.js`), packed in the best of the ways that are accepted; undefined
   * where there is none of that name.
   */
  async file(name: string, accepted: readonly Encoding[]): Promise<Packed | undefined> {
    await this.#notice();
    const path = this.#paths.get(name);
    if (path === undefined) return undefined;
    const encoding = unpackable.has(extname(name)) ? 'identity' : (accepted[0] ?? 'identity');
    const key = `${encoding} ${name}`;
    const packed = this.#packed.get(key) ?? pack(path, encoding);
    this.#packed.set(key, packed);
    // A file that cannot be read now may be readable the next time.
    packed.catch(() => this.#packed.delete(key));
    return packed;
  }

  async #notice(): Promise<void> {
    const index = await stat(join(this.#folder, 'index.html')).catch(() => undefined);
    const build = index ? `${index.ino} ${index.mtimeMs} ${index.size}` : '';
    if (build === this.#build) return;
    const paths = build === '' ? [] : await filesBelow(this.#folder);
    this.#paths = new Map(paths.map((path) => [relative(this.#folder, path).replaceAll(sep, '/'), path]));
    this.#packed = new Map();
    this.#build = build;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

async function pack(path: string, wanted: Encoding): Promise<Packed> {
  const plain = await readFile(path);
  const encoding = plain.length < WORTH_PACKING ? 'identity' : wanted;
  const bytes = encoding === 'identity' ? plain : await packings[encoding](plain);
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { bytes, encoding, type: types[extname(path)] ?? 'application/octet-stream', etag: `"${hash}-${encoding}"` };
}

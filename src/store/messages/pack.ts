import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ID_LIMIT } from './message-box.ts';
import { type Entry, PackIndex } from './pack-index.ts';
import { type Scan, scanPack } from './pack-scan.ts';
import { HEAD, PACK_HEAD, type RecordHead, readHead, saltOf } from './record.ts';

export const PACK = '.pack';
const INDEX = '.index';

/** The file of a pack; its number is all that its name says. */
export const packName = (number: number): string => `${String(number).padStart(7, '0')}${PACK}`;
export const indexPath = (packPath: string): string => packPath.slice(0, -PACK.length) + INDEX;

/** A file of the box. */
export interface PackFile {
  readonly number: number;
  readonly path: string;
  readonly salt: number;
  /** Bytes that hold records. */
  readonly size: number;
}

/** A file of the box, and where its messages are. */
export interface Pack extends PackFile {
  readonly count: number;
  /** When its newest message was kept; undefined while more may come. */
  readonly newest: number | undefined;
  /** Offsets of records that may be the id's, newest first. */
  find(id: string, key: Buffer): readonly number[];
}

/** A pack that nothing is added to. */
export function fullPack({ number, path, salt, size }: PackFile, index: PackIndex): Pack {
  const { count, newest } = index;
  return { number, path, salt, size, count, newest, find: (_, key) => index.find(key) };
}

/** The pack that messages are added to. */
export class OpenPack implements Pack {
  readonly number: number;
  readonly path: string;
  readonly salt: number;
  readonly newest = undefined;
  size: number;
  count = 0;
  readonly #places = new Map<string, readonly number[]>();

  constructor(path: string, number: number, salt: number, { found, end }: Pick<Scan, 'found' | 'end'>) {
    this.path = path;
    this.number = number;
    this.salt = salt;
    this.size = end;
    for (const { id, offset } of found) this.#note(id, offset);
  }

  /** A pack without messages. */
  static empty(path: string, number: number, salt: number): OpenPack {
    return new OpenPack(path, number, salt, { found: [], end: PACK_HEAD });
  }

  /** A record was written at the end. */
  add(id: string, record: readonly Buffer[]): void {
    this.#note(id, this.size);
    this.size += record.reduce((sum, part) => sum + part.length, 0);
  }

  #note(id: string, offset: number): void {
    this.#places.set(id, [offset, ...(this.#places.get(id) ?? [])]);
    this.count++;
  }

  /** What an index is made of. */
  entries(): readonly Entry[] {
    return [...this.#places].flatMap(([id, offsets]) => offsets.map((offset) => ({ id, offset })));
  }

  find(id: string): readonly number[] {
    return this.#places.get(id) ?? [];
  }
}

/** A pack's bytes, salt and records; undefined where its first bytes are none of a pack. */
export interface ReadPack extends Scan {
  readonly bytes: Buffer;
  readonly salt: number;
}

/** Reads a whole pack. */
export async function readPack(path: string): Promise<ReadPack | undefined> {
  const bytes = await readFile(path);
  const salt = saltOf(bytes);
  return salt === undefined ? undefined : { bytes, salt, ...scanPack(bytes, salt) };
}

/** A pack that is full: its index as it was written, or made anew. */
export async function openFull(
  folder: string,
  number: number,
): Promise<{ readonly pack: Pack | undefined; readonly scan: ReadPack | undefined }> {
  const path = join(folder, packName(number));
  const [salt, { size }] = await Promise.all([readSalt(path), stat(path)]);
  if (salt === undefined) return { pack: undefined, scan: undefined };
  const known = await PackIndex.read(indexPath(path), { packBytes: size, salt });
  const file = { number, path, salt, size };
  if (known !== undefined) return { pack: fullPack(file, known), scan: undefined };
  const scan = (await readPack(path))!;
  const newest = scan.found.reduce((last, { keptAt }) => Math.max(last, keptAt), 0);
  const index = PackIndex.of(scan.found, { packBytes: size, salt, newest });
  await index.write(indexPath(path));
  return { pack: fullPack(file, index), scan };
}

async function readSalt(path: string): Promise<number | undefined> {
  const file = await open(path, 'r');
  try {
    return saltOf(await readAt(file, 0, PACK_HEAD));
  } finally {
    await file.close();
  }
}

/** Up to so many bytes of a file. */
export async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let end = 0;
  while (end < length) {
    const { bytesRead } = await file.read(bytes, end, length - end, offset + end);
    if (bytesRead === 0) break;
    end += bytesRead;
  }
  return bytes.subarray(0, end);
}

/** Enough for the head of a record, its id and most messages. */
const GUESS = 16 * 1024;

/** A record with what stands before its bytes. */
export interface RecordAt {
  readonly head: RecordHead;
  /** From its start. */
  readonly bytes: Buffer;
}

/** The record at an offset of a pack, alone in a buffer; undefined where no whole head stands there. */
export async function recordAt(
  file: FileHandle,
  { salt }: Pack,
  offset: number,
  headOnly = false,
): Promise<RecordAt | undefined> {
  const bytes = await readAt(file, offset, headOnly ? HEAD + ID_LIMIT : GUESS);
  const head = readHead(bytes, 0, salt);
  if (head === undefined) return undefined;
  if (headOnly || head.size <= bytes.length) return { head, bytes };
  return { head, bytes: await readAt(file, offset, head.size) };
}

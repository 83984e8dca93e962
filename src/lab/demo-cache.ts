import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { KeptMessage } from '../store/index.ts';
import type { DemoBatch } from './demo.ts';

/** A demo in a cache. */
export interface CacheEntry {
  /** Where demos are kept; made where it is not there. */
  readonly folder: string;
  /** Which demo: the id of its source. */
  readonly id: string;
}

/** Demos that a folder keeps, the last used ones. Each takes about 15 MB. */
const KEPT = 8;

/** What a demo that was cut off leaves behind is removed after so many milliseconds: nobody is at it any more. */
const CUT_OFF = 60 * 60 * 1000;

const compressed = promisify(gzip);
const expanded = promisify(gunzip);

/**
 * A demo that was made before, whole; undefined where there is none, or where its file is damaged, which is as good as
 * none: it will be written anew.
 */
export async function keptDemo(entry: CacheEntry): Promise<readonly DemoBatch[] | undefined> {
  const file = await fileOf(entry);
  try {
    const batches = batchesIn((await expanded(await readFile(file))).toString());
    await utimes(file, new Date(), new Date());
    return batches;
  } catch {
    return undefined;
  }
}

/**
 * Passes the batches of a demo on, and keeps them once the last one is through: a file is there whole or not at all. Where
 * it cannot be written `notice` is told, and the batches come all the same.
 */
export async function* whileKeeping(
  entry: CacheEntry,
  batches: AsyncIterable<DemoBatch>,
  notice: (text: string) => void,
): AsyncGenerator<DemoBatch> {
  const draft = new Draft(entry);
  let isWritten = true;
  const write = async (work: () => Promise<void>): Promise<void> => {
    if (!isWritten) return;
    await work().catch((error: Error) => {
      isWritten = false;
      notice(`the demo is not kept for another time: ${error.message}`);
    });
  };
  try {
    await write(() => draft.begin());
    for await (const batch of batches) {
      await write(() => draft.add(batch));
      yield batch;
    }
    await write(() => draft.finish());
    await write(() => removeOld(entry.folder));
  } finally {
    await draft.drop();
  }
}

/** A file of the cache while it is written. */
class Draft {
  readonly #entry: CacheEntry;
  readonly #path: string;
  #file: FileHandle | undefined;
  #batches = 0;

  constructor(entry: CacheEntry) {
    this.#entry = entry;
    this.#path = join(entry.folder, `${PREFIX}${randomUUID()}${DRAFT}`);
  }

  async begin(): Promise<void> {
    await mkdir(this.#entry.folder, { recursive: true });
    this.#file = await open(this.#path, 'wx', 0o600);
  }

  async add({ rows, messages = [], ...head }: DemoBatch): Promise<void> {
    const kept = messages.map(({ id, bytes }) => JSON.stringify([id, Buffer.from(bytes).toString('latin1')]));
    await this.#write([JSON.stringify({ ...head, count: rows.length, kept: kept.length }), ...rows, ...kept]);
    this.#batches += 1;
  }

  async finish(): Promise<void> {
    await this.#write([JSON.stringify({ end: this.#batches })]);
    await this.#file!.sync();
    await rename(this.#path, await fileOf(this.#entry));
    await this.#file!.close();
    this.#file = undefined;
  }

  /** Removes what was not finished. */
  async drop(): Promise<void> {
    if (this.#file === undefined) return;
    await this.#file.close();
    await rm(this.#path, { force: true });
  }

  async #write(lines: readonly string[]): Promise<void> {
    await this.#file!.write(await compressed(`${lines.join('\n')}\n`, { level: 1 }));
  }
}

/** Reads what a draft wrote: a line about each batch, then its rows and messages, a line each; the last line says how many there are. */
function batchesIn(text: string): DemoBatch[] {
  const lines = text.split('\n');
  const batches: DemoBatch[] = [];
  for (let at = 0; ; ) {
    const { count, kept, end, ...head } = JSON.parse(lines[at]!) as Head;
    if (end !== undefined) {
      if (end !== batches.length) throw new Error(`${batches.length} batches where ${end} were written`);
      return batches;
    }
    const rows = lines.slice(at + 1, at + 1 + count);
    const messages = lines.slice(at + 1 + count, at + 1 + count + kept).map(messageIn);
    batches.push({ ...head, rows, ...(kept > 0 && { messages }) });
    at += 1 + count + kept;
  }
}

/** The line about a batch, or the last one, which has an end. */
interface Head extends Omit<DemoBatch, 'rows' | 'messages'> {
  readonly count: number;
  readonly kept: number;
  readonly end?: number;
}

function messageIn(line: string): KeptMessage {
  const [id, bytes] = JSON.parse(line) as [string, string];
  return { id, bytes: Buffer.from(bytes, 'latin1') };
}

const PREFIX = 'demo-';
const KEPT_FILE = '.gz';
const DRAFT = '.draft';

/** The name tells which demo it is and the code that made it: what other code made is never found. */
async function fileOf({ folder, id }: CacheEntry): Promise<string> {
  fingerprint ??= fingerprintOfCode();
  const name = createHash('sha256')
    .update(`${await fingerprint} ${id}`)
    .digest('hex')
    .slice(0, 32);
  return join(folder, `${PREFIX}${name}${KEPT_FILE}`);
}

let fingerprint: Promise<string> | undefined;

/** The rooms that a demo is made in. */
const rooms = ['lab', 'mail', 'ingest/mail', 'values'];

/** Of all that decides what a demo looks like: the code, the versions of the packages that it uses, and Node.js. */
async function fingerprintOfCode(): Promise<string> {
  const code = fileURLToPath(new URL('..', import.meta.url));
  const hash = createHash('sha256').update(process.version);
  hash.update(await readFile(join(code, '..', 'package.json')));
  for (const room of rooms) {
    for (const name of (await readdir(join(code, room), { recursive: true })).toSorted()) {
      const path = join(code, room, name);
      if (/\.[jt]s$/.test(name)) hash.update(`\n${room}/${name}\n`).update(await readFile(path));
    }
  }
  return hash.digest('hex');
}

/** Leaves the demos that were used last, and drafts that somebody may be at. */
async function removeOld(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(PREFIX));
  const files = await Promise.all(
    // Another process may have removed it in between.
    names.map(async (name) => ({ name, used: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const newestFirst = files.filter(({ name }) => name.endsWith(KEPT_FILE)).toSorted((a, b) => b.used - a.used);
  const abandoned = files.filter(({ name, used }) => name.endsWith(DRAFT) && used < Date.now() - CUT_OFF);
  for (const { name } of [...newestFirst.slice(KEPT), ...abandoned]) await rm(join(folder, name), { force: true });
}

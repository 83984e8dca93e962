import { type FileHandle, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';

/** A file that the journal writes; a parameter so that a test can let the disk be full. */
export type OpenFile = (path: string) => Promise<Pick<FileHandle, 'writev' | 'datasync' | 'truncate' | 'close'>>;

interface Segment {
  readonly path: string;
  /** The greatest sequence in it. */
  last: number;
}

/** What is appended: the frame without its number, which it gets when it is written. */
export type Draft = Omit<Frame, 'sequence'>;

interface Waiting {
  readonly draft: Draft;
  readonly resolve: (frame: Frame) => void;
  readonly reject: (error: unknown) => void;
}

/** Bytes after which a new segment is begun. */
const SEGMENT = 64 * 1024 * 1024;
const SUFFIX = '.journal';

const segmentPath = (folder: string, number: number): string =>
  join(folder, `${String(number).padStart(8, '0')}${SUFFIX}`);

const openNew: OpenFile = (path) => open(path, 'ax');

/** Makes names that were created, renamed or removed in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a journal held when it was opened. */
export interface Recovered {
  /** Batches that were acknowledged (or about to be), in order. */
  readonly frames: readonly Frame[];
  /** STORE0002 where the journal is damaged. */
  readonly damage: MailhuntError | undefined;
  /** Files that hold damage or come after it, to be kept aside once `frames` are applied. */
  readonly aside: readonly string[];
}

/**
 * The append-only journal of a store: a folder of segments `NNNNNNNN.journal`, each a line of frames. An append that
 * resolved is on the disk. Appends that wait at the same time share one sync.
 */
export class Journal {
  readonly #folder: string;
  readonly #openFile: OpenFile;
  readonly #full: Segment[] = [];
  #current: (Segment & { readonly file: Awaited<ReturnType<OpenFile>>; size: number }) | undefined;
  #number = 0;
  /** The sequence of the last frame on the disk. */
  #sequence = 0;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  constructor(folder: string, openFile: OpenFile = openNew) {
    this.#folder = folder;
    this.#openFile = openFile;
  }

  /**
   * Reads what is there, frames up to `applied` left out. A torn end is cut off silently: it was never acknowledged.
   * At damage the reading stops: going on behind it would lose rows unnoticed, whereas now their source is read again.
   */
  async recover(applied: number): Promise<Recovered> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(SUFFIX)).sort();
    const frames: Frame[] = [];
    let expected: number | undefined;
    this.#sequence = applied;
    for (const [index, name] of names.entries()) {
      const path = join(this.#folder, name);
      this.#number = Math.max(this.#number, Number.parseInt(name, 10));
      const bytes = await readFile(path);
      const segment = { path, last: 0 };
      this.#full.push(segment);
      for (let offset = 0; ; ) {
        const found = decodeFrame(bytes, offset);
        if (found.kind === 'end' || (found.kind === 'torn' && index === names.length - 1)) break;
        const gap = found.kind === 'frame' && found.frame.sequence !== (expected ?? found.frame.sequence);
        const missing = found.kind === 'frame' && expected === undefined && found.frame.sequence > applied + 1;
        if (found.kind !== 'frame' || gap || missing) {
          const text =
            found.kind === 'damaged'
              ? found.text
              : found.kind === 'torn'
                ? 'it ends within a frame'
                : 'frames are missing';
          const aside = names.slice(index).map((later) => join(this.#folder, later));
          this.#full.pop();
          this.#number = Number.parseInt(names.at(-1) ?? '0', 10);
          return { frames, damage: new MailhuntError('STORE0002', { path, offset, text }), aside };
        }
        expected = found.frame.sequence + 1;
        segment.last = found.frame.sequence;
        if (found.frame.sequence > applied) frames.push(found.frame);
        this.#sequence = Math.max(applied, found.frame.sequence);
        offset = found.end;
      }
    }
    return { frames, damage: undefined, aside: [] };
  }

  /** Renames files to `….damaged`, so that they are kept for a look and not read again. */
  async setAside(files: readonly string[]): Promise<void> {
    for (const file of files) await rename(file, `${file}.damaged`);
    if (files.length > 0) await syncFolder(this.#folder);
  }

  /**
   * Resolves with the numbered frame once it is on the disk. Rejects with STORE0003 when the disk is full: nothing is
   * kept of it then, and its number goes to the next frame.
   */
  append(draft: Draft): Promise<Frame> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ draft, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        const frames = await this.#writeGroup(group.map(({ draft }) => draft));
        for (const [index, { resolve }] of group.entries()) resolve(frames[index]!);
      } catch (cause) {
        const error = isDiskFull(cause) ? new MailhuntError('STORE0003', { path: this.#folder }, { cause }) : cause;
        for (const { reject } of group) reject(error);
      }
    }
    this.#writing = undefined;
  }

  async #writeGroup(drafts: readonly Draft[]): Promise<readonly Frame[]> {
    this.#current ??= await this.#begin();
    const current = this.#current;
    const frames = drafts.map((draft, index) => ({ sequence: this.#sequence + 1 + index, ...draft }));
    const parts = frames.flatMap(encodeFrame);
    try {
      await writeAll(current.file, parts);
      await current.file.datasync();
    } catch (error) {
      await current.file.truncate(current.size);
      throw error;
    }
    current.size += parts.reduce((sum, part) => sum + part.length, 0);
    current.last = frames.at(-1)!.sequence;
    this.#sequence = current.last;
    if (current.size >= SEGMENT) await this.#end();
    return frames;
  }

  async #begin() {
    this.#number++;
    const path = segmentPath(this.#folder, this.#number);
    const file = await this.#openFile(path);
    await syncFolder(this.#folder);
    return { path, file, size: 0, last: 0 };
  }

  async #end(): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    this.#full.push({ path: current.path, last: current.last });
    await current.file.close();
  }

  /** Ends the segment that is written, so that `release` can delete it. */
  async rotate(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    await this.#end();
  }

  /** Deletes the segments whose frames are all in the tables. */
  async release(applied: number): Promise<void> {
    for (const segment of this.#full.filter(({ last }) => last <= applied)) {
      this.#full.splice(this.#full.indexOf(segment), 1);
      await unlink(segment.path);
    }
  }

  /** Waits for the appends under way and closes the segment being written. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#end();
  }
}

/** One call of `writev` takes 1024 parts at most. */
const PARTS = 900;

/** Writes all parts, one after the other: `writev` may write less than it was given. */
export async function writeAll(file: Pick<FileHandle, 'writev'>, parts: readonly Buffer[]): Promise<void> {
  for (let start = 0; start < parts.length; start += PARTS) {
    let left = parts.slice(start, start + PARTS);
    while (left.length > 0) {
      let { bytesWritten } = await file.writev(left);
      while (left.length > 0 && bytesWritten >= left[0]!.length) bytesWritten -= left.shift()!.length;
      if (left.length > 0) left = [left[0]!.subarray(bytesWritten), ...left.slice(1)];
    }
  }
}

/** Whether an error, Node's or DuckDB's, says that the disk is full. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error &&
  ((error as NodeJS.ErrnoException).code === 'ENOSPC' || /No space left on device/.test(error.message));

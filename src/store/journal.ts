import { type FileHandle, open, readdir, readFile, rename, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import { decodeFrame, encodeFrame, type Frame, type FrameHeader } from './frame.ts';

/** A file that the journal writes; a parameter so that a test can let the disk be full. */
export type OpenFile = (path: string) => Promise<Pick<FileHandle, 'writev' | 'datasync' | 'truncate' | 'close'>>;

interface Segment {
  readonly path: string;
  /** The greatest sequence in it. */
  last: number;
  /** Bytes of whole frames. */
  size: number;
}

/** What is appended: the frame without its number, which it gets when it is written. */
export type Draft<H = FrameHeader> = Omit<Frame<H>, 'sequence'>;

interface Waiting<H> {
  readonly draft: Draft<H>;
  readonly resolve: (frame: Frame<H>) => void;
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
export interface Recovered<H = FrameHeader> {
  /** Batches that were acknowledged (or about to be), in order. */
  readonly frames: readonly Frame<H>[];
  /** STORE0002 where the journal is damaged. */
  readonly damage: MailhuntError | undefined;
  /** Files that hold damage or come after it, to be kept aside once `frames` are applied. */
  readonly aside: readonly string[];
}

/** How a journal is opened, where it is not the store's. */
export interface JournalOptions {
  readonly openFile?: OpenFile | undefined;
  /** Bytes after which a new segment is begun. */
  readonly segmentBytes?: number;
}

/**
 * The append-only journal of a store, or of a gate: a folder of segments `NNNNNNNN.journal`, each a line of frames. An
 * append that resolved is on the disk. Appends that wait at the same time share one sync.
 */
export class Journal<H = FrameHeader> {
  readonly #folder: string;
  readonly #openFile: OpenFile;
  readonly #segmentBytes: number;
  readonly #full: Segment[] = [];
  #current: (Segment & { readonly file: Awaited<ReturnType<OpenFile>> }) | undefined;
  #number = 0;
  #sequence = 0;
  #gone = 0;
  #waiting: Waiting<H>[] = [];
  #writing: Promise<void> | undefined;

  constructor(folder: string, { openFile = openNew, segmentBytes = SEGMENT }: JournalOptions = {}) {
    this.#folder = folder;
    this.#openFile = openFile;
    this.#segmentBytes = segmentBytes;
  }

  /** The sequence of the last frame on the disk. */
  get sequence(): number {
    return this.#sequence;
  }

  /** The greatest sequence of which it is sure that it is not on the disk any more. */
  get gone(): number {
    return this.#gone;
  }

  /** Bytes of all that was not released. */
  get size(): number {
    return this.#segments.reduce((sum, { size }) => sum + size, 0);
  }

  get #segments(): readonly Segment[] {
    return this.#current === undefined ? this.#full : [...this.#full, this.#current];
  }

  /**
   * Reads what is there, frames up to `applied` left out. A torn end is cut off silently: it was never acknowledged.
   * At damage the reading stops: going on behind it would lose rows unnoticed, whereas now their source is read again.
   *
   * @param applied undefined where nobody knows: then the first frame that is there is the first
   * @param hold false where {@link read} is to give the frames later, for a journal larger than memory
   */
  async recover(applied: number | undefined, hold = true): Promise<Recovered<H>> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(SUFFIX)).sort();
    const frames: Frame<H>[] = [];
    let expected: number | undefined;
    this.#sequence = applied ?? 0;
    for (const [index, name] of names.entries()) {
      const path = join(this.#folder, name);
      this.#number = Math.max(this.#number, Number.parseInt(name, 10));
      const bytes = await readFile(path);
      const segment = { path, last: 0, size: 0 };
      this.#full.push(segment);
      for (let offset = 0; ; ) {
        const found = decodeFrame<H>(bytes, offset);
        if (found.kind === 'end') break;
        if (found.kind === 'torn' && index === names.length - 1) {
          // It will not be the last segment for ever.
          await truncate(path, offset);
          break;
        }
        const gap = found.kind === 'frame' && found.frame.sequence !== (expected ?? found.frame.sequence);
        const missing =
          found.kind === 'frame' &&
          expected === undefined &&
          found.frame.sequence > (applied ?? Number.POSITIVE_INFINITY) + 1;
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
        if (expected === undefined) this.#gone = found.frame.sequence - 1;
        expected = found.frame.sequence + 1;
        segment.last = found.frame.sequence;
        if (hold && found.frame.sequence > (applied ?? 0)) frames.push(found.frame);
        this.#sequence = Math.max(applied ?? 0, found.frame.sequence);
        offset = found.end;
        segment.size = offset;
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
  append(draft: Draft<H>): Promise<Frame<H>> {
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

  async #writeGroup(drafts: readonly Draft<H>[]): Promise<readonly Frame<H>[]> {
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
    if (current.size >= this.#segmentBytes) await this.#end();
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
    this.#full.push({ path: current.path, last: current.last, size: current.size });
    await current.file.close();
  }

  /**
   * The frames behind a sequence that are on the disk, a segment in memory at a time.
   *
   * @example for await (const { header, rows } of journal.read(drained)) …
   */
  async *read(after: number): AsyncGenerator<Frame<H>> {
    for (const { path, last, size } of this.#segments.map((segment) => ({ ...segment }))) {
      if (last <= after) continue;
      const bytes = (await readFile(path)).subarray(0, size);
      for (let offset = 0; offset < size; ) {
        const found = decodeFrame<H>(bytes, offset);
        if (found.kind !== 'frame') throw new MailhuntError('STORE0002', { path, offset, text: 'it cannot be read' });
        if (found.frame.sequence > after) yield found.frame;
        offset = found.end;
      }
    }
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
      this.#gone = Math.max(this.#gone, segment.last);
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

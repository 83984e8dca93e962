import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PIECE = Buffer.alloc(1 << 20);

/** A file system of its own, so small that a file fills it. */
export class SmallDisk implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Mounts one; a word why not where this may not be done (it takes root, on Linux). */
  static async mount(path: string, bytes: number): Promise<SmallDisk | string> {
    await mkdir(path, { recursive: true });
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'mailhunt-small-disk', path]);
      return new SmallDisk(path);
    } catch (error) {
      return `no small disk can be mounted: ${error instanceof Error ? error.message.split('\n')[1] : error}`;
    }
  }

  /** Not a byte is left. */
  async fill(): Promise<void> {
    const file = await open(this.#filler, 'a');
    try {
      for (;;) await file.write(PIECE);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  async empty(): Promise<void> {
    await rm(this.#filler, { force: true });
  }

  get #filler(): string {
    return join(this.path, 'filler');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await run('umount', [this.path]);
  }
}

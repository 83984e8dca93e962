import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** A file as it was read. */
export interface PlainFile {
  /** Bytes that it has. */
  readonly size: number;
  /** Undefined where it has more than may be read. */
  readonly bytes: Buffer | undefined;
}

/**
 * Reads a file of at most so many bytes. Folders from others may have pipes and devices in them: opening one must not
 * wait for a writer, and reading one might never end.
 *
 * @throws Error of the system, or where it is no plain file
 * @example (await readPlainFile('hunt.kql', 1024)).bytes?.toString()
 */
export async function readPlainFile(path: string, most: number): Promise<PlainFile> {
  await using handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const about = await handle.stat();
  if (about.isDirectory()) throw new Error('it is a folder');
  if (!about.isFile()) throw new Error('it is no plain file but a pipe, a socket or a device');
  if (about.size > most) return { size: about.size, bytes: undefined };
  return { size: about.size, bytes: await handle.readFile() };
}

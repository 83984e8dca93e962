import { open, rm } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import { isDiskFull, writeAll } from '../journal.ts';

/** What is rewritten, or not there any more, is no error to who reads. */
export const ifGone = (error: NodeJS.ErrnoException): undefined => ifMissing(error, undefined);

/** Something else where a file is missing; other errors stay errors. */
export function ifMissing<T>(error: NodeJS.ErrnoException, instead: T): T {
  if (error.code === 'ENOENT') return instead;
  throw error;
}

/** Writes a file whole and syncs it, or leaves none. Throws STORE0003. */
export async function writeDraft(path: string, parts: readonly Buffer[]): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await writeAll(file, parts);
    await file.sync();
  } catch (cause) {
    await rm(path, { force: true });
    throw isDiskFull(cause) ? new MailhuntError('STORE0003', { path }, { cause }) : cause;
  } finally {
    await file.close();
  }
}

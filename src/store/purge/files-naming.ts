import { open, readdir, unlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Read at a time; what begins in one piece and ends in the next is seen in both. */
const PIECE = 1024 * 1024;
const OVERLAP = 4096;

/** What was set aside for a look: a purge removes whole files of it. */
const isAside = (path: string): boolean => /^(?:rejects\/.+|journal\/.+\.damaged)$/.test(path);

/**
 * What a purge cleans in other ways. The database's own file must not even be opened: closing it again would give up the
 * lock that this process holds on it (POSIX, fcntl).
 */
const isCleanedElsewhere = (path: string): boolean =>
  /^(?:mailhunt\.duckdb.*|messages\/.*|journal\/.*\.journal|tmp\/.*)$/.test(path);

/** Files of a store's folder that name somebody, by their path in it: those set aside, or the others. */
export async function filesNaming(
  folder: string,
  names: RegExp,
  which: 'aside' | 'others',
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of await filesIn(folder)) {
    if (isCleanedElsewhere(path) || isAside(path) !== (which === 'aside')) continue;
    if (names.test(path) || (await holds(join(folder, path), names))) found.push(path);
  }
  return found;
}

/** Removes what was set aside and names somebody; returns how many files. */
export async function removeAside(folder: string, names: RegExp): Promise<number> {
  const found = await filesNaming(folder, names, 'aside');
  for (const path of found) await unlink(join(folder, path));
  return found.length;
}

/** Plain files below a folder, sorted, with slashes; links are not followed. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function holds(path: string, names: RegExp): Promise<boolean> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    // It has just been replaced by a newer one.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    const piece = Buffer.alloc(PIECE);
    for (let at = 0; ; at += PIECE - OVERLAP) {
      const { bytesRead } = await file.read(piece, 0, PIECE, at);
      if (names.test(piece.toString('latin1', 0, bytesRead))) return true;
      if (bytesRead < PIECE) return false;
    }
  } finally {
    await file.close();
  }
}

import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that was found, or a place where looking failed. */
export type Walked = { readonly path: string } | { readonly path: string; readonly failed: string };

/** Folders that hold no rules of their own. */
const passedBy = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/**
 * The files below a path, in the order of their names; hidden ones and those of node_modules left out. Links are
 * followed, but into no folder that is being looked through already.
 */
export async function* walk(path: string, signal?: AbortSignal, above: readonly string[] = []): AsyncGenerator<Walked> {
  signal?.throwIfAborted();
  let entries: Dirent[];
  try {
    if (!(await stat(path)).isDirectory()) {
      yield { path };
      return;
    }
    const real = await realpath(path);
    if (above.includes(real)) return;
    above = [...above, real];
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    yield { path, failed: (error as Error).message };
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))) {
    if (passedBy(entry.name)) continue;
    const below = join(path, entry.name);
    if (entry.isDirectory() || entry.isSymbolicLink()) yield* walk(below, signal, above);
    else if (entry.isFile()) yield { path: below };
  }
}

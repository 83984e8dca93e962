/**
 * The V8 start-up snapshot: the heap of a process that has loaded the program and its parser, so that a command need
 * not load them again. It belongs to one Node.js and to the code it was made of; where it does not fit it is not used.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the snapshot lies, below the package's folder. */
export const snapshotFile = (root) => join(cacheOf(root), 'mailhunt.blob');
/** What the snapshot was made of. */
export const stampFile = (root) => join(cacheOf(root), 'mailhunt.stamp');

const cacheOf = (root) =>
  existsSync(join(root, 'node_modules')) ? join(root, 'node_modules', '.cache') : join(root, '.cache');

/**
 * What a snapshot for this Node.js and this code is stamped with: names, sizes and times of the files, which costs a
 * few milliseconds where reading them would cost a hundred.
 */
export function stampOf(root, code, node) {
  const hash = createHash('sha256');
  const note = (file) => {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  };
  note(node);
  note(join(root, 'package.json'));
  for (const entry of readdirSync(code, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) note(join(entry.parentPath, entry.name));
  }
  return hash.digest('hex');
}

/** The snapshot's path where it fits, else undefined. */
export function freshSnapshot(root, code, node) {
  try {
    return readFileSync(stampFile(root), 'utf8') === stampOf(root, code, node) ? snapshotFile(root) : undefined;
  } catch {
    return undefined;
  }
}

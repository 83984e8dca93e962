import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';

/** Standard input. */
export const STDIN = '-';

const EXPORT = /\.(?:jsonl?|ndjson|csv|tsv|txt|log)(?:\.gz)?$/i;

/**
 * The files that the given paths stand for: of a folder those in it and below that look like exports, sorted by name.
 *
 * @example await filesOf(['exports', '-']) // ['exports/a.csv', 'exports/b/c.json.gz', '-']
 */
export async function filesOf(
  paths: readonly string[],
  onError: (path: string, error: MailhuntError) => void,
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of paths) {
    try {
      if (path === STDIN || !(await stat(path)).isDirectory()) files.push(path);
      else files.push(...(await filesBelow(path)));
    } catch (error) {
      onError(path, unreadable(path, error));
    }
  }
  return files;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && EXPORT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Why a file could not be read, in the words of the system. */
export const unreadable = (file: string, cause: unknown): MailhuntError =>
  new MailhuntError('INGEST0002', { file, text: cause instanceof Error ? cause.message : String(cause) }, { cause });

import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import { mayBeMail } from './mail/kind.ts';

/** Standard input. */
export const STDIN = '-';

const EXPORT = /\.(?:jsonl?|ndjson|csv|tsv|txt|log)(?:\.gz)?$/i;

/**
 * The files that the given paths stand for: of a folder those in it and below that look like exports or mail, sorted by name.
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
      files.push(...(path === STDIN ? [path] : await filesAt(path)));
    } catch (error) {
      onError(path, unreadable(path, error));
    }
  }
  return files;
}

/** A pipe or a device might never end, nor open: those go through standard input. */
async function filesAt(path: string): Promise<readonly string[]> {
  const about = await stat(path);
  if (about.isDirectory()) return filesBelow(path);
  if (!about.isFile()) throw new Error('it is neither a file nor a folder; a pipe goes in through standard input (-)');
  return [path];
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !isUndelivered(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => EXPORT.test(path) || mayBeMail(path))
    .sort();
}

/** What a Maildir is still being given lies in its `tmp`. */
const isUndelivered = (folder: string): boolean => basename(folder) === 'tmp' && existsSync(join(folder, '..', 'cur'));

/** Why a file could not be read, in the words of the system. */
export const unreadable = (file: string, cause: unknown): MailhuntError =>
  new MailhuntError('INGEST0002', { file, text: cause instanceof Error ? cause.message : String(cause) }, { cause });

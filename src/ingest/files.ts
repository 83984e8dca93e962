import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import { mayBeForeign } from './mail/foreign.ts';
import { mayBeMail } from './mail/kind.ts';

/** Standard input. */
export const STDIN = '-';

/** A file to take in. */
export interface Candidate {
  readonly path: string;
  /** False for a file of a folder that has no ending: it is passed over where it turns out to be neither mail nor export. */
  readonly certain: boolean;
}

const EXPORT = /\.(?:jsonl?|ndjson|csv|tsv|txt|log)(?:\.gz)?$/i;

/**
 * The files that the given paths stand for: of a folder those in it and below that look like exports or mail, sorted by name.
 *
 * @example await filesOf(['exports', '-']) // [{ path: 'exports/a.csv', certain: true }, …, { path: '-', certain: true }]
 */
export async function filesOf(
  paths: readonly string[],
  onError: (path: string, error: MailhuntError) => void,
): Promise<readonly Candidate[]> {
  const files: Candidate[] = [];
  for (const path of paths) {
    try {
      files.push(...(path === STDIN ? [{ path, certain: true }] : await filesAt(path)));
    } catch (error) {
      onError(path, unreadable(path, error));
    }
  }
  return files;
}

/** A pipe or a device might never end, nor open: those go through standard input. */
async function filesAt(path: string): Promise<readonly Candidate[]> {
  const about = await stat(path);
  if (about.isDirectory()) return filesBelow(path);
  if (!about.isFile()) throw new Error('it is neither a file nor a folder; a pipe goes in through standard input (-)');
  return [{ path, certain: true }];
}

async function filesBelow(folder: string): Promise<readonly Candidate[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const maildirs = new Set(
    entries.filter((entry) => entry.name === 'cur' && entry.isDirectory()).map((entry) => entry.parentPath),
  );
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !isUndelivered(entry.parentPath))
    .filter((entry) => !(maildirs.has(entry.parentPath) && SERVERS_OWN.test(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => EXPORT.test(path) || mayBeMail(path) || mayBeForeign(path))
    .sort()
    .map((path) => ({ path, certain: /\.[A-Za-z0-9]{1,5}$/.test(path) }));
}

/** What mail servers keep in a Maildir beside the messages. */
const SERVERS_OWN = /^(?:dovecot|courier|maildir|subscriptions$)/;

/** What a Maildir is still being given lies in its `tmp`. */
const isUndelivered = (folder: string): boolean => basename(folder) === 'tmp' && existsSync(join(folder, '..', 'cur'));

/** Why a file could not be read, in the words of the system. */
export function unreadable(file: string, cause: unknown): MailhuntError {
  const words = cause instanceof Error ? cause.message : String(cause);
  // Names come as text: of other bytes than UTF-8 something else has become.
  const text = file.includes('\ufffd') ? `its name is not UTF-8, rename it (${words})` : words;
  return new MailhuntError('INGEST0002', { file: shownName(file), text }, { cause });
}

/** A source as messages name it. */
export const shownName = (file: string): string => (file === STDIN ? 'standard input' : file);

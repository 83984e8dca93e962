import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MailhuntError } from '../../errors/index.ts';
import { isDiskFull, syncFolder } from '../journal.ts';
import type { BackupReport, Entry } from './backup-format.ts';
import { receiveBackup, type Sink } from './receive-backup.ts';

/** Where a backup is unpacked to. */
export interface Unpacking {
  /** The folder, which must be missing or empty. */
  readonly target: string;
  /** The name of the backup in errors. */
  readonly source: string;
  /** Whether `backup.json` and `manifest.json` stay, so that the folder is a backup itself. */
  readonly keepWords: boolean;
}

/**
 * Unpacks a backup into a new folder. The folder gets its name once every file is there and has the checksum that the
 * manifest says; before that, and where anything is wrong, nothing stands under it.
 * Throws STORE0012 (damaged, cut off, hostile), STORE0013 (newer), STORE0014 (the folder is not empty), STORE0003.
 */
export async function unpackBackup(entries: AsyncIterable<Entry>, to: Unpacking): Promise<BackupReport> {
  const target = resolve(to.target);
  const before = await readdir(target).catch(() => undefined);
  if (before !== undefined && before.length > 0) throw new MailhuntError('STORE0014', { path: target });
  const draft = `${target}.draft-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  try {
    await mkdir(draft, { recursive: true, mode: 0o700 });
    const report = await receiveBackup(entries, to.source, fileSink(draft, to.keepWords));
    if (before !== undefined) await rmdir(target);
    await rename(draft, target);
    await syncFolder(dirname(target));
    return report;
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    throw isDiskFull(cause) ? new MailhuntError('STORE0003', { path: target }, { cause }) : cause;
  }
}

async function writeWords(path: string, words: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(words);
    await file.sync();
  } finally {
    await file.close();
  }
}

const fileSink = (draft: string, keepWords: boolean): Sink => ({
  words: async (path, bytes) => {
    if (keepWords) await writeWords(join(draft, path), bytes);
  },
  file: async (path, bytes) => {
    const to = join(draft, ...path.split('/'));
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await pipeline(bytes, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }));
  },
});

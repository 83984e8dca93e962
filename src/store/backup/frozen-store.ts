import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { MailhuntError } from '../../errors/index.ts';
import type { Applier } from '../applier.ts';
import { linkOrCopy } from '../messages/link-or-copy.ts';
import type { MessageBox } from '../messages/message-box.ts';
import { databaseFile } from '../owner.ts';
import { filesIn } from '../purge/files-naming.ts';
import { isSafePath } from './manifest-of.ts';

/** A file as a backup takes it: what stands behind its first `size` bytes came later. */
export interface FrozenPart {
  /** In the store's folder. */
  readonly path: string;
  /** Where its bytes are. */
  readonly from: string;
  readonly size: number;
}

/** A store at one moment: its database, messages, and whatever else its folder holds. */
export interface FrozenStore extends AsyncDisposable {
  readonly parts: readonly FrozenPart[];
}

/** Folders in which stores are frozen, removed when the backup has ended or the store is opened anew. */
const STAGE = 'backup-';

/** What is not part of a backup: what belongs to the running process, and what is frozen in another way. */
const isLeftOut = (path: string): boolean =>
  /^(?:mailhunt\.duckdb.*|messages\/.*|journal\/.*|tmp\/.*|owner\.json.*|backup-[^/]*\/.*)$/.test(path);

/**
 * Copies the database while nothing writes to it and takes hold of the files of messages; from then on the store may go
 * on as it likes. Everything appended before the call is in.
 */
export async function freeze(path: string, applier: Applier, messages: MessageBox): Promise<FrozenStore> {
  const stage = join(path, `${STAGE}${randomUUID()}`);
  const drop = () => rm(stage, { recursive: true, force: true });
  try {
    await mkdir(stage, { mode: 0o700 });
    await applier.drain();
    const database = await applier.exclusive(async (connection) => {
      await connection.run('CHECKPOINT');
      return copyDatabase(path, stage);
    });
    const packs = await messages.freezeInto(join(stage, 'messages'));
    const kept = packs.map(({ name, bytes }) => ({
      path: `messages/${name}`,
      from: join(stage, 'messages', name),
      size: bytes,
    }));
    const others: FrozenPart[] = [];
    for (const file of (await filesIn(path)).filter((one) => !isLeftOut(one))) {
      const held = await hold(join(path, file), join(stage, `other-${others.length}`));
      if (held !== undefined) others.push({ ...held, path: file });
    }
    return { parts: [...database, ...kept, ...others], [Symbol.asyncDispose]: drop };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** Removes what a backup that was killed has left. */
export async function removeStages(path: string): Promise<void> {
  for (const name of await readdir(path))
    if (name.startsWith(STAGE)) await rm(join(path, name), { recursive: true, force: true });
}

const part = async (path: string, from: string): Promise<FrozenPart> => ({ path, from, size: (await stat(from)).size });

/** Takes hold of a file, which may be replaced or grow from now on; undefined where it has just been removed. */
async function hold(from: string, to: string): Promise<Omit<FrozenPart, 'path'> | undefined> {
  if (!isSafePath(basename(from))) {
    const text = 'its name has characters that not every system takes; rename it';
    throw new MailhuntError('STORE0012', { path: from, text });
  }
  try {
    await linkOrCopy(from, to);
    return { from: to, size: (await stat(to)).size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function copyDatabase(path: string, stage: string): Promise<readonly FrozenPart[]> {
  const file = databaseFile(path);
  const names = ['mailhunt.duckdb', 'mailhunt.duckdb.wal'];
  const parts: FrozenPart[] = [];
  for (const [at, from] of [file, `${file}.wal`].entries()) {
    if (at > 0 && (await stat(from).catch(() => undefined)) === undefined) continue;
    await copyElsewhere(from, join(stage, names[at]!));
    parts.push(await part(names[at]!, join(stage, names[at]!)));
  }
  return parts;
}

/** Shares the blocks where the file system can. */
const COPY =
  "import { constants, copyFileSync } from 'node:fs'; copyFileSync(...process.argv.slice(1, 3), constants.COPYFILE_FICLONE)";

/**
 * Copies a file in another process: in this one, closing the copied file again would give up the lock that the engine holds
 * on it (POSIX, fcntl).
 */
async function copyElsewhere(from: string, to: string): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', COPY, from, to]);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    if (text.includes('ENOSPC')) throw new MailhuntError('STORE0003', { path: to }, { cause });
    throw new MailhuntError('STORE0005', { path: from, text }, { cause });
  }
}

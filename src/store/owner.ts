import { readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The process that holds a store. */
export interface Owner {
  readonly pid: number;
  /** Where it answers, `http://127.0.0.1:8719`; null for a command that holds the store only while it runs. */
  readonly address: string | null;
  /** What a client has to show to it. */
  readonly token: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

const ownerFile = (path: string): string => join(path, 'owner.json');
/** The database's file: the process that holds the store holds a lock on it. */
export const databaseFile = (path: string): string => join(path, 'mailhunt.duckdb');

/** Writes who holds the store, whole or not at all, readable by this user only. */
export async function writeOwner(path: string, owner: Owner): Promise<void> {
  const draft = `${ownerFile(path)}.${owner.pid}`;
  await writeFile(draft, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
  await rename(draft, ownerFile(path));
}

/** Removes what `writeOwner` wrote. */
export const removeOwner = (path: string): Promise<void> => unlink(ownerFile(path)).catch(() => {});

/**
 * The live owner of a store, or undefined where nobody holds it: a file that a killed process left behind does not
 * count, even when its process id has been given to another process since.
 *
 * @example const owner = await readOwner(path); if (owner?.address) await fetch(owner.address)
 */
export async function readOwner(path: string): Promise<Owner | undefined> {
  const text = await readFile(ownerFile(path), 'utf8').catch(() => undefined);
  const owner = text === undefined ? undefined : parse(text);
  if (owner === undefined || !isAlive(owner.pid)) return undefined;
  return (await holdsLock(path, owner.pid)) ? owner : undefined;
}

function parse(text: string): Owner | undefined {
  try {
    const owner: Owner = JSON.parse(text);
    return Number.isInteger(owner.pid) && owner.pid > 0 ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process holds the database's lock. Linux lists locks; elsewhere that the process lives has to do. */
async function holdsLock(path: string, pid: number): Promise<boolean> {
  const locks = await readFile('/proc/locks', 'utf8').catch(() => undefined);
  if (locks === undefined) return true;
  const file = await stat(databaseFile(path)).catch(() => undefined);
  if (file === undefined) return false;
  // "1: POSIX  ADVISORY  WRITE 14019 fe:00:2147041 0 EOF"
  return locks.split('\n').some((line) => {
    const [, , , , holder, device] = line.trim().split(/\s+/);
    return holder === String(pid) && device?.split(':')[2] === String(file.ino);
  });
}

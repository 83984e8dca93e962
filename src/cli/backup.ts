import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import type { BackupReport } from '../store/index.ts';
import { noteChange } from './account.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { openSession } from './store-session.ts';
import { version } from './version.ts';

/** `mailhunt backup`: the whole store as a file or a folder. */
export const backup: Command = {
  usage: 'backup FILE.tar|FOLDER',
  summary: 'Writes the whole store at this moment into a tar or a new folder, also while the server runs.',
  help: `  Rows, raw messages, settings, functions, rules, accounts: all that the store's folder holds, with checksums.
  Nothing is overwritten. mailhunt restore makes a store of it again; docs/keeping-mail.md says more.
`,
  example: 'backup /var/backups/mailhunt-2026-11-21.tar',
  options: {},
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const [given] = call.positionals;
  if (given === undefined) throw wrong('name a file that ends in .tar, or a folder');
  const target = resolve(given);
  if (await isThere(target)) throw wrong(`${target} is there already, and nothing is overwritten`);
  if (`${target}/`.startsWith(`${resolve(call.store)}/`)) throw wrong('a backup belongs outside of the store');
  await using session = await openSession(call);
  const bytes = session.backup(version());
  const report = /\.tar$/i.test(target) ? await writeTar(bytes, target) : await writeFolder(bytes, target);
  await noteChange(call, 'backup', { messages: String(report.messages) });
  await call.out.write(`${target}: ${reportText(report)}\n`);
  return 0;
}

const wrong = (text: string): MailhuntError => new MailhuntError('CLI0001', { text, command: 'backup' });

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** What a backup holds, in a line. */
export function reportText({ tables, messages, files }: BackupReport): string {
  const number = (n: number): string => n.toLocaleString('en');
  const rows = Object.values(tables).reduce((sum, n) => sum + n, 0);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return `${number(rows)} rows and ${number(messages)} messages in ${number(files.length)} files, ${size}`;
}

async function writeFolder(bytes: AsyncIterable<Buffer>, target: string): Promise<BackupReport> {
  const { tarEntries, unpackBackup } = await import('../store/index.ts');
  return unpackBackup(tarEntries(bytes, target), { target, source: target, keepWords: true });
}

/** The file gets its name once it is whole: what came over the wire is read again, checksums and all. */
async function writeTar(bytes: AsyncIterable<Buffer>, target: string): Promise<BackupReport> {
  const { backupEntries, checkBackup } = await import('../store/index.ts');
  const draft = `${target}.draft-${randomUUID().slice(0, 8)}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      for await (const part of bytes) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    const report = await checkBackup(backupEntries(draft), target);
    if (await isThere(target)) throw wrong(`${target} is there already, and nothing is overwritten`);
    await rename(draft, target);
    await syncName(target);
    return report;
  } catch (error) {
    await rm(draft, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new MailhuntError('STORE0003', { path: target }, { cause: error });
    if (['ENOENT', 'EACCES', 'EROFS', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw wrong(`${target} cannot be written: ${(error as Error).message}`);
    throw error;
  }
}

async function syncName(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

import { resolve } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import { reportText } from './backup.ts';
import type { Call, Command, ExitCode } from './command.ts';

/** `mailhunt restore`: a store out of a backup. */
export const restore: Command = {
  usage: 'restore BACKUP --store NEW',
  summary: 'Makes a new store of a backup, once every checksum in it is right.',
  help: `  BACKUP             a tar or a folder that mailhunt backup made
  The folder of --store must be new or empty. A backup of a newer mailhunt is refused by name.
`,
  example: 'restore /var/backups/mailhunt-2026-11-21.tar --store /srv/mailhunt',
  options: {},
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const [source] = call.positionals;
  const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'restore' });
  if (source === undefined) throw wrong('name a backup');
  if (!call.storeGiven) throw wrong('name the new store with --store');
  const { backupEntries, openStore, unpackBackup } = await import('../store/index.ts');
  const target = resolve(call.store);
  const report = await unpackBackup(backupEntries(resolve(source)), { target, source, keepWords: false });
  // Opens it once: a store that cannot be opened is none.
  await (await openStore(target, { now: call.now, idle: 0, memory: call.settings.memory })).close();
  const made = report.about.made.slice(0, 16).replace('T', ' ');
  await call.out.write(`${target}: ${reportText(report)}, as of ${made}\n`);
  return 0;
}

import { createInterface } from 'node:readline/promises';
import { MailhuntError } from '../errors/index.ts';
import type { PurgeReport } from '../store/index.ts';
import { noteChange } from './account.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { harmless } from './harmless.ts';
import { openSession } from './store-session.ts';

/** `mailhunt purge`: removes what the store knows of a person. */
export const purge: Command = {
  usage: 'purge --person ADDRESS… [--dry-run] [--yes]',
  summary: 'Removes a person’s data from rows, kept messages and files of the store, and says what was removed.',
  help: `  --person TEXT      an address, user principal name, object id or SID; give it again for others of the same person
  --dry-run          only says what would be removed
  --yes              asks nothing
  Backups are not touched. docs/keeping-mail.md says what counts as a person's data.
`,
  example: 'purge --person bob@contoso.com --dry-run',
  options: {
    person: { type: 'string', multiple: true },
    'dry-run': { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  positionals: 0,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const persons = [call.values.person ?? []].flat() as readonly string[];
  const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'purge' });
  if (persons.length === 0) throw wrong('name a person with --person');
  await using session = await openSession(call);
  if (call.values['dry-run'] === true) {
    await call.out.write(reportText(await session.purge({ persons, dryRun: true })));
    return 0;
  }
  if (call.values.yes !== true) {
    if (call.stdin.isTTY !== true) throw wrong('nobody can be asked here: say --yes, or look with --dry-run');
    await call.err.write(`${reportText(await session.purge({ persons, dryRun: true }))}This cannot be undone. `);
    if (!(await agreed(call))) return 1;
  }
  const done = await session.purge({ persons, dryRun: false });
  await noteChange(call, 'purge', { persons: String(persons.length) });
  await call.out.write(reportText(done));
  return 0;
}

async function agreed({ stdin, signal }: Call): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await lines.question('Remove it? (yes/no) ', { signal })).trim());
  } finally {
    lines.close();
  }
}

const plural = (n: number, one: string, more: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : more}`;

/** What is removed, by table, and what is left. */
function reportText({ dryRun, tables, messages, rejected, left }: PurgeReport): string {
  const [removed, named] = dryRun ? ['would be removed', 'would be taken out'] : ['removed', 'taken out'];
  const longest = Math.max(0, ...tables.map(({ table }) => table.length));
  const lines = tables.map(({ table, removed: rows, changed }) => {
    const parts = [
      ...(rows > 0 ? [`${plural(rows, 'row', 'rows')} ${removed}`] : []),
      ...(changed > 0 ? [`the name ${named} of ${plural(changed, 'row', 'rows')} about others`] : []),
    ];
    return `  ${table.padEnd(longest)}  ${parts.join(', ')}`;
  });
  if (messages > 0) lines.push(`  ${plural(messages, 'kept message', 'kept messages')} ${removed}`);
  if (rejected > 0)
    lines.push(`  ${plural(rejected, 'row or file', 'rows and files')} that had been set aside ${removed}`);
  if (lines.length === 0) lines.push('  Nothing is known of this person.');
  const rest = left.map(({ where, why }) => `  ${harmless(where)}: ${why}`);
  const backups =
    '  Backups that were made before: they are as they were; remove them, or purge what is restored of them';
  return `${[...lines, 'Left:', ...rest, backups].join('\n')}\n`;
}

import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { MailhuntError } from '../errors/index.ts';
import type { QuarantinePurged } from '../gateway/index.ts';
import type { PurgeReport } from '../store/index.ts';
import { noteChange } from './account.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { harmless } from './harmless.ts';
import { gateHelp, gateOptions, withGate } from './quarantine/gate-control.ts';
import { openSession } from './store-session.ts';

/** `mailhunt purge`: removes what the store knows of a person. */
export const purge: Command = {
  usage: 'purge --person ADDRESS… [--dry-run] [--yes] [--gateway FILE]',
  summary: 'Removes a person’s data from store and quarantine: rows, messages and files; says what was removed.',
  help: `  --person TEXT      an address, user principal name, object id or SID; give it again for others of the same person
  --dry-run          only says what would be removed
  --yes              asks nothing
${gateHelp}  Backups are not touched. docs/keeping-mail.md says what counts as a person's data.
`,
  example: 'purge --person bob@contoso.com --dry-run',
  options: {
    person: { type: 'string', multiple: true },
    'dry-run': { type: 'boolean' },
    yes: { type: 'boolean' },
    ...gateOptions,
  },
  positionals: 0,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const persons = [call.values.person ?? []].flat() as readonly string[];
  const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'purge' });
  if (persons.length === 0) throw wrong('name a person with --person');
  if (call.values['dry-run'] === true) {
    await call.out.write(await purged(call, persons, true));
    return 0;
  }
  if (call.values.yes !== true) {
    if (call.stdin.isTTY !== true) throw wrong('nobody can be asked here: say --yes, or look with --dry-run');
    await call.err.write(`${await purged(call, persons, true)}This cannot be undone. `);
    if (!(await agreed(call))) return 1;
  }
  const done = await purged(call, persons, false);
  await noteChange(call, 'purge', { persons: String(persons.length) });
  await call.out.write(done);
  return 0;
}

/** The quarantine first: what became of its messages goes into the store, and out of it with the rest. */
async function purged(call: Call, persons: readonly string[], dryRun: boolean): Promise<string> {
  const held = await quarantinePurged(call, persons, dryRun);
  await using session = await openSession(call);
  return reportText(await session.purge({ persons, dryRun }), held);
}

/** Undefined where there is no gate and no folder of one. */
async function quarantinePurged(
  call: Call,
  persons: readonly string[],
  dryRun: boolean,
): Promise<QuarantinePurged | undefined> {
  const by = `os:${userInfo().username}`;
  try {
    return await withGate(call, 'purge', (control) => control.purge({ persons, dryRun, by }));
  } catch (error) {
    if (error instanceof MailhuntError && error.code === 'GATE0017') return undefined;
    throw error;
  }
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
function reportText(
  { dryRun, tables, messages, rejected, left }: PurgeReport,
  held: QuarantinePurged | undefined,
): string {
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
  if (held !== undefined && held.messages > 0) {
    const others = held.shared > 0 ? `, ${held.shared} of them for others, too` : '';
    lines.push(`  ${plural(held.messages, 'message', 'messages')} in quarantine ${removed}${others}`);
  }
  if (rejected > 0)
    lines.push(`  ${plural(rejected, 'row or file', 'rows and files')} that had been set aside ${removed}`);
  if (lines.length === 0) lines.push('  Nothing is known of this person.');
  const waits = '  the gate’s journal: it holds what the store has not taken yet: purge again when it has';
  const rest = [
    ...[...left, ...(held?.left ?? [])].map(({ where, why }) => `  ${harmless(where)}: ${harmless(why)}`),
    ...(held?.isUnfinished === true ? [waits] : []),
  ];
  const backups =
    '  Backups that were made before: they are as they were; remove them, or purge what is restored of them';
  return `${[...lines, 'Left:', ...rest, backups].join('\n')}\n`;
}

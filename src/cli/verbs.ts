import { MailhuntError } from '../errors/index.ts';
import type { Command } from './command.ts';

/**
 * A command that has commands below it (`mailhunt rules lint …`): its verbs by name, each in a file of its own and
 * loaded when it is asked for. A verb is a {@link Command} like any other, whose `usage` and `example` begin with both
 * names (`rules lint PATH…`); common options, `--help` and errors work for it as for commands.
 *
 * @example
 * // src/cli/lab.ts; commands.ts has the row: lab: async () => (await import('./lab.ts')).lab,
 * export const lab: Group = {
 *   usage: 'lab VERB [OPTIONS]',
 *   summary: 'Makes mail for proofs.',
 *   example: 'lab list',
 *   verbs: { list: async () => (await import('./lab/list.ts')).list },
 * };
 */
export interface Group {
  readonly usage: string;
  /** One line for `mailhunt --help`. */
  readonly summary: string;
  readonly example: string;
  readonly verbs: Loaders;
}

/** What can be called, by name. */
export type Loaders = Readonly<Record<string, () => Promise<Command | Group>>>;

/** A command found, under the names that lead to it, with the arguments after them; or a group whose help is wanted. */
export type Found =
  | { readonly name: string; readonly command: Command; readonly rest: readonly string[] }
  | { readonly group: Group };

const helpNames: readonly (string | undefined)[] = ['--help', '-h', 'help', undefined];

/**
 * Finds the command that a command line names.
 *
 * @throws MailhuntError CLI0001 where there is none of that name
 * @example await findCommand(['rules', 'lint', 'a.yaml'], commands) // { name: 'rules lint', command, rest: ['a.yaml'] }
 */
export async function findCommand(
  [name = '', ...rest]: readonly string[],
  loaders: Loaders,
  above = '',
): Promise<Found> {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (load === undefined) {
    const known = above === '' ? '' : `: there are ${Object.keys(loaders).join(', ')}`;
    const text = `there is no command ${above}${name}${known}`;
    throw new MailhuntError('CLI0001', { text, command: above === '' ? 'COMMAND' : above.trimEnd() });
  }
  const found = await load();
  if (!('verbs' in found)) return { name: above + name, command: found, rest };
  if (helpNames.includes(rest[0])) return { group: found };
  return findCommand(rest, found.verbs, `${above}${name} `);
}

/** Usage and summary of each command, two lines each. */
export async function listed(loaders: Loaders): Promise<string> {
  const all = await Promise.all(Object.values(loaders).map((load) => load()));
  return all.map(({ usage, summary }) => `  ${usage}\n      ${summary}\n`).join('');
}

/** What `mailhunt rules --help` prints. */
export const groupHelp = async (group: Group): Promise<string> => `Usage: mailhunt ${group.usage}

${group.summary}

${await listed(group.verbs)}
mailhunt ${group.usage.split(' ')[0]} VERB --help says more.

Example:
  npx mailhunt ${group.example}
`;

import { userInfo } from 'node:os';
import { MailhuntError } from '../errors/index.ts';
import type { Call } from './command.ts';

/** The commands' view of the accounts. */
export const accessRoom = async () => (await import('../server/index.ts')).access;

/** The name that a command is about, in lower case. Throws CLI0001. */
export async function nameIn({ positionals }: Call, command: string): Promise<string> {
  const name = positionals[0]?.toLowerCase();
  if (name === undefined) throw new MailhuntError('CLI0001', { text: 'give a name', command });
  if ((await accessRoom()).accountName.test(name)) return name;
  const text = `${JSON.stringify(positionals[0])} is no name: up to 64 letters a-z, digits and . _ - @`;
  throw new MailhuntError('CLI0001', { text, command });
}

/** One of the words that an option may have; undefined where it is absent. Throws CLI0001. */
export function choiceIn<T extends string>(
  { values }: Call,
  { option, choices, command }: { readonly option: string; readonly choices: readonly T[]; readonly command: string },
): T | undefined {
  const given = values[option];
  if (given === undefined || choices.includes(given as T)) return given as T | undefined;
  throw new MailhuntError('CLI0001', { text: `--${option} ${given}: ${choices.join(', ')} are known`, command });
}

/** Leaves a line in the audit log of the store: what was done by a command on this machine. */
export async function noteChange(
  { store }: Call,
  what: string,
  facts: Record<string, string | boolean>,
): Promise<void> {
  const { appendAudit } = await import('../server/index.ts');
  const { username } = userInfo();
  await appendAudit(store, { time: new Date().toISOString(), who: `os:${username}`, from: 'cli', what, facts });
}

import { MailhuntError } from '../../errors/index.ts';
import { accessRoom, choiceIn, nameIn, noteChange } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';

/** `mailhunt users change`: what somebody may do. */
export const change: Command = {
  usage: 'users change NAME [--role reader|hunter|responder|admin] [--bodies yes|no]',
  summary: 'Changes what somebody may do; it counts from his next request on.',
  help: `  --role R           the new role
  --bodies yes|no    whether he may read what people wrote
`,
  example: 'users change ada --role responder --bodies no',
  options: { role: { type: 'string' }, bodies: { type: 'string' } },
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const access = await accessRoom();
  const command = 'users change';
  const name = await nameIn(call, command);
  const choices = Object.keys(access.rightsOfRoles) as (keyof typeof access.rightsOfRoles)[];
  const role = choiceIn(call, { option: 'role', choices, command });
  const bodies = choiceIn(call, { option: 'bodies', choices: ['yes', 'no'], command });
  if (role === undefined && bodies === undefined)
    throw new MailhuntError('CLI0001', { text: 'give --role or --bodies', command });
  const changed = { ...(role && { role }), ...(bodies && { bodies: bodies === 'yes' }) };
  await access.changeUser(call.store, name, changed);
  await noteChange(call, command, { name, ...changed });
  await call.out.write(`${name} is changed.\n`);
  return 0;
}

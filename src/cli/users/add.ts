import { mkdir } from 'node:fs/promises';
import { accessRoom, choiceIn, nameIn, noteChange } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { askPassword } from '../password.ts';

/** `mailhunt users add`: somebody who may sign in. */
export const add: Command = {
  usage: 'users add NAME [--role reader|hunter|responder|admin] [--bodies]',
  summary: 'Adds somebody who may sign in. With the first one, everybody has to.',
  help: `  The password is asked for, or is the first line of standard input.
  --role R           reader (default) runs hunts; hunter also changes rules, functions and saved queries; responder also
                     what becomes of mail; admin also everything else
  --bodies           he may read what people wrote: sources, bodies, attachments
`,
  example: 'users add ada --role admin --bodies',
  options: { role: { type: 'string' }, bodies: { type: 'boolean' } },
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const access = await accessRoom();
  const command = 'users add';
  const name = await nameIn(call, command);
  const choices = Object.keys(access.rightsOfRoles) as (keyof typeof access.rightsOfRoles)[];
  const role = choiceIn(call, { option: 'role', choices, command }) ?? 'reader';
  const bodies = call.values.bodies === true;
  const password = await askPassword(call, command);
  await mkdir(call.store, { recursive: true });
  await access.addUser(call.store, { name, password, role, bodies, disabled: false });
  await noteChange(call, command, { name, role, bodies });
  await call.out.write(`${name} may sign in as ${role}${bodies ? ', and read bodies' : ''}.\n`);
  return 0;
}

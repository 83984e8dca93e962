import { accessRoom, nameIn, noteChange } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';

/** `mailhunt users remove`: one account less. */
export const remove: Command = {
  usage: 'users remove NAME',
  summary:
    'Removes somebody, and ends his sessions. A server whose last account goes stays closed until it is restarted.',
  help: '',
  example: 'users remove ada',
  options: {},
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const name = await nameIn(call, 'users remove');
  await (await accessRoom()).removeUser(call.store, name);
  await noteChange(call, 'users remove', { name });
  await call.out.write(`${name} is removed.\n`);
  return 0;
}

import { accessRoom, nameIn, noteChange } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { askPassword } from '../password.ts';

/** `mailhunt users passwd`: another password. */
export const passwd: Command = {
  usage: 'users passwd NAME',
  summary: 'Sets a new password, and ends the sessions of that user.',
  help: '  The password is asked for, or is the first line of standard input.\n',
  example: 'users passwd ada',
  options: {},
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const access = await accessRoom();
  const name = await nameIn(call, 'users passwd');
  await access.changePassword(call.store, name, await askPassword(call, 'users passwd'));
  await noteChange(call, 'users passwd', { name });
  await call.out.write(`${name} has a new password.\n`);
  return 0;
}

import { accessRoom, nameIn, noteChange } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';

/** `mailhunt users disable`: keeps a user out. */
export const disable = command('disable', 'Keeps somebody out, from his next request on; the account stays.', true);

/** `mailhunt users enable`: lets a user in again. */
export const enable = command('enable', 'Lets somebody in again who was kept out.', false);

function command(verb: 'disable' | 'enable', summary: string, disabled: boolean): Command {
  const run = async (call: Call): Promise<ExitCode> => {
    const name = await nameIn(call, `users ${verb}`);
    await (await accessRoom()).changeUser(call.store, name, { disabled });
    await noteChange(call, `users ${verb}`, { name });
    await call.out.write(`${name} is ${verb}d.\n`);
    return 0;
  };
  return {
    usage: `users ${verb} NAME`,
    summary,
    help: '',
    example: `users ${verb} ada`,
    options: {},
    positionals: 1,
    run,
  };
}

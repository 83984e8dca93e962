import { accessRoom } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';

/** `mailhunt users list`: who may sign in. */
export const list: Command = {
  usage: 'users list',
  summary: 'Lists who may sign in.',
  help: '',
  example: 'users list',
  options: {},
  positionals: 0,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { users } = await (await accessRoom()).readAccounts(call.store);
  const lines = users.map(({ name, role, bodies, disabled }) =>
    [name.padEnd(20), role.padEnd(10), bodies ? 'bodies' : '      ', disabled ? 'disabled' : ''].join('  ').trimEnd(),
  );
  await call.out.write(lines.length > 0 ? `${lines.join('\n')}\n` : 'There are no users.\n');
  return 0;
}

import { accessRoom, nameIn, noteChange } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';

/** `mailhunt tokens revoke`: a token that opens nothing any more. */
export const revoke: Command = {
  usage: 'tokens revoke NAME',
  summary: 'Revokes a token, from its next request on.',
  help: '',
  example: 'tokens revoke grafana',
  options: {},
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const name = await nameIn(call, 'tokens revoke');
  await (await accessRoom()).revokeToken(call.store, name);
  await noteChange(call, 'tokens revoke', { name });
  await call.out.write(`${name} is revoked.\n`);
  return 0;
}

import { accessRoom } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';

/** `mailhunt tokens list`: the tokens without their secrets. */
export const list: Command = {
  usage: 'tokens list',
  summary: 'Lists the tokens, what they may do and when they end.',
  help: '',
  example: 'tokens list',
  options: {},
  positionals: 0,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { tokens } = await (await accessRoom()).readAccounts(call.store);
  const lines = tokens.map(({ id, name, rights, expires }) =>
    [name.padEnd(20), id, (expires?.slice(0, 10) ?? 'never').padEnd(10), rights.join(',')].join('  '),
  );
  await call.out.write(lines.length > 0 ? `${lines.join('\n')}\n` : 'There are no tokens.\n');
  return 0;
}

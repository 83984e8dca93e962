import { mkdir } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import { accessRoom, nameIn, noteChange } from '../account.ts';
import type { Call, Command, ExitCode } from '../command.ts';

const DAY = 24 * 60 * 60_000;
const command = 'tokens create';

/** `mailhunt tokens create`: a secret for a program. */
export const create: Command = {
  usage: 'tokens create NAME [--rights query,…] [--expires 90d|never]',
  summary: 'Makes a token and prints its secret, once.',
  help: `  --rights LIST      query (default), bodies, edit, respond, admin; each stands for itself
  --expires T        after so many days (default 90d), or never
`,
  example: 'tokens create grafana --rights query --expires 365d',
  options: { rights: { type: 'string' }, expires: { type: 'string' } },
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const access = await accessRoom();
  const name = await nameIn(call, command);
  const wanted = String(call.values.rights ?? 'query').split(',');
  const unknown = wanted.find((right) => !access.tokenRights.some((known) => known === right));
  if (unknown !== undefined) {
    const text = `--rights ${unknown}: ${access.tokenRights.join(', ')} are known`;
    throw new MailhuntError('CLI0001', { text, command });
  }
  const rights = access.tokenRights.filter((right) => wanted.includes(right));
  const expires = expiryIn(call);
  await mkdir(call.store, { recursive: true });
  const secret = await access.createToken(call.store, { name, rights, expires });
  await noteChange(call, command, { name, rights: rights.join(','), expires: expires ?? 'never' });
  await call.err.write(`The secret of ${name} is shown this once (header Authorization: Bearer SECRET):\n`);
  await call.out.write(`${secret}\n`);
  const { users } = await access.readAccounts(call.store);
  if (users.length === 0)
    await call.err.write('From now on the page asks for a sign-in, and there are no users: mailhunt users add NAME\n');
  return 0;
}

/** When the token ends, by the machine's clock; `--now` is about queries. */
function expiryIn({ values }: Call): string | null {
  const said = String(values.expires ?? '90d');
  if (said === 'never') return null;
  const days = Number(/^(\d{1,4})d$/.exec(said)?.[1] ?? Number.NaN);
  if (!(days > 0)) throw new MailhuntError('CLI0001', { text: `--expires ${said} is no time such as 90d`, command });
  return new Date(Date.now() + days * DAY).toISOString();
}

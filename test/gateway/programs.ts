/** Programs of others that tests send mail with; `scripts/mta.ts` installs them. */
import { spawn, spawnSync } from 'node:child_process';

const isThere = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

/** Why swaks cannot be run here, TLS included, for `skip`; false where it can. */
export const noSwaks: string | false =
  isThere('swaks', '--version') && isThere('perl', '-MNet::SSLeay', '-e1')
    ? false
    : 'needs Debian’s packages swaks and libnet-ssleay-perl';

/** What a program printed, and how it ended. */
export interface Ran {
  readonly output: string;
  readonly status: number | null;
}

/** Runs a program beside this one, which has to answer it meanwhile; for a minute at most. */
export const ran = (command: string, args: readonly string[]): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { timeout: 60_000 });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject).once('close', (status) => resolve({ output, status }));
  });

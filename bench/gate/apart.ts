import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the name server is, in the network of the measurement. */
export const DNS_ADDRESS = '192.0.2.53';

const prepare = `ip link set lo up && ip address add ${DNS_ADDRESS}/32 dev lo &&
  mount --bind "$0" /etc/resolv.conf && exec "$@"`;

/**
 * Runs this command once more in a network of its own, whose only machine is this one and whose name server is the
 * measurement's: some of the programs ask the system's name server and no other, and never one at 127.0.0.1. Needs root.
 *
 * @param folder for a file
 * @returns its exit code
 */
export async function runApart(folder: string, mark: string): Promise<number> {
  const resolver = join(folder, 'resolv.conf');
  writeFileSync(resolver, `nameserver ${DNS_ADDRESS}\n`);
  const command = [process.execPath, ...process.execArgv, ...process.argv.slice(1), mark];
  const child = spawn('unshare', ['--net', '--mount', 'sh', '-c', prepare, resolver, ...command], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
